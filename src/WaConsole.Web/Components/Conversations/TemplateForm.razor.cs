using Microsoft.AspNetCore.Components;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;

namespace WaConsole.Web.Components.Conversations;

/// <summary>The form of one template, made from its definition, with a preview as the customer will see it.</summary>
public sealed partial class TemplateForm(SendReply send, CurrentCaller current, WhatsAppClock whatsApp)
{
    private readonly Guid _key = Guid.CreateVersion7();
    private readonly Dictionary<string, string> _texts = [];
    private MessageContent.SentTemplate _preview = null!;
    private MessageContent.Location? _place;
    private MediaView? _media;
    private string? _refusal;
    private int _missing;
    private bool _sending;

    [Parameter, EditorRequired] public required TemplateView Template { get; set; }
    [Parameter, EditorRequired] public required ConversationView View { get; set; }
    [Parameter] public string Draft { get; set; } = "";
    [Parameter] public EventCallback OnBack { get; set; }
    [Parameter] public EventCallback OnSent { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnPending { get; set; }
    [Parameter] public EventCallback<Guid> OnPendingGone { get; set; }

    protected override void OnInitialized()
    {
        if (Draft.Length > 0 && Template.Fields.FirstOrDefault(IsBodyText) is { } first)
        {
            var line = string.Join(' ', Draft.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            _texts[first.Key] = line.Length <= first.MaxLength ? line : line[..first.MaxLength];
        }

        Follow();
    }

    private static bool IsBodyText(TemplateField field) =>
        field.Kind == TemplateFieldKind.Text && field.Key.StartsWith("body.", StringComparison.Ordinal);

    private void TakeText((string Key, string Value) change)
    {
        _texts[change.Key] = change.Value;
        Follow();
    }

    private void TakeMedia(UploadedFile? file)
    {
        _media = file is null
            ? null
            : new MediaView(file.MediaFileId, file.Key, MediaState.Ready, file.MimeType, file.SizeBytes, file.FileName, null, null, null);
        Follow();
    }

    private void TakePlace(MessageContent.Location? place)
    {
        _place = place;
        Follow();
    }

    private void Follow()
    {
        _preview = RenderTemplate.Run(Template, Values);
        _missing = Template.Fields.Count(field => field.Kind switch
        {
            TemplateFieldKind.Image or TemplateFieldKind.Video or TemplateFieldKind.Document => _media is null,
            TemplateFieldKind.Location => _place is null,
            _ => string.IsNullOrWhiteSpace(_texts.GetValueOrDefault(field.Key)),
        });
    }

    private TemplateValues Values => new(
        _texts.Where(text => !string.IsNullOrWhiteSpace(text.Value)).ToDictionary(text => text.Key, text => text.Value.Trim()),
        _media?.Id, _place);

    private async Task SendAsync()
    {
        if (_sending)
        {
            return;
        }

        _sending = true;
        _refusal = null;
        try
        {
            var caller = await current.ReadAsync();
            var reply = new Reply(View.Id, _key, new ReplyContent.Template(Template.Name, Template.Language, Values));
            await OnPending.InvokeAsync(ComposedReply.Line(
                _key, MessageKind.Template, _preview.Body, _preview, _media, caller.Name, null, whatsApp.UtcNow));
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
