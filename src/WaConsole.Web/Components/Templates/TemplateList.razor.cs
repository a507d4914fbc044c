using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Templates;

/// <summary>A name a row, its languages as chips: filters live in the address, pages come by keyset.</summary>
public sealed partial class TemplateList(TemplateVerbs verbs, CurrentCaller current, LiveUpdates live, NavigationManager navigation, IJSRuntime js) : LivePanel
{
    public const int PageSize = 30;
    public const int MaxRows = 300;

    /// <summary>A sync of thousands says so often.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private readonly BrowserModule _browser = new(js, "Contacts/ContactsPage");
    private ElementReference _root;
    private TemplateListView _view = TemplateListView.Default;
    private TemplateListView? _shown;
    private IReadOnlyList<TemplateAccount> _accounts = [];
    private IReadOnlyList<TemplateDraftRow> _drafts = [];
    private IReadOnlyList<TemplateFamily>? _families;
    private TemplateFacts? _facts;
    private string? _next;
    private bool _mayCompose;
    private bool _growing;
    private int _turn;

    [SupplyParameterFromQuery(Name = "q")] public string? Search { get; set; }
    [SupplyParameterFromQuery(Name = "account")] public long? Account { get; set; }
    [SupplyParameterFromQuery(Name = "status")] public string? Status { get; set; }
    [SupplyParameterFromQuery(Name = "category")] public string? Category { get; set; }
    [SupplyParameterFromQuery(Name = "quality")] public string? Quality { get; set; }
    [SupplyParameterFromQuery(Name = "language")] public string? Language { get; set; }
    [SupplyParameterFromQuery(Name = "unused")] public string? Unused { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var caller = await current.ReadAsync(Gone);
        _mayCompose = caller.MayManageTemplates;
        Hear(live.Subscribe<TemplatesChanged>(_ => true, () => RefreshAsync(ReadAsync), Quiet));
        _accounts = TemplateAccount.Of(await verbs.Numbers.RunAsync(caller, Gone));
    }

    protected override async Task OnParametersSetAsync()
    {
        _view = TemplateListView.Read(Search, Account, Status, Category, Quality, Language, Unused == "1");
        if (_shown == _view)
        {
            return;
        }

        if (_shown is { } before && before.Search != _view.Search)
        {
            await _browser.TellAsync("setSearch", _root, _view.Search);
        }

        _shown = _view;
        _families = null;
        await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this, new { search = _view.Search });
        }
    }

    [JSInvokable]
    public void SearchFor(string search) => Go(_view with { Search = search.Trim() });

    protected override ValueTask LeaveBrowserAsync() => _browser.DisposeAsync();

    /// <summary>Reads again as many rows as are on screen. A newer read wins over one still under way.</summary>
    private async Task ReadAsync()
    {
        var turn = ++_turn;
        var wanted = Math.Clamp(_families?.Count ?? 0, PageSize, MaxRows);
        var caller = await current.ReadAsync(Gone);
        List<TemplateFamily> families = [];
        string? next = null;
        do
        {
            var page = await verbs.Find.RunAsync(caller, _view.Query(next, Math.Min(FindTemplates.MaxLimit, wanted - families.Count)), Gone);
            families.AddRange(page.Families);
            next = page.Next;
        }
        while (next is not null && families.Count < wanted);

        var facts = await verbs.Find.FactsAsync(caller, _view.AccountId, Gone);
        var drafts = _mayCompose ? await verbs.Drafts.RunAsync(caller, _view.AccountId, Gone) : [];
        if (turn == _turn)
        {
            _families = families;
            _next = families.Count >= MaxRows ? null : next;
            _facts = facts;
            _drafts = [.. drafts.Where(draft => !draft.IsSubmitted)];
        }
    }

    private async Task MoreAsync()
    {
        _growing = true;
        try
        {
            var turn = ++_turn;
            var page = await verbs.Find.RunAsync(await current.ReadAsync(Gone), _view.Query(_next, PageSize), Gone);
            if (turn == _turn)
            {
                _families = [.. _families ?? [], .. page.Families];
                _next = _families.Count >= MaxRows ? null : page.Next;
            }
        }
        finally
        {
            _growing = false;
        }
    }

    private string? NameOf(long account) => _accounts.FirstOrDefault(known => known.Id == account)?.Name;

    private void ChooseAccount(ChangeEventArgs chosen) => Go(_view with
    {
        AccountId = long.TryParse(chosen.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
    });

    private void ChooseStatus(string? word) => Go(_view with { Status = word });

    private void ChooseCategory(string? word) => Go(_view with { Category = word });

    private void ChooseQuality(string? word) => Go(_view with { Quality = word });

    private void ToggleUnused() => Go(_view with { Unused = !_view.Unused });

    private void ChooseLanguage(string? word) => Go(_view with { Language = word });

    private void Go(TemplateListView view) =>
        navigation.NavigateTo(view.Path, replace: view with { Search = "" } == _view with { Search = "" });
}
