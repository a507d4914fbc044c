using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>
/// The lines of one conversation: a bounded part of it, followed live. Keep one instance per conversation (@key), the first unread
/// message is remembered as it was when the conversation was opened.
/// </summary>
public sealed partial class MessageThread(ReadThread threads, CurrentCaller current, LiveUpdates live, WhatsAppClock whatsApp, IJSRuntime js)
    : LivePanel
{
    public const int MaxLines = 300;

    private readonly BrowserModule _browser = new(js, "Conversations/MessageThread");
    private readonly HashSet<Guid?> _arrived = [];
    private ElementReference _root;
    private IReadOnlyList<ThreadLine>? _lines;
    private IReadOnlyList<ThreadItem> _items = [];
    private IReadOnlyList<ThreadLine>? _drawnLines;
    private IReadOnlyList<ThreadLine>? _drawnPending;
    private long? _before;
    private (IReadOnlyList<ThreadItem>, bool, bool, bool, string) _drawn;
    private bool _awayFromNewest;
    private long _seen;
    private bool _reading;
    private int _reconnects;
    private long? _at;

    [Parameter, EditorRequired] public required long ConversationId { get; set; }
    [Parameter, EditorRequired] public required ViewerClock Viewer { get; set; }
    [Parameter] public string CustomerName { get; set; } = "";
    [Parameter] public long? FirstUnread { get; set; }
    [Parameter] public int Unread { get; set; }

    /// <summary>Lines on their way to the server, shown at the end until the real ones arrive.</summary>
    [Parameter] public IReadOnlyList<ThreadLine> Pending { get; set; } = [];
    [Parameter] public int Reconnects { get; set; }

    /// <summary>A message to show first, instead of the newest.</summary>
    [Parameter] public long? At { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnQuote { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnAgain { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnUndo { get; set; }
    [Parameter] public EventCallback<Reacted> OnReact { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnDetails { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnForward { get; set; }
    [Parameter] public long? Me { get; set; }

    /// <summary>
    /// Somebody really looks at the newest lines, down to this one: the window has the focus and the end is in view. Not an event of the
    /// screen: it draws nothing by itself.
    /// </summary>
    [Parameter] public Func<long, Task>? OnSeen { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _reconnects = Reconnects;
        _at = At;
        Hear(live.SubscribeConversation(ConversationId, news => RefreshAsync(() => FollowAsync(news))));
        await ReadNewestAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_reconnects != Reconnects)
        {
            _reconnects = Reconnects;
            await ReadAgainAsync();
        }

        Lay();
        if (_at != At)
        {
            _at = At;
            if (At is { } message)
            {
                await _browser.TellAsync("reach", _root, message);
            }
        }
    }

    /// <summary>The screen around it draws for its own reasons; a few hundred bubbles need not be compared each time.</summary>
    protected override bool ShouldRender()
    {
        var now = (_items, _lines is null, _before is null, _awayFromNewest, CustomerName);
        (var before, _drawn) = (_drawn, now);
        return before != now;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _browser.AttachAsync(_root, this, new { at = At });
        }
    }

    /// <param name="newest">The newest line somebody looks at, as the browser has drawn it. 0 while nobody does.</param>
    [JSInvokable]
    public Task SeenAsync(long newest)
    {
        _seen = newest;
        return TellSeenAsync();
    }

    /// <summary>Tells once more that somebody looks, if somebody does.</summary>
    public Task TellSeenAsync() => _seen > 0 && OnSeen is { } seen ? seen(_seen) : Task.CompletedTask;

    /// <summary>A page of older lines. Past the bound the newest ones leave, to be read again on the way back.</summary>
    [JSInvokable]
    public async Task<bool> OlderAsync()
    {
        if (_reading || _before is not { } before)
        {
            return false;
        }

        _reading = true;
        try
        {
            await RefreshAsync(() => ReadOlderAsync(before));
            return true;
        }
        finally
        {
            _reading = false;
        }
    }

    /// <summary>A page of newer lines, while the newest are not shown. Past the bound the oldest ones leave.</summary>
    [JSInvokable]
    public async Task<bool> NewerAsync()
    {
        if (_reading || !_awayFromNewest || _lines is not { Count: > 0 })
        {
            return false;
        }

        _reading = true;
        try
        {
            await RefreshAsync(ReadNewerAsync);
            return true;
        }
        finally
        {
            _reading = false;
        }
    }

    /// <summary>Shows a quoted or found message: a page further up it is read back to, further away it is shown with what is around it.</summary>
    /// <returns>False when the conversation does not have it.</returns>
    [JSInvokable]
    public async Task<bool> ReachAsync(long messageId)
    {
        if (!Shows(messageId) && _lines is { Count: > 0 } lines && lines[0].Id > messageId)
        {
            await OlderAsync();
        }

        if (!Shows(messageId))
        {
            await RefreshAsync(() => ReadAroundAsync(messageId));
        }

        return Shows(messageId);
    }

    protected override ValueTask LeaveBrowserAsync() => _browser.DisposeAsync();

    private async Task ToLatestAsync()
    {
        if (_awayFromNewest)
        {
            await ReadNewestAsync();
            Lay();
        }

        await _browser.TellAsync("toEnd", _root);
    }

    private async Task ReadNewestAsync()
    {
        var page = await threads.RunAsync(await current.ReadAsync(Gone), ConversationId, before: null, PageSizeAtOpening, Gone);
        _awayFromNewest = false;
        Take(page);
    }

    /// <summary>The divider must be on the first page when it can be.</summary>
    private int PageSizeAtOpening => Math.Clamp(Unread + 10, ReadThread.PageSize, ReadThread.MaxPageSize);

    private async Task ReadOlderAsync(long before)
    {
        var page = await threads.RunAsync(await current.ReadAsync(Gone), ConversationId, before, ReadThread.PageSize, Gone);
        if (page is null || _lines is null)
        {
            return;
        }

        IReadOnlyList<ThreadLine> all = [.. page.Lines, .. _lines];
        _awayFromNewest |= all.Count > MaxLines;
        _lines = all.Count > MaxLines ? [.. all.Take(MaxLines)] : all;
        _before = page.Before;
        Lay();
    }

    private async Task ReadNewerAsync()
    {
        if (_lines is not { Count: > 0 } lines)
        {
            return;
        }

        var page = await threads.AfterAsync(await current.ReadAsync(Gone), ConversationId, lines[^1].Id, ReadThread.PageSize, Gone);
        if (page is not { } newer || !ReferenceEquals(_lines, lines))
        {
            return;
        }

        IReadOnlyList<ThreadLine> all = [.. lines, .. newer.Lines];
        _lines = all.Count > MaxLines ? [.. all.TakeLast(MaxLines)] : all;
        _before = all.Count > MaxLines ? _lines[0].Id : _before;
        _awayFromNewest = newer.More;
        Lay();
    }

    private async Task ReadAroundAsync(long messageId)
    {
        var caller = await current.ReadAsync(Gone);
        var upTo = await threads.RunAsync(caller, ConversationId, messageId + 1, ReadThread.PageSize, Gone);
        if (upTo?.Lines is not [.., var last] || last.Id != messageId
            || await threads.AfterAsync(caller, ConversationId, messageId, ReadThread.PageSize, Gone) is not { } after)
        {
            return;
        }

        _lines = [.. upTo.Lines, .. after.Lines];
        _before = upTo.Before;
        _awayFromNewest = after.More;
        Lay();
    }

    private bool Shows(long messageId) => _lines?.Any(line => line.Id == messageId) is true;

    /// <summary>Only lines that came or changed are read. One above what is shown is met on the way up.</summary>
    private async Task FollowAsync(LiveNews news)
    {
        if (_lines is not { Count: > 0 } lines || news.Lines is not { } changed)
        {
            await ReadAgainAsync();
            return;
        }

        var shown = ThreadNews.Shown(lines, changed, startsHere: _before is null, endsHere: !_awayFromNewest);
        if (shown.Count == 0)
        {
            return;
        }

        if (await threads.LinesAsync(await current.ReadAsync(Gone), ConversationId, shown, Gone) is not { } fresh)
        {
            await ReadAgainAsync();
            return;
        }

        if (!ReferenceEquals(_lines, lines))
        {
            // An older page or a newer read came in between: what is shown now decides.
            await FollowAsync(news);
            return;
        }

        var merged = ThreadNews.Merge(lines, fresh);
        if (merged.Count > MaxLines && !_awayFromNewest)
        {
            merged = [.. merged.TakeLast(MaxLines)];
            _before = merged[0].Id;
        }

        _lines = merged;
        Lay();
    }

    /// <summary>What is on screen, read again. Far above the newest line only what is shown is read, so nothing jumps in.</summary>
    private async Task ReadAgainAsync()
    {
        if (_lines is not { Count: > 0 } lines)
        {
            await ReadNewestAsync();
        }
        else if (_awayFromNewest)
        {
            await ReadShownAgainAsync(lines);
        }
        else
        {
            Take(await threads.FromAsync(await current.ReadAsync(Gone), ConversationId, lines[0].Id, MaxLines, Gone));
        }

        Lay();
    }

    private async Task ReadShownAgainAsync(IReadOnlyList<ThreadLine> lines)
    {
        var caller = await current.ReadAsync(Gone);
        List<ThreadLine> fresh = [];
        for (long? before = lines[^1].Id + 1; before is not null && fresh.Count < lines.Count;)
        {
            var page = await threads.RunAsync(caller, ConversationId, before, Math.Min(ReadThread.MaxPageSize, lines.Count - fresh.Count), Gone);
            fresh.InsertRange(0, page?.Lines ?? []);
            before = page?.Before;
        }

        _lines = fresh;
    }

    private void Take(ThreadPage? page)
    {
        _lines = page?.Lines ?? [];
        _before = page?.Before;
    }

    private void Lay()
    {
        if (_lines is null || (ReferenceEquals(_drawnLines, _lines) && ReferenceEquals(_drawnPending, Pending)))
        {
            return;
        }

        _drawnLines = _lines;
        _drawnPending = Pending;
        _items = ThreadLayout.Of(_lines, _awayFromNewest ? [] : StillPending(_lines), Viewer, FirstUnread, Unread);
    }

    /// <summary>A line that has come is pending no longer, though newer ones have pushed it out of what is shown.</summary>
    private IReadOnlyList<ThreadLine> StillPending(IReadOnlyList<ThreadLine> lines)
    {
        var pending = Pending.Select(line => line.ClientKey).ToHashSet();
        _arrived.UnionWith(lines.Select(line => line.ClientKey).Where(pending.Contains));
        _arrived.IntersectWith(pending);
        return [.. Pending.Where(line => !_arrived.Contains(line.ClientKey) && (_before is null || line.SentAtUtc >= lines[0].SentAtUtc))];
    }
}
