using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using WaConsole.Core.Contacts;
using WaConsole.Core.Labels;
using WaConsole.Core.Live;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Labels;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Contacts;

/// <summary>The list of people: filters live in the address, pages come by keyset.</summary>
public sealed partial class ContactsPage(
    ContactVerbs verbs, CurrentCaller current, LiveUpdates live, WhatsAppClock whatsApp, NavigationManager navigation, IJSRuntime js)
    : LivePanel
{
    public const int PageSize = 50;
    public const int MaxRows = 500;

    /// <summary>A busy inbox changes what the rows show all the time.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private readonly BrowserModule _browser = new(js, "Contacts/ContactsPage");
    private readonly BrowserModule _zone = new(js, "Conversations/Inbox");
    private ElementReference _root;
    private ContactsView _view = ContactsView.Default;
    private ContactsView? _shown;
    private ViewerClock? _viewer;
    private LabelBook _labels = LabelBook.Empty;
    private IReadOnlyList<(string Code, string Name)> _countries = [];
    private IReadOnlyList<ContactRow>? _rows;
    private string? _next;
    private bool _mayChange;
    private bool _mayExport;
    private bool _growing;
    private bool _adding;
    private int _turn;

    [Inject] public required IStringLocalizer<ContactTexts> Text { get; set; }

    [SupplyParameterFromQuery(Name = "q")] public string? Search { get; set; }
    [SupplyParameterFromQuery(Name = "label")] public string? Label { get; set; }
    [SupplyParameterFromQuery(Name = "country")] public string? Country { get; set; }
    [SupplyParameterFromQuery(Name = "show")] public string? Show { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] public string? Sort { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var caller = await current.ReadAsync(Gone);
        _mayChange = caller.MayUseInbox;
        _mayExport = ExportContacts.MayExport(caller);
        Hear(live.Subscribe<ContactChanged>(_ => true, () => RefreshAsync(ReadAsync), Quiet));
        Hear(live.SubscribeInbox(caller.Numbers, _ => RefreshAsync(ReadAsync), Quiet));
        Hear(live.Subscribe<LabelsChanged>(_ => true, () => RefreshAsync(ReadLabelsAsync)));
        await ReadLabelsAsync();
        var countries = await verbs.List.CountriesAsync(caller, Gone);
        _countries = [.. countries.Select(code => (code, Countries.NameOf(code)!)).OrderBy(country => country.Item2, StringComparer.CurrentCulture)];
    }

    protected override async Task OnParametersSetAsync()
    {
        _view = ContactsView.Read(Search, Label, Country, Show, Sort);
        if (_shown == _view)
        {
            return;
        }

        if (_shown is { } before && before.Search != _view.Search)
        {
            await _browser.TellAsync("setSearch", _root, _view.Search);
        }

        _shown = _view;
        _rows = null;
        await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this, new { search = _view.Search });
            _viewer = ViewerClock.For((await current.ReadAsync(Gone)).TimeZone ?? await _zone.AskAsync<string?>("zone"));
            StateHasChanged();
        }
    }

    [JSInvokable]
    public void SearchFor(string search) => Go(_view with { Search = search.Trim() });

    protected override async ValueTask LeaveBrowserAsync()
    {
        await _browser.DisposeAsync();
        await _zone.DisposeAsync();
    }

    private async Task ReadLabelsAsync() => _labels = new LabelBook(await verbs.Labels.RunAsync(await current.ReadAsync(Gone), Gone));

    /// <summary>Reads again as many rows as are on screen. A newer read wins over one still under way.</summary>
    private async Task ReadAsync()
    {
        var turn = ++_turn;
        var wanted = Math.Clamp(_rows?.Count ?? 0, PageSize, MaxRows);
        var caller = await current.ReadAsync(Gone);
        List<ContactRow> rows = [];
        string? next = null;
        do
        {
            var page = await verbs.List.RunAsync(caller, _view.Query(next, Math.Min(ListContacts.MaxLimit, wanted - rows.Count)), Gone);
            rows.AddRange(page.Rows);
            next = page.Next;
        }
        while (next is not null && rows.Count < wanted);

        if (turn == _turn)
        {
            _rows = rows;
            _next = rows.Count >= MaxRows ? null : next;
        }
    }

    private async Task MoreAsync()
    {
        _growing = true;
        try
        {
            var turn = ++_turn;
            var page = await verbs.List.RunAsync(await current.ReadAsync(Gone), _view.Query(_next, PageSize), Gone);
            if (turn == _turn)
            {
                _rows = [.. _rows ?? [], .. page.Rows];
                _next = _rows.Count >= MaxRows ? null : page.Next;
            }
        }
        finally
        {
            _growing = false;
        }
    }

    private void ChooseShow(ChangeEventArgs chosen) => Go(_view.With(chosen.Value as string));

    private void ChooseSort(ChangeEventArgs chosen) =>
        Go(_view with { Sort = chosen.Value as string == "name" ? ContactSort.Name : ContactSort.Newest });

    private void ChooseLabel(ChangeEventArgs chosen) => Go(_view with
    {
        LabelId = long.TryParse(chosen.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
    });

    private void ChooseCountry(ChangeEventArgs chosen) =>
        Go(_view with { Country = chosen.Value is string { Length: > 0 } country ? country : null });

    private void Go(ContactsView view) =>
        navigation.NavigateTo(view.Path, replace: view with { Search = "" } == _view with { Search = "" });

    private string ExportPath(string format)
    {
        var query = _view.Write();
        return $"contacts/export/{format}{query}";
    }
}
