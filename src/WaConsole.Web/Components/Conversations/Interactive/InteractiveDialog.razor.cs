using Microsoft.AspNetCore.Components;
using WaConsole.Core.Catalogue;
using WaConsole.Core.Conversations;
using WaConsole.Core.Interactive;
using WaConsole.Core.Media;
using WaConsole.Core.Policy;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations.Interactive;

/// <summary>Composes a message with something to tap: what WhatsApp would refuse is said beside the field, what it will look like beside the form.</summary>
public sealed partial class InteractiveDialog(
    SendReply send, KeepPreferences preferences, ReadCatalogue catalogue, ReadLastAnswer answers, CurrentCaller current, WhatsAppClock whatsApp) : LivePanel
{
    private readonly AnswerMeanwhile _meanwhile = new(answers);
    private readonly Guid _key = Guid.CreateVersion7();
    private IReadOnlyList<InteractiveProblem> _problems = [];
    private MessageContent.SentInteractive _preview = null!;
    private IReadOnlyList<PolicyConcern> _concerns = [];
    private MediaView? _media;
    private CatalogueView? _catalogue;
    private string? _missing;
    private string? _refusal;
    private LastAnswer? _held;
    private bool _sending;

    [Parameter, EditorRequired] public required ConversationView View { get; set; }

    /// <summary>Kept by the parent: what was begun is there again when the dialog opens again.</summary>
    [Parameter, EditorRequired] public required InteractiveDraft Draft { get; set; }

    /// <summary>The message it answers.</summary>
    [Parameter] public QuotedLine? Quote { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnPending { get; set; }
    [Parameter] public EventCallback<Guid> OnPendingGone { get; set; }
    [Parameter] public EventCallback OnSent { get; set; }
    [Parameter] public EventCallback OnClose { get; set; }

    private bool MaySend => _problems.Count == 0 && !Draft.HeadIsMissing && !_sending;

    private TemplateFieldKind FileKind => Draft.Head switch
    {
        HeadKind.Image => TemplateFieldKind.Image,
        HeadKind.Video => TemplateFieldKind.Video,
        _ => TemplateFieldKind.Document,
    };

    protected override async Task OnInitializedAsync()
    {
        Follow();
        await _meanwhile.BeginAsync(await current.ReadAsync(Gone), View.Id, Gone);
        await ReadCatalogueAsync();
    }

    private async Task ChooseAsync(InteractiveKind kind)
    {
        Draft.Kind = kind;
        _refusal = null;
        Follow();
        await ReadCatalogueAsync();
    }

    private async Task ReadCatalogueAsync()
    {
        if (Draft.IsAboutProducts && _catalogue is null)
        {
            _catalogue = await catalogue.RunAsync(await current.ReadAsync(Gone), View.NumberId, Gone);
            Draft.CatalogueId = (_catalogue as CatalogueView.Connected)?.CatalogueId ?? "";
            Follow();
        }
    }

    private void ChangeHead(ChangeEventArgs change) => Change(() =>
    {
        Draft.Head = Enum.TryParse<HeadKind>(change.Value as string, out var head) ? head : HeadKind.None;
        Draft.File = null;
    });

    private void TakeFile(UploadedFile? file) => Change(() => Draft.File = file);

    private void Change(Action change)
    {
        change();
        Follow();
    }

    private void Follow()
    {
        var reply = Draft.Reply;
        _problems = InteractiveRules.Check(reply);
        _concerns = PolicyHints.In(Draft.Body);
        _preview = RenderInteractive.Run(Draft.Shown(name => Text[name]));
        _media = Draft is { TakesHead: true, Head: not (HeadKind.None or HeadKind.Text), File: { } file }
            ? new MediaView(file.MediaFileId, file.Key, MediaState.Ready, file.MimeType, file.SizeBytes, file.FileName, null, null, null)
            : null;
        _missing = _problems.FirstOrDefault(problem => problem.Missing)?.Sentence ?? (Draft.HeadIsMissing ? Text["HeadMissing"].Value : null);
    }

    private string? Wrong(string field) => _problems.FirstOrDefault(problem => !problem.Missing && problem.Field == field)?.Sentence;

    private static HashSet<string> Only(ProductPick? pick) => pick is null ? [] : [pick.ProductId];

    private static RenderFragment GlyphOf(InteractiveKind kind) => kind switch
    {
        InteractiveKind.Buttons => Glyphs.Reply,
        InteractiveKind.List => Glyphs.ListLines,
        InteractiveKind.Link => Glyphs.Link,
        InteractiveKind.LocationRequest => Glyphs.Pin,
        InteractiveKind.ContactRequest => Glyphs.Card,
        _ => Glyphs.Bag,
    };

    private async Task SendAsync()
    {
        if (!MaySend)
        {
            return;
        }

        _sending = true;
        _refusal = null;
        try
        {
            var caller = await current.ReadAsync();
            _held = await _meanwhile.AskAsync(caller, View.Id);
            if (_held is not null)
            {
                return;
            }

            var sent = RenderInteractive.Run(Draft.Reply);
            await OnPending.InvokeAsync(ComposedReply.Line(
                _key, MessageKind.Interactive, sent.Body, sent, _media, caller.Name, Quote, whatsApp.UtcNow));
            var hold = TimeSpan.FromSeconds((await preferences.ReadAsync(caller, CancellationToken.None)).UndoSeconds);
            var reply = new Reply(View.Id, _key, new ReplyContent.Interactive(Draft.Reply), Quote?.MessageId, Hold: hold);
            _refusal = await send.RunAsync(caller, reply, CancellationToken.None) switch
            {
                SendReplyOutcome.Queued => null,
                SendReplyOutcome.Refused refused => refused.Why.Sentence,
                SendReplyOutcome.NoSuchConversation => T["NoConversation"],
                _ => T["SentAlready"],
            };
            await (_refusal is null ? OnSent.InvokeAsync() : OnPendingGone.InvokeAsync(_key));
        }
        finally
        {
            _sending = false;
        }
    }
}
