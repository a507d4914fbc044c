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
public sealed record Refusal(string Code, string Sentence)
{
    /// <summary>The sentence for a column, to be read in any language.</summary>
    internal string ToKeep { get; init; } = Sentence;
}

/// <summary>The one gate: window, opt-out, template state and number state are asked here by everything that sends, at queueing and again at sending.</summary>
public sealed class SendGate(WhatsAppClock whatsApp, TimeProvider clock)
{
    private static Func<Guid, DateTime, SendPermit>? _stamp;

    static SendGate() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(SendPermit).TypeHandle);

    /// <summary>Before messages are written. The window counts as closed one minute early. Asked in the transaction that writes.</summary>
    internal Task<IReadOnlyList<GateAnswer>> AskToQueueAsync(
        WaConsoleDb db, Caller caller, IReadOnlyList<GateQuestion> questions, CancellationToken cancellationToken) =>
        AskAsync(db, caller, questions, GateMoment.Queueing, cancellationToken);

    /// <summary>Right before the bytes leave: the true end of the window, and everything else as it is now.</summary>
    internal Task<IReadOnlyList<GateAnswer>> AskToSendAsync(
        WaConsoleDb db, IReadOnlyList<GateQuestion> questions, CancellationToken cancellationToken) =>
        AskAsync(db, Caller.System, questions, GateMoment.Sending, cancellationToken);

    /// <returns>One answer for each question, in their order.</returns>
    private async Task<IReadOnlyList<GateAnswer>> AskAsync(
        WaConsoleDb db, Caller caller, IReadOnlyList<GateQuestion> questions, GateMoment moment, CancellationToken cancellationToken)
    {
        var known = await GateKnowledge.ReadAsync(db, caller, questions, cancellationToken);
        var untilUtc = clock.GetUtcNow().UtcDateTime + SendPermit.Validity;
        var whatsAppNow = whatsApp.UtcNow;
        return
        [
            .. questions.Select(question =>
            {
                var facts = known.About(question, moment, whatsAppNow);
                return GateRules.Refuse(facts) is { } refusal
                    ? new GateAnswer.Refused(refusal)
                    : (GateAnswer)new GateAnswer.Granted(_stamp!(question.ClientKey, untilUtc), facts.Template, facts.Media) { CardFiles = facts.CardFiles };
            }),
        ];
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
        /// <returns>False when it is too old: ask the gate again.</returns>
        /// <exception cref="InvalidOperationException">It is for another message, or spent.</exception>
        public bool TryUse(Guid? clientKey, DateTime nowUtc)
        {
            if (clientKey != _clientKey || Interlocked.Exchange(ref _used, 1) == 1)
            {
                throw new InvalidOperationException("This permit is for another message, or spent. Ask the gate again.");
            }

            return nowUtc <= _untilUtc;
        }

        /// <summary>Spends the permit.</summary>
        /// <exception cref="InvalidOperationException">It is for another message, spent, or too old.</exception>
        public void Use(Guid? clientKey, DateTime nowUtc)
        {
            if (!TryUse(clientKey, nowUtc))
            {
                throw new InvalidOperationException("This permit is too old. Ask the gate again.");
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

    public sealed record Granted(SendGate.SendPermit Permit, TemplateView? Template, MediaFile? Media) : GateAnswer
    {
        /// <summary>Files of a carousel's cards, by id.</summary>
        public IReadOnlyDictionary<long, MediaFile> CardFiles { get; init; } = new Dictionary<long, MediaFile>();
    }

    public sealed record Refused(Refusal Why) : GateAnswer;
}
