using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>Reads the whole registry now, and keeps what was found where it is shown and in the log of what was done, as every reading of it is kept.</summary>
public sealed class CheckRegistry
{
    private readonly RunCheck _check;
    private readonly VerifyConsent _verify;
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly TimeProvider _clock;

    internal CheckRegistry(RunCheck check, VerifyConsent verify, Store store, WriterLane lane, TimeProvider clock)
    {
        (_check, _verify, _store, _lane, _clock) = (check, verify, store, lane, clock);
    }

    /// <summary>Whoever asks gets a verdict, also of a database that takes no writes, and while another node reads, whose verdict is then the one that is kept.</summary>
    /// <param name="byName">Who has it read, if nobody asked for it in the console.</param>
    public async Task<(ConsentVerdict Verdict, bool IsKept)> RunAsync(string byName, CancellationToken cancellationToken)
    {
        try
        {
            if (await KeepAsync(byName, () => { }, _ => { }, cancellationToken) is { } verdict)
            {
                return (verdict, true);
            }
        }
        catch (Exception fault) when (fault.IsStoreDown)
        {
            // Read without being kept; whether that works is seen next.
        }

        return (await _verify.RunAsync(cancellationToken), false);
    }

    /// <param name="tell">Told what was found before it is noted that the registry was read, which may fail.</param>
    /// <returns>Null when another node reads it now, or took over.</returns>
    internal async Task<ConsentVerdict?> KeepAsync(string byName, Action beat, Action<ConsentVerdict> tell, CancellationToken cancellationToken)
    {
        var began = _clock.GetUtcNow().UtcDateTime;
        if (await _check.RunAsync(byName, beat, cancellationToken) is not { } read)
        {
            return null;
        }

        tell(read.Verdict);
        await NoteAsync(read.Verdict, read.ByName is { Length: > 0 } name ? name : "WaConsole", began, cancellationToken);
        return read.Verdict;
    }

    private async Task NoteAsync(ConsentVerdict verdict, string byName, DateTime began, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        db.ConsentAudits.Add(ConsentAudit.Of(
            null, byName, ConsentDeed.Verified, null, began, new AuditDetail.Verified(verdict.Entries, verdict.Links, verdict.Found.Count)));
        await db.SaveChangesAsync(cancellationToken);
    }
}
