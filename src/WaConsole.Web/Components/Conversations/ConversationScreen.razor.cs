using Microsoft.AspNetCore.Components;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Conversations.Interactive;
using WaConsole.Web.Components.Labels;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>One open conversation: reads its header, hands parts their share and does what they ask for.</summary>
public sealed partial class ConversationScreen(
    ConversationVerbs verbs, CurrentCaller current, LiveUpdates live, WhatsAppClock whatsApp, NavigationManager navigation)
    : LivePanel
{
    private ConversationView? _view;
    private IReadOnlyList<Assignee> _assignees = [];
    private LabelBook _labels = LabelBook.Empty;
    private IReadOnlyList<ThreadLine> _pending = [];
    private ReplyBox? _reply;
    private MessageThread? _thread;
    private long? _me;
    private long? _firstUnread;
    private int _unread;
    private int _reconnects;
    private readonly LatestReading _readings = new();
    private int _replyBoxes;
    private bool _missing;
    private bool _leftUnread;
    private string? _problem;
    private string? _templateDraft;
    private ThreadLine? _forwarding;
    private ThreadLine? _detailed;
    private InteractiveDraft _interactive = new();
    private InteractiveDraft? _interactiveAfter;
    private QuotedLine? _answering;
    private bool _composing;
    private bool _sharing;

    [Parameter, EditorRequired] public required long Id { get; set; }
    [Parameter, EditorRequired] public required ViewerClock Viewer { get; set; }
    [Parameter] public string BackHref { get; set; } = "inbox";
    [Parameter] public int Reconnects { get; set; }

    /// <summary>A message to open the thread at.</summary>
    [Parameter] public long? At { get; set; }

    /// <summary>
    /// Resolves it where that can be taken back after the next one was opened, and says why it was not done. Not an event: it outlives this
    /// screen.
    /// </summary>
    [Parameter] public Func<ConversationView, Task<string?>>? Resolve { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _reconnects = Reconnects;
        Hear(live.SubscribeHeader(Id, () => RefreshAsync(FollowAsync)));
        Hear(live.Subscribe<ClockChanged>(_ => true, () => RefreshAsync(ReadAsync)));
        Hear(live.Subscribe<LabelsChanged>(_ => true, () => RefreshAsync(ReadLabelsAsync)));
        var caller = await current.ReadAsync(Gone);
        _me = caller.AgentId;
        Hear(live.Subscribe<NotificationsChanged>(change => change.AgentId == _me, () => RefreshAsync(TellSeenAsync)));
        await ReadLabelsAsync();
        await ReadAsync();
        if (_view is { } view)
        {
            _assignees = await verbs.Assignees.RunAsync(caller, view.NumberId, Gone);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_reconnects != Reconnects)
        {
            _reconnects = Reconnects;
            await ReadAsync();
        }
    }

    /// <summary>The unread mark may come after the line that somebody already looks at.</summary>
    private async Task<bool> FollowAsync()
    {
        var before = _view;
        await ReadAsync();
        if (_view is { Unread: > 0 } && _thread is { } thread)
        {
            await thread.TellSeenAsync();
        }

        await (_reply?.FollowDeliveryAsync() ?? Task.CompletedTask);
        return before is null || !before.Draws(_view);
    }

    /// <summary>The person may be told of something here while they look at it.</summary>
    private async Task<bool> TellSeenAsync()
    {
        await (_thread?.TellSeenAsync() ?? Task.CompletedTask);
        return false;
    }

    private async Task ReadAsync()
    {
        var asked = _readings.Ask();
        var view = await verbs.Read.RunAsync(await current.ReadAsync(Gone), Id, Gone);
        if (!_readings.Stands(asked))
        {
            return;
        }

        if (_view is null && view is not null)
        {
            _firstUnread = view.FirstUnreadMessageId;
            _unread = view.Unread;
        }

        _view = view;
        _missing = view is null;
    }

    private async Task ReadLabelsAsync() => _labels = new LabelBook(await verbs.Labels.RunAsync(await current.ReadAsync(Gone), Gone));

    /// <summary>What a person asked for is done even when the next conversation is opened at once: it does not end with the screen.</summary>
    private async Task LabelAsync(LabelWish wish) =>
        await verbs.Label.RunAsync(await current.ReadAsync(), Id, wish.Add, wish.Remove, CancellationToken.None);

    private async Task AssignAsync(long? assignee) => _problem = await verbs.Assign.RunAsync(
        await current.ReadAsync(), Id, assignee, CancellationToken.None) is AssignOutcome.NotPossible refused ? refused.Sentence : null;

    private async Task SetStatusAsync(StatusWish wish)
    {
        _problem = null;
        if (wish.Status == ConversationStatus.Resolved && Resolve is { } resolve && _view is { } view)
        {
            _problem = await resolve(view);
            return;
        }

        _problem = await verbs.Status.RunAsync(
            await current.ReadAsync(), Id, wish.Status, wish.UntilUtc, _view?.LastMessageId, CancellationToken.None) is ChangeStatusOutcome.NewerMessage newer
                ? newer.Sentence
                : null;
    }

    private async Task ChangeParticipantAsync((long AgentId, bool TakesPart) wish) =>
        await verbs.Participant.RunAsync(await current.ReadAsync(), Id, wish.AgentId, wish.TakesPart, CancellationToken.None);

    private async Task MarkReadAsync(long newestSeen)
    {
        var caller = await current.ReadAsync(Gone);
        await verbs.Told.SeenAsync(caller, Id, newestSeen, Gone);
        if (_view is { Unread: > 0 } && !_leftUnread)
        {
            await verbs.Mark.SeenAsync(caller, Id, newestSeen, Gone);
        }
    }

    /// <summary>Leaves the conversation, which would otherwise be read again at once.</summary>
    private async Task MarkUnreadAsync()
    {
        _leftUnread = true;
        await verbs.Mark.MarkUnreadAsync(await current.ReadAsync(), Id, CancellationToken.None);
        navigation.NavigateTo(BackHref);
    }

    private async Task SendAgainAsync(ThreadLine line) => _problem = await verbs.Again.RunAsync(
        await current.ReadAsync(), line.Id, CancellationToken.None) is SendReplyOutcome.Refused refused ? refused.Why.Words : null;

    private async Task ReactAsync(Reacted wish) => _problem = await verbs.React.RunAsync(
        await current.ReadAsync(), wish.Line.Id, wish.Emoji, CancellationToken.None) is ReactOutcome.Refused refused ? refused.Sentence : null;

    private void Forward(ThreadLine line) => _forwarding = line;

    private async Task UndoAsync(ThreadLine line)
    {
        var outcome = await verbs.Undo.RunAsync(await current.ReadAsync(), line.Id, CancellationToken.None);
        _problem = outcome is UndoSendOutcome.Undone ? null : T["UndoTooLate"].Value;
        if (outcome is UndoSendOutcome.Undone undone)
        {
            RemovePending(line.ClientKey ?? Guid.Empty);
            await (_reply?.PutBackAsync(undone.Text) ?? Task.CompletedTask);
            if (undone.Interactive is { } interactive)
            {
                // Another one may have been begun since: it comes after.
                _interactiveAfter ??= _interactive;
                _interactive = InteractiveDraft.Of(interactive, undone.Head);
                ComposeInteractive(line.Quoted);
            }
        }
    }

    private Task Quote(ThreadLine line) => _reply?.QuoteAsync(new QuotedLine(
        line.Id, line.Direction, line.Direction == MessageDirection.Inbound ? _view!.Name : line.AuthorName ?? T["Us"], line.Text, line.Kind)) ?? Task.CompletedTask;

    /// <summary>The same key again is the same message: it keeps one bubble.</summary>
    private void AddPending(ThreadLine line) => _pending = [.. _pending.Where(known => known.ClientKey != line.ClientKey).TakeLast(20), line];

    private void RemovePending(Guid key) => _pending = [.. _pending.Where(line => line.ClientKey != key)];

    private void OpenTemplates(string draft) => _templateDraft = draft;

    private void ComposeInteractive(QuotedLine? answering) => (_composing, _answering) = (true, answering);

    private void Share(QuotedLine? answering) => (_sharing, _answering) = (true, answering);

    private Task SharedAsync()
    {
        _sharing = false;
        return AnsweredAsync();
    }

    private Task InteractiveSentAsync()
    {
        (_composing, _interactive, _interactiveAfter) = (false, _interactiveAfter ?? new InteractiveDraft(), null);
        return AnsweredAsync();
    }

    private Task AnsweredAsync() => _answering is null ? Task.CompletedTask : _reply?.DropQuoteAsync() ?? Task.CompletedTask;

    /// <summary>A draft that was poured into one may be sent now: the box reads anew what is left of it.</summary>
    private Task CloseTemplatesAsync()
    {
        _replyBoxes += _templateDraft is { Length: > 0 } ? 1 : 0;
        _templateDraft = null;
        return _reply?.ReadLaterAsync() ?? Task.CompletedTask;
    }
}
