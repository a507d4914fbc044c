namespace WaConsole.Core.Consent;

/// <summary>Where somebody stands with a purpose, and which entry says so.</summary>
public sealed record PurposeStanding(
    Standing What, DateTime? SinceUtc = null, DateTime? ExpiresAtUtc = null, ConsentSource? Source = null, bool Complete = false,
    string? Jurisdiction = null, long? EntryId = null, Guid? AskKey = null)
{
    public static PurposeStanding Nothing { get; } = new(Standing.None);

    /// <summary>Agreed to, with proof, and not worn out.</summary>
    public bool IsAgreed => What == Standing.OptedIn;

    internal PurposeStanding At(DateTime nowUtc) =>
        What is Standing.OptedIn or Standing.Incomplete or Standing.Pending && ExpiresAtUtc <= nowUtc ? this with { What = Standing.Expired } : this;
}

/// <summary>An entry as the ledger reads it.</summary>
internal sealed record LedgerLine(
    long EntryId, long SubjectId, ConsentPurpose Purpose, ConsentAction Action, ConsentSource Source, DateTime AtUtc, DateTime? ExpiresAtUtc,
    bool Complete, string? Jurisdiction, Guid? AskKey);

/// <summary>
/// Pure: from entries to where somebody stands. Entries count in the order they happened, whenever we learned of them; of two at the same
/// moment the stricter comes last. Only agreeing anew ends a stop for good; lifting it leads back to nothing, never to an old consent.
/// </summary>
internal static class ConsentLedger
{
    public static readonly IReadOnlyList<ConsentPurpose> Purposes =
        [ConsentPurpose.Marketing, ConsentPurpose.Utility, ConsentPurpose.Authentication, ConsentPurpose.Calls];

    public static PurposeStanding Stand(IEnumerable<LedgerLine> lines, ConsentPurpose purpose) => lines
        .Where(line => line.Purpose == purpose || line.Purpose == ConsentPurpose.All)
        .OrderBy(line => line.AtUtc)
        .ThenBy(line => Strictness(line.Action))
        .ThenBy(line => line.EntryId)
        .Aggregate(PurposeStanding.Nothing, (standing, line) => After(standing.At(line.AtUtc), line, purpose));

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

    private static PurposeStanding After(PurposeStanding now, LedgerLine line, ConsentPurpose purpose) => (line.Action, now.What) switch
    {
        // A grant without proof ends no stop, and takes nothing from one with proof.
        (ConsentAction.Granted or ConsentAction.Renewed, Standing.OptedOut or Standing.OptedIn)
            when !line.Complete && (now.What == Standing.OptedOut || now.Complete) => now,
        (ConsentAction.Granted or ConsentAction.Renewed, _) =>
            Now(line, !line.Complete && purpose == ConsentPurpose.Marketing ? Standing.Incomplete : Standing.OptedIn),
        (ConsentAction.Withdrawn, _) => now.What == Standing.OptedOut ? now : Now(line, Standing.OptedOut),
        (ConsentAction.Erased, _) => Now(line, Standing.OptedOut),
        (ConsentAction.StopLifted, Standing.OptedOut) => Now(line, Standing.None),
        (ConsentAction.Requested, Standing.None or Standing.Incomplete or Standing.Expired or Standing.Pending) => Now(line, Standing.Pending),
        (ConsentAction.Expired, Standing.OptedIn or Standing.Incomplete or Standing.Pending) => Now(line, Standing.Expired),
        _ => now,
    };

    private static PurposeStanding Now(LedgerLine line, Standing what) =>
        new(what, line.AtUtc, line.ExpiresAtUtc, line.Source, line.Complete, line.Jurisdiction, line.EntryId, what == Standing.Pending ? line.AskKey : null);
}
