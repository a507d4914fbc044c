using Microsoft.AspNetCore.Components;
using WaConsole.Core.CannedReplies;
using WaConsole.Core.Conversations;
using WaConsole.Core.Library;
using WaConsole.Core.Pricing;
using WaConsole.Core.Sending;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Web.Components.Conversations;

/// <summary>
/// The form of one template, made from its definition, with a preview as the customer will see it and the send gate's answer before
/// anything is pressed.
/// </summary>
public sealed partial class TemplateForm(
    SendReply send, AskGate ask, EstimatePrice estimate, KnownWords words, FollowWithFile follow, ReadLastAnswer answers, CurrentCaller current,
    WhatsAppClock whatsApp) : LivePanel
{
    private readonly AnswerMeanwhile _meanwhile = new(answers);
    private readonly Guid _key = Guid.CreateVersion7();
    private TemplateFill _fill = null!;
    private MessageContent.SentTemplate _preview = null!;
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private IReadOnlyList<ContactWord> _words = [];
    private IReadOnlyDictionary<string, string> _known = new Dictionary<string, string>();
    private IReadOnlyList<string> _unknown = [];
    private TemplateValues _values = TemplateValues.None;
    private PriceEstimate? _price;
    private string? _refusal;
    private string? _gate;
    private LastAnswer? _held;
    private LibraryEntry? _after;
    private bool _carriesDraft;
    private bool _sending;
    private bool _sent;
    private bool _asking;
    private bool _askAgain;

    [Parameter, EditorRequired] public required TemplateView Template { get; set; }
    [Parameter, EditorRequired] public required ConversationView View { get; set; }
    [Parameter] public string Draft { get; set; } = "";
    [Parameter] public EventCallback OnBack { get; set; }
    [Parameter] public EventCallback OnSent { get; set; }
    [Parameter] public EventCallback<ThreadLine> OnPending { get; set; }
    [Parameter] public EventCallback<Guid> OnPendingGone { get; set; }

    private bool MaySend => !_sending && !_sent && _fill.Missing == 0 && _problems.Count == 0 && _unknown.Count == 0 && _gate is null;

    protected override async Task OnInitializedAsync()
    {
        _fill = new TemplateFill(Template);
        if (Draft.Length > 0 && Template.Fields.FirstOrDefault(IsBodyText) is { } first)
        {
            var line = string.Join(' ', Draft.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            _carriesDraft = line.Length <= first.MaxLength;
            _fill.Texts[first.Key] = line.Length <= first.MaxLength ? line : line[..first.MaxLength];
        }

        Follow();
        await _meanwhile.BeginAsync(await current.ReadAsync(Gone), View.Id, Gone);
        _words = await words.ReadAsync(await current.ReadAsync(Gone), View.Id, View.ContactId, Gone);
        _known = ReadContactWords.ByKey(_words);
        Follow();
        _price = await estimate.RunAsync(await current.ReadAsync(Gone), View.Id, Template.Category, Gone);
        await AskAsync();
    }

    private static bool IsBodyText(TemplateField field) =>
        field.Kind == TemplateFieldKind.Text && field.Key.StartsWith("body.", StringComparison.Ordinal);

    private Task FollowAsync()
    {
        _refusal = null;
        Follow();
        return AskAsync();
    }

    private void Follow()
    {
        (_values, _unknown) = _fill.For(_known);
        _preview = _fill.Preview(_values);
        _problems = CheckTemplateValues.Run(Template, _values, whatsApp.UtcNow);
    }

    /// <summary>One question at a time; while it is on its way any number of changes are one more.</summary>
    private async Task AskAsync()
    {
        _askAgain = true;
        if (_asking)
        {
            return;
        }

        _asking = true;
        try
        {
            while (_askAgain)
            {
                _askAgain = false;
                var content = new ReplyContent.Template(Template.Name, Template.Language, _values);
                var refusal = (await ask.RunAsync(await current.ReadAsync(Gone), View.Id, content, Gone) as GateVerdict.Refused)?.Why;

                // What is not filled in yet is said beside the button.
                _gate = refusal is { Code: "template_values" or "media_not_found" } && _fill.Missing > 0 ? null : refusal?.Words;
            }
        }
        finally
        {
            _asking = false;
        }
    }

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

            var reply = new Reply(View.Id, _key, new ReplyContent.Template(Template.Name, Template.Language, _values)) { CarriesDraft = _carriesDraft };
            await OnPending.InvokeAsync(ComposedReply.Line(
                _key, MessageKind.Template, _preview.Body, _preview, _fill.HeaderMedia, caller.Name, null, whatsApp.UtcNow));
            _refusal = await send.RunAsync(caller, reply, CancellationToken.None) switch
            {
                SendReplyOutcome.Queued => null,
                SendReplyOutcome.Refused refused => refused.Why.Words,
                SendReplyOutcome.NoSuchConversation => T["NoConversation"],
                _ => T["SentAlready"],
            };
            if (_refusal is not null)
            {
                await OnPendingGone.InvokeAsync(_key);
                return;
            }

            _sent = true;
            if (await FollowWithAsync(caller) is { } why)
            {
                _refusal = why;
                return;
            }

            await OnSent.InvokeAsync();
        }
        finally
        {
            _sending = false;
        }
    }

    /// <returns>Why nothing follows the template, which is sent all the same.</returns>
    private async Task<string?> FollowWithAsync(Caller caller)
    {
        if (_after is not { } file)
        {
            return null;
        }

        var outcome = await follow.RunAsync(caller, View.Id, file.MediaFileId, CancellationToken.None);
        return outcome == FollowWithFileOutcome.Waits ? null : T["FollowNot", T["Follow" + outcome].Value].Value;
    }
}
