namespace WaConsole.Core.Consent;

/// <summary>Where somebody stands with a purpose, and which entry says so.</summary>
public sealed record PurposeStanding(
    Standing What, DateTime? SinceUtc = null, DateTime? ExpiresAtUtc = null, ConsentSource? Source = null, bool Complete = false,
    string? Jurisdiction = null, long? EntryId = null, Guid? AskKey = null)
{
    public static PurposeStanding Nothing { get; } = new(Standing.None);

    internal PurposeStanding At(DateTime nowUtc) =>
        What is Standing.OptedIn or Standing.Incomplete or Standing.Pending && ExpiresAtUtc <= nowUtc ? this with { What = Standing.Expired } : this;
}

/// <summary>An entry as the ledger reads it.</summary>
internal sealed record LedgerLine(
    long EntryId, long SubjectId, ConsentPurpose Purpose, ConsentAction Action, ConsentSource Source, DateTime AtUtc, DateTime RecordedAtUtc,
    DateTime? ExpiresAtUtc, bool Complete, string? Jurisdiction, Guid? AskKey)
{
    /// <summary>The business the person saw; read only where it is asked for, see <see cref="ConsentLedger.StandFor"/>.</summary>
    public string? BusinessName { get; init; }

    public bool IsFor(string business) => BusinessName is not null && business.Trim().Equals(BusinessName.Trim(), StringComparison.OrdinalIgnoreCase);

    public long? WordingId { get; init; }

    /// <summary>With a confirmation: the entry that asked; with what is restored: the entry that had ended it.</summary>
    public long? AnswersEntryId { get; init; }

    /// <summary>
    /// A stop counts from when we learned of it, if that was minutes after it was said: WhatsApp's clock may be behind ours, by which grants
    /// are told.
    /// </summary>
    public DateTime CountsFromUtc
    {
        get
        {
            var latest = AtUtc + ConsentLedger.ClocksDiffer;
            var learned = RecordedAtUtc < latest ? RecordedAtUtc : latest;
            return Action == ConsentAction.Withdrawn && learned > AtUtc ? learned : AtUtc;
        }
    }

    /// <summary>
    /// The latest that a stop may have been said, by the clock windows are measured with: where WhatsApp's runs ahead of ours, a stop said in
    /// WhatsApp is on record as of when it came.
    /// </summary>
    public DateTime SaidByUtc => (IsByWhatsAppsClock, AtUtc < RecordedAtUtc) switch
    {
        (true, true) => AtUtc,
        (true, false) => AtUtc + ConsentLedger.ClocksDiffer,
        _ => CountsFromUtc,
    };

    /// <summary>Said by the customer in WhatsApp: two of these have their times from one clock.</summary>
    public bool IsByWhatsAppsClock => Source is ConsentSource.Keyword or ConsentSource.QuickReply or ConsentSource.WhatsAppPreference
        or ConsentSource.WhatsAppRefusal;
}

/// <summary>
/// Pure: from entries to where somebody stands. Entries count in the order they happened, whenever we learned of them; of two at the same
/// moment the stricter comes last. Only agreeing anew ends a stop for good; lifting it leads back to nothing, never to an old consent.
/// </summary>
internal static class ConsentLedger
{
    public static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    public static readonly IReadOnlyList<ConsentPurpose> Purposes =
        [ConsentPurpose.Marketing, ConsentPurpose.Utility, ConsentPurpose.Authentication, ConsentPurpose.Calls];

    public static PurposeStanding Stand(IEnumerable<LedgerLine> lines, ConsentPurpose purpose)
    {
        var counted = PassedNumbers.Counting([.. lines]).Where(line => line.Purpose == purpose || line.Purpose == ConsentPurpose.All).ToList();
        var lifts = counted.Where(line => line is { Action: ConsentAction.StopLifted, IsByWhatsAppsClock: true }).ToList();
        return counted
            .OrderBy(line => line.CountsFromUtc)
            .ThenBy(line => Strictness(line.Action))
            .ThenBy(line => line.EntryId)
            .Aggregate(PurposeStanding.Nothing, (standing, line) => After(
                standing.At(line.CountsFromUtc),
                line,
                purpose,
                line.IsByWhatsAppsClock && lifts.Any(lift => lift.AtUtc > line.AtUtc && lift.AtUtc <= line.CountsFromUtc)));
    }

    /// <summary>Where somebody stands with a business of these names: what they agreed to for another does not count, and every stop does.</summary>
    public static PurposeStanding StandFor(IEnumerable<LedgerLine> lines, ConsentPurpose purpose, IReadOnlyCollection<string> names) => Stand(
        lines.Where(line => line.Action is not (ConsentAction.Granted or ConsentAction.Renewed) || names.Any(line.IsFor)), purpose);

    /// <summary>
    /// Whether a question still waits for its answer: in time, not answered, nothing it asks for stopped or ended since, and not all of it agreed
    /// to in another way. It may wait while somebody stands by what they told another business, or by what soon wears out.
    /// </summary>
    public static bool Waits(IReadOnlyCollection<LedgerLine> lines, LedgerLine question, DateTime nowUtc)
    {
        var purposes = question.Purpose == ConsentPurpose.All ? Purposes : [question.Purpose];
        var since = PassedNumbers.Counting(lines).Where(line => line.EntryId != question.EntryId && IsSince(line, question)).ToList();
        return question is { Action: ConsentAction.Requested, AskKey: not null }
            && question.ExpiresAtUtc > nowUtc
            && !lines.Any(line => line.AnswersEntryId == question.EntryId)
            && purposes.All(purpose => Stand(lines, purpose).What != Standing.OptedOut)
            && !since.Exists(line => line.Action is ConsentAction.Withdrawn or ConsentAction.Erased or ConsentAction.Expired && purposes.Any(purpose => Covers(line, purpose)))
            && purposes.Any(purpose => !since.Exists(line => line is { Action: ConsentAction.Granted or ConsentAction.Renewed, Complete: true }
                && Covers(line, purpose) && line.IsFor(question.BusinessName ?? "")));
    }

    public static IEnumerable<LedgerLine> Waiting(IReadOnlyCollection<LedgerLine> lines, DateTime nowUtc) => lines.Where(line => Waits(lines, line, nowUtc));

    /// <summary>When they last said that they want no more of it, however often they had said so before.</summary>
    public static DateTime? LastStop(IEnumerable<LedgerLine> lines, ConsentPurpose purpose) =>
        lines.Where(line => line.Action == ConsentAction.Withdrawn && Covers(line, purpose)).Select(line => (DateTime?)line.SaidByUtc).Max();

    private static bool Covers(LedgerLine line, ConsentPurpose purpose) => line.Purpose == purpose || line.Purpose == ConsentPurpose.All;

    /// <summary>Grants are told to the second: one in the second of the question came after it if it was written after it.</summary>
    private static bool IsSince(LedgerLine line, LedgerLine question) =>
        line.CountsFromUtc > question.AtUtc
        || (line.EntryId > question.EntryId && line.CountsFromUtc >= question.AtUtc.AddTicks(-(question.AtUtc.Ticks % TimeSpan.TicksPerSecond)));

    /// <summary>Of two people who turn out to be one: the stops that the other's later entries would hide.</summary>
    public static IEnumerable<(ConsentPurpose Purpose, PurposeStanding Stop)> Carried(IReadOnlyList<LedgerLine> one, IReadOnlyList<LedgerLine> other)
    {
        foreach (var purpose in Purposes)
        {
            var stop = new[] { Stand(one, purpose), Stand(other, purpose) }.FirstOrDefault(standing => standing.What == Standing.OptedOut);
            if (stop is not null && Stand([.. one, .. other], purpose).What != Standing.OptedOut)
            {
                yield return (purpose, stop);
            }
        }
    }

    private static int Strictness(ConsentAction action) => action switch
    {
        ConsentAction.StopLifted => 0,
        ConsentAction.Requested => 1,
        ConsentAction.Granted or ConsentAction.Renewed => 2,
        ConsentAction.Expired => 3,
        ConsentAction.Withdrawn => 4,
        _ => 5,
    };

    /// <param name="isLifted">Lifted, by the same clock, before it began to count: what stood before is over, and no stop is left.</param>
    private static PurposeStanding After(PurposeStanding now, LedgerLine line, ConsentPurpose purpose, bool isLifted) => (line.Action, now.What) switch
    {
        // A grant without proof ends no stop, and takes nothing from one with proof.
        (ConsentAction.Granted or ConsentAction.Renewed, Standing.OptedOut or Standing.OptedIn)
            when !line.Complete && (now.What == Standing.OptedOut || now.Complete) => now,

        // Nor does it take the question away that somebody may still answer.
        (ConsentAction.Granted or ConsentAction.Renewed, Standing.Pending) when !line.Complete && purpose == ConsentPurpose.Marketing => now,
        (ConsentAction.Granted or ConsentAction.Renewed, _) =>
            Now(line, !line.Complete && purpose == ConsentPurpose.Marketing ? Standing.Incomplete : Standing.OptedIn),
        (ConsentAction.Withdrawn, _) => now.What == Standing.OptedOut ? now : Now(line, isLifted ? Standing.None : Standing.OptedOut),
        (ConsentAction.Erased, _) => Now(line, Standing.OptedOut),
        (ConsentAction.StopLifted, Standing.OptedOut) => Now(line, Standing.None),
        (ConsentAction.Requested, Standing.None or Standing.Incomplete or Standing.Expired or Standing.Pending) => Now(line, Standing.Pending),
        (ConsentAction.Expired, Standing.OptedIn or Standing.Incomplete or Standing.Pending) => Now(line, Standing.Expired),
        _ => now,
    };

    private static PurposeStanding Now(LedgerLine line, Standing what) =>
        new(what, line.AtUtc, line.ExpiresAtUtc, line.Source, line.Complete, line.Jurisdiction, line.EntryId, what == Standing.Pending ? line.AskKey : null);
}
