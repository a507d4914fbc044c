using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;

namespace WaConsole.Core.Sending;

/// <summary>
/// Why something may not be sent: a stable code for programs and a sentence a person can act on. Codes: window_closed, opted_out,
/// template_not_sendable, template_not_found, template_values, number_stopped, number_unknown, owned_elsewhere, invalid_phone, no_identity,
/// text_empty, text_too_long, place_invalid, cards_invalid, media_not_found, media_not_ready, media_unsupported, media_too_big, caption_too_long, not_repeatable,
/// already_told, marketing_cap, quiet_hours, too_many_unanswered, portfolio_limit, not_a_tester,
/// no_opt_in, opt_in_pending, opt_in_incomplete, opt_in_expired, opt_in_not_asked, opt_in_other_business, opted_out_all,
/// number_passed, stop_undecided.
/// </summary>
public sealed record Refusal(string Code, string Sentence)
{
    /// <summary>What to do about it; null when the sentence says that too.</summary>
    public string? Remedy { get; internal init; }

    /// <summary>When it may go after all, where time alone stands against it: a broadcast waits until then.</summary>
    internal DateTime? UntilUtc { get; init; }

    /// <summary>Why, and what to do.</summary>
    public string Words => Remedy is null ? Sentence : $"{Sentence} {Remedy}";

    /// <summary>The words for a column, to be read in any language.</summary>
    internal string ToKeep { get; init; } = Sentence;

    /// <summary>A sentence of Sending with its remedy, whose name ends in "Do"; both may name the same values.</summary>
    internal static Refusal Of(string code, string name, params ReadOnlySpan<object?> values) =>
        new(code, Texts.Sending.Of(name, values))
        {
            Remedy = Texts.Sending.Of($"{name}Do", values),
            ToKeep = Texts.Sending.Keep("WithRemedy", Texts.Sending.Keep(name, values), Texts.Sending.Keep($"{name}Do", values)),
        };
}

/// <summary>
/// The one gate, asked by everything that sends, at queueing and again at sending: number and template state, window, opt-in and opt-out, and
/// what was told before.
/// </summary>
public sealed class SendGate
{
    private static Func<Guid, DateTime, SendPermit>? _stamp;

    private readonly WhatsAppClock _whatsApp;
    private readonly PortfolioUse _portfolios;
    private readonly TimeProvider _clock;

    static SendGate() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(SendPermit).TypeHandle);

    internal SendGate(WhatsAppClock whatsApp, PortfolioUse portfolios, TimeProvider clock) =>
        (_whatsApp, _portfolios, _clock) = (whatsApp, portfolios, clock);

    /// <summary>Before messages are written. The window counts as closed one minute early. Asked in the transaction that writes.</summary>
    internal Task<IReadOnlyList<GateAnswer>> AskToQueueAsync(
        WaConsoleDb db, Caller caller, IReadOnlyList<GateQuestion> questions, CancellationToken cancellationToken) =>
        AskAsync(db, caller, questions, GateMoment.Queueing, cancellationToken);

    /// <summary>Right before the bytes leave: the true end of the window, and everything else as it is now.</summary>
    internal Task<IReadOnlyList<GateAnswer>> AskToSendAsync(
        WaConsoleDb db, IReadOnlyList<GateQuestion> questions, CancellationToken cancellationToken) =>
        AskAsync(db, Caller.System, questions, GateMoment.Sending, cancellationToken);

    /// <summary>What the gate would say, for whoever composes: nothing may be sent by it.</summary>
    internal async Task<IReadOnlyList<Refusal?>> PreviewAsync(
        WaConsoleDb db, Caller caller, IReadOnlyList<GateQuestion> questions, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var whatsAppNow = _whatsApp.UtcNow;
        var known = await GateKnowledge.ReadAsync(db, caller, questions, GateMoment.Queueing, _portfolios, whatsAppNow, now, cancellationToken);
        return [.. questions.Select(question => GateRules.Refuse(known.About(question, whatsAppNow, now)))];
    }

    /// <returns>One answer for each question, in their order; a later one knows what an earlier one was granted.</returns>
    private async Task<IReadOnlyList<GateAnswer>> AskAsync(
        WaConsoleDb db, Caller caller, IReadOnlyList<GateQuestion> questions, GateMoment moment, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var whatsAppNow = _whatsApp.UtcNow;
        var known = await GateKnowledge.ReadAsync(db, caller, questions, moment, _portfolios, whatsAppNow, now, cancellationToken);
        List<GateAnswer> answers = [];
        foreach (var question in questions)
        {
            var facts = known.About(question, whatsAppNow, now);
            if (GateRules.Refuse(facts) is { } refusal)
            {
                answers.Add(new GateAnswer.Refused(refusal));
                continue;
            }

            var isReachDue = known.IsReachDue(question, facts);
            known.Grant(question, facts);
            answers.Add(new GateAnswer.Granted(_stamp!(question.ClientKey, now + SendPermit.Validity), facts.Template, facts.Media)
            {
                CardFiles = facts.CardFiles,
                Contact = facts.Contact,
                AccountId = facts.Number!.BusinessAccountId,
                PortfolioId = facts.Number.BusinessAccount.PortfolioId,
                IsReachDue = isReachDue,
                UnansweredFor = TimeSpan.FromMinutes(facts.Settings.UnansweredMinutes),
            });
        }

        return answers;
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

        /// <summary>Who gets it, as read for the answer.</summary>
        public required Contact Contact { get; init; }

        public required long AccountId { get; init; }

        public required string PortfolioId { get; init; }

        /// <summary>It goes to somebody outside their window, of whom it is not noted that they are written to now.</summary>
        public bool IsReachDue { get; init; }

        /// <summary>How long unanswered messages are counted together.</summary>
        public required TimeSpan UnansweredFor { get; init; }
    }

    public sealed record Refused(Refusal Why) : GateAnswer;
}
