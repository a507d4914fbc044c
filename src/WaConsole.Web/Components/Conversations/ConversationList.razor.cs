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

/// <summary>
/// The list: reads pages by keyset, follows changes, and does not move rows under the pointer. A change costs the rows it names; the page
/// and the counts of the tabs are read again only where those rows do not tell, and once a second at most.
/// </summary>
public sealed partial class ConversationList(
    ListInbox inbox,
    ReadInboxRows changedRows,
    CountTabs tabs,
    ListLabels labels,
    ListAssignees assignees,
    ActOnMany many,
    UndoMany undoMany,
    CurrentCaller current,
    LiveUpdates live,
    WhatsAppClock whatsApp,
    IJSRuntime js)
    : LivePanel
{
    private static readonly InboxTab[] Tabs = [InboxTab.Mine, InboxTab.Unassigned, InboxTab.All];
    private static readonly string[] Statuses = ["open", "pending", "snoozed", "resolved", "all"];
    private static readonly string[] Sorts = ["newest", "waiting", "closing", "unread", "open", "soon", "closed"];

    private readonly BrowserModule _browser = new(js, "Conversations/ConversationList");
    private ElementReference _root;
    private InboxView? _shown;
    private CancellationTokenSource? _reading;
    private InboxWindow? _window;
    private InboxWindow? _fresh;
    private TabCounts? _counts;
    private LabelBook _labels = LabelBook.Empty;
    private IReadOnlyList<Assignee> _team = [];
    private bool _tooSlow;
    private string _query = "";
    private string _emptyTitle = "EmptyInbox";
    private (ConversationStatus?, long?, long?)? _countedFor;
    private DateTime _now;
    private int _waiting;
    private int _turn;
    private bool _pointerOver;
    private bool _paging;

    [Parameter, EditorRequired] public required InboxView View { get; set; }
    [Parameter, EditorRequired] public required ViewerClock Viewer { get; set; }
    [Parameter, EditorRequired] public required IReadOnlyList<NumberView> Numbers { get; set; }
    [Parameter] public long? Selected { get; set; }
    [Parameter] public EventCallback<InboxView> OnView { get; set; }

    /// <summary>A number that grows after the connection came back: read again.</summary>
    [Parameter] public int Reconnects { get; set; }

    private int _reconnects;
    private InboxView? _beforeSearch;
    private InboxView? _wanted;

    protected override async Task OnInitializedAsync()
    {
        var caller = await current.ReadAsync(Gone);
        Hear(live.Subscribe<LabelsChanged>(_ => true, () => RefreshAsync(ReadLabelsAsync)));
        await ReadLabelsAsync();
        _team = await assignees.OfAllAsync(caller, Gone);
        _me = caller.AgentId;
        Follow(caller);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == View && _reconnects == Reconnects)
        {
            return;
        }

        var isTheirs = _wanted?.Search == View.Search;
        if (_shown != View)
        {
            _wanted = null;
            _window = null;
            _fresh = null;
            _waiting = 0;
            PickNone();
        }

        if (_shown is { } before && before.Search != View.Search && !isTheirs)
        {
            await _browser.TellAsync("setSearch", _root, View.Search);
        }

        if (_reconnects != Reconnects)
        {
            _countedFor = null;
        }

        _shown = View;
        _reconnects = Reconnects;
        _query = View.Write();
        _emptyTitle = View.Search.Length > 0 ? "EmptySearch" : View == InboxView.Default with { Tab = InboxTab.Mine } ? "EmptyMine" : "EmptyInbox";
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
    public async Task PointerOver(bool over)
    {
        _pointerOver = over;
        if (!over && _waiting > 0)
        {
            await RefreshAsync(ShowWaitingAsync);
        }
    }

    [JSInvokable]
    public Task SearchAsync(string search)
    {
        var words = search.Trim();
        if (View.Search.Length == 0)
        {
            _beforeSearch = View;
        }

        var before = _beforeSearch;
        if (words.Length == 0)
        {
            _beforeSearch = null;
        }

        // Asked again for what is shown, or on its way, it goes nowhere: somebody may have opened a conversation meanwhile.
        var next = words.Length > 0 || View.Search.Length == 0 ? View.SearchFor(words) : View.After(before);
        if (next == (_wanted ?? View))
        {
            return Task.CompletedTask;
        }

        _wanted = next;
        return OnView.InvokeAsync(next);
    }

    /// <summary>The end of what is loaded comes into sight.</summary>
    [JSInvokable]
    public Task MoreAsync() => PageAsync(window => window.Next, backwards: false);

    /// <summary>The beginning of what is loaded comes into sight, and the list goes on above it.</summary>
    [JSInvokable]
    public Task EarlierAsync() => PageAsync(window => window.Start, backwards: true);

    protected override async ValueTask LeaveBrowserAsync()
    {
        _reading?.Dispose();
        await _browser.DisposeAsync();
    }

    private async Task PageAsync(Func<InboxWindow, string?> end, bool backwards)
    {
        if (_paging || _window is null || end(_window) is null)
        {
            return;
        }

        _paging = true;
        try
        {
            await RefreshAsync(() => InTurnAsync(() => ReadPageAsync(end, backwards)));
        }
        finally
        {
            _paging = false;
        }
    }

    private async Task ReadLabelsAsync()
    {
        _labels = new LabelBook(await labels.RunAsync(await current.ReadAsync(Gone), Gone));
        AskAgain(page: View.LabelId is not null, counts: View.LabelId is not null);
    }

    private async Task ReadPageAsync(Func<InboxWindow, string?> end, bool backwards)
    {
        if (_window is null || end(_window) is not { } cursor)
        {
            return;
        }

        var turn = _turn;
        var caller = await current.ReadAsync(Gone);
        var page = await inbox.RunAsync(caller, View.Query(Viewer, cursor, InboxWindow.PageSize) with { Backwards = backwards }, Gone);
        if (turn == _turn && _window is { } window)
        {
            _tooSlow = page.Cut == InboxCut.TooSlow;
            _window = _tooSlow ? window : backwards ? window.Above(page) : window.Below(page);
            _fresh = null;
        }
    }

    /// <summary>Reads again as much as is on screen. A newer read ends one still under way, in the database too.</summary>
    private async Task ReadAsync()
    {
        if (_reading is { } older)
        {
            await older.CancelAsync();
            older.Dispose();
        }

        _reading = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        var (turn, token) = (++_turn, _reading.Token);
        try
        {
            await (_page = ReadAsync(turn, token));
            await CountAsync(turn, token);
        }
        catch (OperationCanceledException) when (turn != _turn)
        {
            // The newer read shows what there is.
        }
    }

    private async Task ReadAsync(int turn, CancellationToken cancellationToken)
    {
        var readAt = whatsApp.UtcNow;
        var caller = await current.ReadAsync(cancellationToken);
        var wanted = _window?.Pages ?? 1;
        List<InboxPage> pages = [];
        var cursor = _window?.Start;
        do
        {
            pages.Add(await inbox.RunAsync(caller, View.Query(Viewer, cursor, InboxWindow.PageSize), cancellationToken));
            cursor = pages[^1].Next;
        }
        while (cursor is not null && pages.Count < wanted);

        if (turn != _turn)
        {
            return;
        }

        _now = whatsApp.UtcNow;
        _readAt = readAt;
        _tooSlow = pages.Exists(page => page.Cut == InboxCut.TooSlow);
        if (!_tooSlow)
        {
            Place(InboxWindow.Of(pages));
        }
    }

    private bool Searches => View.Search.Length > 0;

    private (ConversationStatus?, long?, long?) CountFilter => (View.Status, View.NumberId, View.LabelId);

    /// <summary>Of another status, number or label: at once, and behind the page. Otherwise the counts follow the traffic.</summary>
    private async Task CountAsync(int turn, CancellationToken cancellationToken)
    {
        var filter = CountFilter;
        if (Searches)
        {
            // What is found is not counted, and what there is besides is not asked for.
            (_counts, _countedFor) = (null, null);
            return;
        }

        if (turn != _turn || _countedFor == filter)
        {
            return;
        }

        StateHasChanged();
        var counts = await inbox.CountAsync(await current.ReadAsync(cancellationToken), View.Query(Viewer, null, 1), cancellationToken);
        if (turn == _turn && counts is not null)
        {
            (_counts, _countedFor) = (new TabCounts(counts.Mine, counts.Unassigned, counts.All), filter);
        }
    }

    private void Place(InboxWindow window)
    {
        if (!_pointerOver || _window is null)
        {
            _window = window;
            _fresh = null;
            _waiting = 0;
            return;
        }

        _waiting = ListOrder.Changes(_window.Rows, window.Rows);
        _window = _waiting == 0 ? window : _window.Renewed(window.Rows);
        _fresh = _waiting > 0 ? window : null;
    }

    private async Task ShowWaitingAsync()
    {
        var fresh = _fresh;
        (_fresh, _waiting) = (null, 0);
        if (fresh is not null)
        {
            _window = fresh;
            return;
        }

        // A page was read meanwhile: what waited is known no longer.
        var over = _pointerOver;
        _pointerOver = false;
        await ReadAsync();
        _pointerOver = over;
    }

    private string? TextOf(InboxTab tab) => CountOf(tab) switch
    {
        null => null,
        ListInbox.MaxCount => T["ManyConversations", ListInbox.MaxCount],
        var count => count.Value.ToString(CultureInfo.CurrentCulture),
    };

    private int? CountOf(InboxTab tab) => tab switch
    {
        InboxTab.Mine => _counts?.Mine,
        InboxTab.Unassigned => _counts?.Unassigned,
        _ => _counts?.All,
    };

    private Task ChooseStatus(ChangeEventArgs chosen) =>
        OnView.InvokeAsync(View with { Status = InboxView.Read(new InboxAddress(Status: chosen.Value as string)).Status });

    private Task ChooseSort(ChangeEventArgs chosen) =>
        OnView.InvokeAsync(View with { Sort = InboxView.Read(new InboxAddress(Sort: chosen.Value as string)).Sort });

    private Task ChooseNumber(ChangeEventArgs chosen) => OnView.InvokeAsync(View with { NumberId = IdOf(chosen) });

    private Task ChooseLabel(ChangeEventArgs chosen) => OnView.InvokeAsync(View with { LabelId = IdOf(chosen) });

    private Task ChooseAgent(ChangeEventArgs chosen) => OnView.InvokeAsync(View with { AgentId = IdOf(chosen) });

    private Task ChooseKind(ChangeEventArgs chosen) => OnView.InvokeAsync(View with { Kind = InboxView.KindOf(chosen.Value as string) });

    private Task ChooseFrom(ChangeEventArgs chosen) => OnView.InvokeAsync(View with { From = InboxView.Day(chosen.Value as string) });

    private Task ChooseTo(ChangeEventArgs chosen) => OnView.InvokeAsync(View with { To = InboxView.Day(chosen.Value as string) });

    private static long? IdOf(ChangeEventArgs chosen) =>
        long.TryParse(chosen.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string? DayText(DateOnly? day) => day is { } known ? InboxView.DayWord(known) : null;
}
