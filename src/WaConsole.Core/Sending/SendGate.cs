using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;

namespace WaConsole.Core.Sending;

/// <summary>
/// Why something may not be sent: a stable code for programs and a sentence a person can act on. Codes: window_closed, opted_out,
/// template_not_sendable, template_not_found, template_values, number_stopped, number_unknown, owned_elsewhere, invalid_phone, no_identity,
/// text_empty, text_too_long, media_not_found, media_not_ready, media_unsupported, media_too_big, caption_too_long, not_repeatable.
/// </summary>
public sealed record Refusal(string Code, string Sentence);

/// <summary>The one gate: window, opt-out, template state and number state are asked here by everything that sends, at queueing and again at sending.</summary>
public sealed class SendGate(WhatsAppClock whatsApp, TimeProvider clock)
{
    private static Func<Guid, DateTime, SendPermit>? _stamp;

    static SendGate() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(SendPermit).TypeHandle);

    /// <summary>Before a message is written. The window counts as closed one minute early. Asked in the transaction that writes.</summary>
    internal Task<GateAnswer> AskToQueueAsync(
        WaConsoleDb db, Conversation conversation, Caller caller, Guid clientKey, ReplyContent content, CancellationToken cancellationToken) =>
        AskAsync(db, conversation, caller, clientKey, content, GateMoment.Queueing, cancellationToken);

    /// <summary>Right before the bytes leave: the true end of the window, and everything else as it is now.</summary>
    internal Task<GateAnswer> AskToSendAsync(
        WaConsoleDb db, Conversation conversation, Guid clientKey, ReplyContent content, CancellationToken cancellationToken) =>
        AskAsync(db, conversation, Caller.System, clientKey, content, GateMoment.Sending, cancellationToken);

    private async Task<GateAnswer> AskAsync(
        WaConsoleDb db, Conversation conversation, Caller caller, Guid clientKey, ReplyContent content, GateMoment moment,
        CancellationToken cancellationToken)
    {
        var number = await db.Numbers.AsNoTracking().Include(n => n.BusinessAccount)
            .SingleOrDefaultAsync(n => n.Id == conversation.NumberId, cancellationToken);
        var contact = await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == conversation.ContactId, cancellationToken);
        var template = await TemplateAsync(db, number?.BusinessAccountId, content, cancellationToken);
        var media = await MediaAsync(db, conversation, caller, content, template, cancellationToken);

        var facts = new GateFacts(number, contact, conversation, content, template, media, moment, whatsApp.UtcNow);
        return GateRules.Refuse(facts) is { } refusal
            ? new GateAnswer.Refused(refusal)
            : new GateAnswer.Granted(_stamp!(clientKey, clock.GetUtcNow().UtcDateTime + SendPermit.Validity), template, media);
    }

    private static async Task<TemplateView?> TemplateAsync(
        WaConsoleDb db, long? accountId, ReplyContent content, CancellationToken cancellationToken)
    {
        if (content is not ReplyContent.Template wanted)
        {
            return null;
        }

        var template = await db.Templates.AsNoTracking().SingleOrDefaultAsync(
            t => t.BusinessAccountId == accountId && t.Name == wanted.Name && t.Language == wanted.Language, cancellationToken);
        return template is null ? null : TemplateDefinition.Read(template);
    }

    /// <summary>A file goes out only to the conversation it belongs to, or by who uploaded it.</summary>
    private static async Task<MediaFile?> MediaAsync(
        WaConsoleDb db, Conversation conversation, Caller caller, ReplyContent content, TemplateView? template, CancellationToken cancellationToken)
    {
        var id = content switch
        {
            ReplyContent.Media media => media.MediaFileId,
            ReplyContent.Template wanted when template is not null && GateRules.HeaderMediaKind(template) is not null => wanted.Values.HeaderMediaFileId,
            _ => null,
        };
        if (id is null)
        {
            return null;
        }

        var file = await db.MediaFiles.SingleOrDefaultAsync(f => f.Id == id, cancellationToken);
        var own = file is not null && (caller.AgentId is { } agent && file.UploadedById == agent
            || caller.ApiKeyId is { } key && file.UploadedByApiKeyId == key);
        return file?.ConversationId == conversation.Id || own || ReferenceEquals(caller, Caller.System) ? file : null;
    }

    /// <summary>
    /// The right to send one message, for a few seconds. Only the gate can make one, so a path that forgets to ask it does not compile.
    /// </summary>
    internal sealed class SendPermit
    {
        public static readonly TimeSpan Validity = TimeSpan.FromSeconds(10);

        private readonly Guid _clientKey;
        private readonly DateTime _untilUtc;
        private int _used;

        static SendPermit() => _stamp = (clientKey, untilUtc) => new SendPermit(clientKey, untilUtc);

        private SendPermit(Guid clientKey, DateTime untilUtc)
        {
            _clientKey = clientKey;
            _untilUtc = untilUtc;
        }

        /// <summary>Spends the permit.</summary>
        /// <exception cref="InvalidOperationException">It is for another message, spent, or too old.</exception>
        public void Use(Guid? clientKey, DateTime nowUtc)
        {
            if (clientKey != _clientKey || nowUtc > _untilUtc || Interlocked.Exchange(ref _used, 1) == 1)
            {
                throw new InvalidOperationException("This permit is for another message, spent, or too old. Ask the gate again.");
            }
        }
    }
}

/// <summary>The gate's answer; with the permit comes what it looked at, so that nothing is sent that was not checked.</summary>
internal abstract record GateAnswer
{
    private GateAnswer()
    {
    }

    public sealed record Granted(SendGate.SendPermit Permit, TemplateView? Template, MediaFile? Media) : GateAnswer;

    public sealed record Refused(Refusal Why) : GateAnswer;
}
