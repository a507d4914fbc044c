using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using WaConsole.Core.CannedReplies;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Policy;
using WaConsole.Core.Team;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>What became of a press of Send, for the browser: it clears the text only when it went.</summary>
public sealed record SendAnswer(bool Sent);

/// <summary>The composer. Keystrokes stay in the browser; the server keeps the draft and sends. One instance per conversation.</summary>
public sealed partial class ReplyBox(
    ReplyVerbs verbs, CurrentCaller current, WhatsAppClock whatsApp, AntiforgeryStateProvider antiforgery, IJSRuntime js)
    : LivePanel
{
    public const int MaxText = 4096;

    /// <summary>A longer text would not fit one message to the hub; the counter warns long before.</summary>
    public const int MaxTyped = 8000;

    private readonly AnswerMeanwhile _meanwhile = new(verbs.Answer);
    private readonly BrowserModule _browser = new(js, "Conversations/ReplyBox");
    private readonly LatestReading _readings = new();
    private readonly string _suggestId = $"suggest-{Guid.CreateVersion7():N}";
    private ElementReference _root;
    private WindowFace _face = new(WindowTone.Never, 0, 0, 0, null);
    private IReadOnlyList<AttachedFile> _files = [];
    private QuotedLine? _quote;
    private string _draft = "";
    private string _closesAt = "";
    private string? _refusal;
    private bool _open;
    private Preferences _preferences = Preferences.Default;
    private string _preview = "";
    private IReadOnlyList<PolicyConcern> _concerns = [];
    private LastAnswer? _held;
    private bool _begun;
    private bool _ready;
    private bool _attached;
    private bool _sending;
    private bool _recording;
    private bool _later;
    private bool _choosing;
    private Task _kept = Task.CompletedTask;

    [Parameter, EditorRequired] public required ConversationView View { get; set; }
    [Parameter, EditorRequired] public required ViewerClock Viewer { get; set; }

    /// <summary>WhatsApp's time.</summary>
    [Parameter, EditorRequired] public required DateTime Now { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnPending { get; set; }
    [Parameter] public EventCallback<Guid> OnPendingGone { get; set; }

    /// <summary>With the draft to pour into it, or nothing.</summary>
    [Parameter] public EventCallback<string> OnTemplate { get; set; }

    /// <summary>With the message it is to answer, if any.</summary>
    [Parameter] public EventCallback<QuotedLine?> OnInteractive { get; set; }

    /// <summary>A place or a person, with the message it is to answer, if any.</summary>
    [Parameter] public EventCallback<QuotedLine?> OnShare { get; set; }
    [Parameter] public EventCallback OnWindowEnded { get; set; }

    private bool CanSend => View.SendingStopped is null && !_sending && _files.All(file => file.IsReady);

    /// <summary>Answers this message with the next reply.</summary>
    public async Task QuoteAsync(QuotedLine quote)
    {
        _quote = quote;
        await KeepAsync();
        StateHasChanged();
        await _browser.TellAsync("focus", _root);
    }

    /// <summary>Somebody thought better of it, or it was answered another way.</summary>
    public async Task DropQuoteAsync()
    {
        _quote = null;
        await KeepAsync();
        StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        var caller = await current.ReadAsync(Gone);
        var draft = await verbs.Drafts.ReadAsync(caller, View.Id, Gone);
        _draft = draft.Text;
        _later = draft.GoesWhenAnswered;
        _begun = _draft.Length > 0;
        _concerns = PolicyHints.In(_draft);
        _quote = draft.ReplyTo;
        _files = [.. draft.Files.Select(AttachedFile.From)];
        _preferences = await verbs.Preferences.ReadAsync(caller, Gone);
        await _meanwhile.BeginAsync(caller, View.Id, Gone);
        _ready = true;
    }

    protected override async Task OnParametersSetAsync()
    {
        _face = WindowFace.At(View.Window, Now);
        var open = _face.Tone is not (WindowTone.Closed or WindowTone.Never);
        _closesAt = open ? T["ClosesAt", Viewer.Moment(_face.EndsAtUtc!.Value, Now)] : "";
        if (_open && !open && _attached)
        {
            _draft = await _browser.AskOrAsync<string?>(null, "text", _root) ?? _draft;
        }

        if (open && _later)
        {
            await FollowLaterAsync();
        }

        _open = open && !_later;
    }

    /// <summary>Something else on the screen may have made a draft that waits for the customer.</summary>
    public async Task ReadLaterAsync()
    {
        if (!_open && !_later && _draft.Length == 0 && _files.Count == 0)
        {
            await FollowLaterAsync();
            StateHasChanged();
        }
    }

    /// <summary>A text that went in answer to nothing changes nothing else on the screen: the box has to ask for itself.</summary>
    public async Task FollowDeliveryAsync()
    {
        if (_later && _face.Tone is not (WindowTone.Closed or WindowTone.Never))
        {
            await FollowLaterAsync();
            _open = !_later;
            StateHasChanged();
        }
    }

    /// <summary>The customer has written: what was to go out then went, is on its way, or was left to its author.</summary>
    private async Task FollowLaterAsync()
    {
        var asked = _readings.Ask();
        var draft = await verbs.Drafts.ReadAsync(await current.ReadAsync(Gone), View.Id, Gone);
        if (!_readings.Stands(asked))
        {
            return;
        }

        (_later, _quote, _files) = (draft.GoesWhenAnswered, draft.ReplyTo, [.. draft.Files.Select(AttachedFile.From)]);
        await PutAsync(draft.Text);
    }

    private async Task PutAsync(string text)
    {
        _draft = text;
        _concerns = PolicyHints.In(text);
        _begun = text.Length > 0;
        if (_attached)
        {
            await _browser.TellAsync("put", _root, text);
        }
    }

    private Task WriteForLaterAsync(ChangeEventArgs change) => _kept = WriteAsync(change.Value as string ?? "");

    private async Task WriteAsync(string text)
    {
        await PutAsync(text);
        await KeepAsync();
    }

    /// <summary>Once per press: the second half of a double click would take back what the first asked for.</summary>
    private async Task LaterAsync(MouseEventArgs click)
    {
        if (_choosing || click.Detail > 1)
        {
            return;
        }

        _choosing = true;
        try
        {
            // The press that brought us here also ended the typing: there must be a draft to send.
            await _kept;
            _later = await verbs.Later.RunAsync(await current.ReadAsync(), View.Id, !_later, CancellationToken.None);
            _open = !_later && _face.Tone is not (WindowTone.Closed or WindowTone.Never);
        }
        finally
        {
            _choosing = false;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_ready && !_attached)
        {
            _attached = true;
            await _browser.AttachAsync(_root, this, new
            {
                conversation = View.Id,
                text = _draft,
                enterSends = _preferences.EnterSends,
                max = MaxText,
                maxCaption = SplitReply.LongestCaption,
                files = KeepDraft.MaxFiles,
                maxBytes = StoreUpload.MaxBytes,
                token = antiforgery.GetAntiforgeryToken()?.Value,
                failed = M["UploadStopped"].Value,
                tooBig = M["FileTooBig"].Value,
                filesWait = M["FilesWait"].Value,
                canned = new { none = T["NoCannedReply"].Value },
                emoji = new { search = T["SearchEmoji"].Value, none = T["NoEmoji"].Value },
            });
        }
    }

    /// <summary>What a person asked for is done even when the next conversation is opened at once: it does not end with the screen.</summary>
    [JSInvokable]
    public async Task<SendAnswer> SendAsync(string text, Guid key)
    {
        if (!CanSend || (text.Trim().Length == 0 && _files.Count == 0))
        {
            return new SendAnswer(Sent: false);
        }

        _sending = true;
        _refusal = null;
        try
        {
            var caller = await current.ReadAsync();
            _held = await _meanwhile.AskAsync(caller, View.Id);
            if (_held is not null)
            {
                return new SendAnswer(Sent: false);
            }

            var hold = TimeSpan.FromSeconds(_preferences.UndoSeconds);
            IReadOnlyList<Reply> parts = [.. ComposedReply.Split(View.Id, key, text, _files, _quote?.MessageId).Select(part => part with { Hold = hold })];
            var went = parts.Take(await SendPartsAsync(caller, parts)).ToList();

            // What went leaves the composer even when a later part was refused: the next press must not send it again.
            var textWent = went.Count == parts.Count || went.Any(ComposedReply.CarriesText);
            _files = [.. _files.Where(file => !went.Any(part => part.Content is ReplyContent.Media media && media.MediaFileId == file.MediaFileId))];
            _quote = went.Count > 0 ? null : _quote;
            await KeepAsync(textWent ? "" : text);
            return new SendAnswer(textWent);
        }
        finally
        {
            _sending = false;
            StateHasChanged();
        }
    }

    /// <summary>Comes last of all when the screen is left: the browser drops its own copy once this has answered.</summary>
    [JSInvokable]
    public async Task SaveDraftAsync(string text)
    {
        await KeepAsync(text);
        StateHasChanged();
    }

    [JSInvokable]
    public async Task TypingAsync()
    {
        var caller = await current.ReadAsync(Gone);
        if (!_begun)
        {
            // Whoever begins to write has read what stands there. The draft itself is saved only after a pause. Colleagues are told
            // afterwards: what one of them sends because of it is not among what was read.
            _begun = true;
            await _meanwhile.BeginAsync(caller, View.Id, Gone);
        }

        verbs.Presence.Tell(caller, View.NumberId, View.Id, PresenceKind.Typing);
        if (_open)
        {
            await verbs.Typing.RunAsync(caller, View.Id, Gone);
        }
    }

    /// <summary>The text as the customer will see it; empty when it holds no formatting.</summary>
    [JSInvokable]
    public void Preview(string text)
    {
        _preview = text;
        StateHasChanged();
    }

    /// <summary>A reply that was taken back stands in the composer again, before what was begun since.</summary>
    public async Task PutBackAsync(string text)
    {
        var draft = await verbs.Drafts.ReadAsync(await current.ReadAsync(Gone), View.Id, Gone);
        _quote = draft.ReplyTo;
        _files = [.. draft.Files.Select(AttachedFile.From), .. _files.Where(file => !file.IsReady)];
        StateHasChanged();
        if (text.Length > 0)
        {
            await _browser.TellAsync("putBack", _root, text);
        }
    }

    /// <summary>What "/" offers.</summary>
    [JSInvokable]
    public async Task<IReadOnlyList<Suggestion>> CannedAsync() =>
        [.. (await verbs.Canned.RunAsync(await current.ReadAsync(Gone), Gone)).Select(reply => new Suggestion(
            reply.Id, reply.Shortcut, Suggestion.Line(reply.Body)))];

    /// <returns>Null when the reply is gone.</returns>
    [JSInvokable]
    public async Task<FilledText?> FillCannedAsync(long id) => await verbs.Fill.RunAsync(await current.ReadAsync(Gone), id, View.Id, Gone);

    [JSInvokable]
    public Task WindowEndedAsync() => InvokeAsync(OnWindowEnded.InvokeAsync);

    [JSInvokable]
    public void AddFile(string localId, string name, long size)
    {
        if (_files.Any(file => file.LocalId == localId))
        {
            // The answer was lost with the connection, and the browser asked again.
            return;
        }

        _refusal = null;
        _files = [.. _files, new AttachedFile(localId, name, size)];
        StateHasChanged();
    }

    [JSInvokable]
    public async Task FileReadyAsync(string localId, UploadedFile file)
    {
        Replace(localId, known => known with
        {
            Name = file.FileName,
            SizeBytes = file.SizeBytes,
            MediaFileId = file.MediaFileId,
            MediaKey = file.Key,
            SendAs = file.Kind,
            MimeType = file.MimeType,
            IsVoiceNote = file.IsVoiceNote,
        });
        await KeepAsync();
        StateHasChanged();
    }

    [JSInvokable]
    public void FileRefused(string localId, string sentence, bool mayRetry)
    {
        Replace(localId, known => known with { Refusal = sentence, MayRetry = mayRetry });
        StateHasChanged();
    }

    protected override ValueTask LeaveBrowserAsync() => _browser.DisposeAsync();

    /// <summary>In order. The bubbles show before the answer; what was refused is taken back and stays in the composer.</summary>
    /// <returns>How many parts went.</returns>
    private async Task<int> SendPartsAsync(Caller caller, IReadOnlyList<Reply> parts)
    {
        var now = whatsApp.UtcNow;
        foreach (var part in parts)
        {
            await OnPending.InvokeAsync(ComposedReply.Pending(part, _files, caller.Name, _quote, now));
        }

        for (var at = 0; at < parts.Count; at++)
        {
            _refusal = await verbs.Send.RunAsync(caller, parts[at], CancellationToken.None) switch
            {
                SendReplyOutcome.Queued => null,
                SendReplyOutcome.Refused refused => refused.Why.Words,
                SendReplyOutcome.NoSuchConversation => T["NoConversation"],
                _ => T["SentAlready"],
            };
            if (_refusal is not null)
            {
                foreach (var left in parts.Skip(at))
                {
                    await OnPendingGone.InvokeAsync(left.ClientKey);
                }

                return at;
            }
        }

        return parts.Count;
    }

    private Task KeepAsync(string text)
    {
        _draft = text;
        _concerns = PolicyHints.In(text);
        _begun = text.Length > 0;
        return KeepAsync();
    }

    private async Task KeepAsync() => await verbs.Drafts.SaveAsync(
        await current.ReadAsync(), View.Id, _draft,
        [.. _files.Where(file => file.IsReady).Select(file => file.MediaFileId!.Value)], _quote?.MessageId, CancellationToken.None);

    private void Replace(string localId, Func<AttachedFile, AttachedFile> change) =>
        _files = [.. _files.Select(file => file.LocalId == localId ? change(file) : file)];

    private async Task RetryAsync(string localId)
    {
        Replace(localId, known => known with { Refusal = null, MayRetry = false });
        await _browser.TellAsync("retry", _root, localId);
    }

    private async Task RemoveAsync(string localId)
    {
        var removed = _files.FirstOrDefault(file => file.LocalId == localId);
        _files = [.. _files.Where(file => file.LocalId != localId)];
        await _browser.TellAsync("cancel", _root, localId);
        await KeepAsync();
        if (removed?.MediaFileId is { } upload)
        {
            await verbs.Drop.RunAsync(await current.ReadAsync(), upload, CancellationToken.None);
        }
    }

    private async Task ChangeEnterAsync(ChangeEventArgs change)
    {
        _preferences = _preferences with { EnterSends = change.Value is true };
        await verbs.Preferences.SaveAsync(await current.ReadAsync(Gone), _preferences, Gone);
        await _browser.TellAsync("setEnterSends", _root, _preferences.EnterSends);
    }

    private Task OpenTemplates() => OnTemplate.InvokeAsync("");

    private Task UseDraft() => OnTemplate.InvokeAsync(_draft.Trim());
}
