using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Labels;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>The list: reads pages by keyset, follows changes, and does not move rows under the pointer.</summary>
public sealed partial class ConversationList(
    ListInbox inbox, ListLabels labels, CurrentCaller current, LiveUpdates live, WhatsAppClock whatsApp, IJSRuntime js)
    : LivePanel
{
    public const int PageSize = 50;
    public const int MaxRows = 300;

    private static readonly InboxTab[] Tabs = [InboxTab.Mine, InboxTab.Unassigned, InboxTab.All];
    private static readonly string[] Statuses = ["open", "pending", "snoozed", "resolved", "all"];
    private static readonly string[] Sorts = ["newest", "waiting", "closing", "unread"];

    private readonly BrowserModule _browser = new(js, "Conversations/ConversationList");
    private ElementReference _root;
    private InboxView? _shown;
    private IReadOnlyList<InboxRow>? _rows;
    private IReadOnlyList<InboxRow>? _fresh;
    private InboxCounts? _counts;
    private LabelBook _labels = LabelBook.Empty;
    private string? _next;
    private string _query = "";
    private string _asked = "";
    private string _emptyTitle = "EmptyInbox";
    private DateTime _now;
    private int _waiting;
    private int _turn;
    private bool _pointerOver;
    private bool _growing;

    [Parameter, EditorRequired] public required InboxView View { get; set; }
    [Parameter, EditorRequired] public required ViewerClock Viewer { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<NumberView> Numbers { get; set; }
    [Parameter] public long? Selected { get; set; }
    [Parameter] public EventCallback<InboxView> OnView { get; set; }

    /// <summary>A number that grows after the connection came back: read again.</summary>
    [Parameter] public int Reconnects { get; set; }

    private int _reconnects;

    protected override async Task OnInitializedAsync()
    {
        var caller = await current.ReadAsync(Gone);
        Hear(live.SubscribeInbox(caller.Numbers, _ => RefreshAsync(ReadAsync)));
        Hear(live.Subscribe<LabelsChanged>(_ => true, () => RefreshAsync(ReadLabelsAsync)));
        await ReadLabelsAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == View && _reconnects == Reconnects)
        {
            return;
        }

        if (_shown != View)
        {
            _rows = null;
            _fresh = null;
            _waiting = 0;
        }

        if (_shown is { } before && before.Search != View.Search && View.Search != _asked)
        {
            await _browser.TellAsync("setSearch", _root, View.Search);
        }

        _asked = View.Search;
        _shown = View;
        _reconnects = Reconnects;
        _query = View.Write();
        _emptyTitle = View.Search.Length > 0 ? "EmptySearch" : View.Tab == InboxTab.Mine ? "EmptyMine" : "EmptyInbox";
        await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this, new { search = View.Search });
        }
    }

    /// <summary>The mouse came or went. What waited is shown when it goes.</summary>
    [JSInvokable]
    public void PointerOver(bool over)
    {
        _pointerOver = over;
        if (!over && _fresh is not null)
        {
            ShowWaiting();
            StateHasChanged();
        }
    }

    [JSInvokable]
    public Task SearchAsync(string search)
    {
        _asked = search.Trim();
        return OnView.InvokeAsync(View with { Search = _asked });
    }

    [JSInvokable]
    public async Task MoreAsync()
    {
        if (_growing || _rows is null || _next is null || _rows.Count >= MaxRows)
        {
            return;
        }

        _growing = true;
        try
        {
            await RefreshAsync(ReadMoreAsync);
        }
        finally
        {
            _growing = false;
        }
    }

    protected override ValueTask LeaveBrowserAsync() => _browser.DisposeAsync();

    private async Task ReadLabelsAsync() => _labels = new LabelBook(await labels.RunAsync(await current.ReadAsync(Gone), Gone));

    private async Task ReadMoreAsync()
    {
        var turn = _turn;
        var caller = await current.ReadAsync(Gone);
        var page = await inbox.RunAsync(caller, View.Query(_next, PageSize), Gone);
        if (turn == _turn && _rows is { } rows)
        {
            var known = rows.Select(row => row.Id).ToHashSet();
            _rows = [.. rows, .. page.Rows.Where(row => !known.Contains(row.Id))];
            _next = _rows.Count >= MaxRows ? null : page.Next;
            _fresh = null;
        }
    }

    /// <summary>Reads again as many rows as are on screen. A newer read wins over one still under way.</summary>
    private async Task ReadAsync()
    {
        var turn = ++_turn;
        var wanted = Math.Clamp(_rows?.Count ?? 0, PageSize, MaxRows);
        var caller = await current.ReadAsync(Gone);
        List<InboxRow> rows = [];
        string? next = null;
        do
        {
            var page = await inbox.RunAsync(caller, View.Query(next, Math.Min(100, wanted - rows.Count)), Gone);
            rows.AddRange(page.Rows);
            next = page.Next;
        }
        while (next is not null && rows.Count < wanted);

        var counts = await inbox.CountAsync(caller, View.Query(null, 1), Gone);
        if (turn != _turn)
        {
            return;
        }

        _now = whatsApp.UtcNow;
        _counts = counts;
        _next = rows.Count >= MaxRows ? null : next;
        Place(rows);
    }

    private void Place(IReadOnlyList<InboxRow> rows)
    {
        if (!_pointerOver || _rows is null)
        {
            _rows = rows;
            _fresh = null;
            _waiting = 0;
            return;
        }

        (_rows, _waiting) = ListOrder.Hold(_rows, rows);
        _fresh = _waiting > 0 ? rows : null;
    }

    private void ShowWaiting()
    {
        _rows = _fresh ?? _rows;
        _fresh = null;
        _waiting = 0;
    }


    private int? CountOf(InboxTab tab) => tab switch
    {
        InboxTab.Mine => _counts?.Mine,
        InboxTab.Unassigned => _counts?.Unassigned,
        _ => _counts?.All,
    };

    private Task ChooseStatus(ChangeEventArgs chosen) =>
        OnView.InvokeAsync(View with { Status = InboxView.Read(null, chosen.Value as string, null, null, null).Status });

    private Task ChooseSort(ChangeEventArgs chosen) =>
        OnView.InvokeAsync(View with { Sort = InboxView.Read(null, null, chosen.Value as string, null, null).Sort });

    private Task ChooseNumber(ChangeEventArgs chosen) => OnView.InvokeAsync(View with
    {
        NumberId = long.TryParse(chosen.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
    });

    private Task ChooseLabel(ChangeEventArgs chosen) => OnView.InvokeAsync(View with
    {
        LabelId = long.TryParse(chosen.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
    });
}
