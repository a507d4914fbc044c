using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Reads the whole registry once a day, whichever node does and however often they start: when it was done last is on record. Not at the
/// start, which many things wait for; at once when somebody asks.
/// </summary>
internal sealed partial class VerifyDaily(Store store, RunCheck check, CheckRegistry registry, TimeProvider clock, ILogger<VerifyDaily> log)
{
    public static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Between = TimeSpan.FromDays(1);

    /// <summary>How often it is asked whether a day has passed, and the pause after a check that ended in a fault.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(1);

    private DateTime? _nextLookUtc;

    /// <returns>True when it was time.</returns>
    public async Task<bool> RunAsync(Action beat, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        _nextLookUtc ??= now + AfterStart;
        if (await check.IsAskedAsync(cancellationToken))
        {
            return await ReadAsync(beat, cancellationToken);
        }

        if (now < _nextLookUtc)
        {
            return false;
        }

        _nextLookUtc = now + BetweenLooks;
        return !(now - await LastAsync(cancellationToken) < Between) && await ReadAsync(beat, cancellationToken);
    }

    private async Task<bool> ReadAsync(Action beat, CancellationToken cancellationToken) =>
        await registry.KeepAsync("", beat, Tell, cancellationToken) is not null;

    private async Task<DateTime?> LastAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.ConsentAudits.Where(a => a.PersonId == null && a.Deed == ConsentDeed.Verified).MaxAsync(a => (DateTime?)a.AtUtc, cancellationToken);
    }

    private void Tell(ConsentVerdict verdict)
    {
        if (!verdict.HeadKnown && verdict.Links > 0)
        {
            LogNoHead();
        }

        foreach (var found in verdict.Found)
        {
            if (found.Kind is TamperKind.StateChanged or TamperKind.StateMissing or TamperKind.StateExtra)
            {
                LogState(found.Kind, found.ContactId, found.Purpose, found.EntryId);
                continue;
            }

            if (found.File is { } file)
            {
                LogFile(found.Kind, file, found.EntryId);
                continue;
            }

            if (found.Mark is { } mark)
            {
                LogMark(found.Kind, mark, found.EntryId);
                continue;
            }

            if (found.SubjectId is { } subject)
            {
                LogSubject(found.Kind, subject, found.ContactId, found.EntryId);
                continue;
            }

            LogTampering(found.Kind, found.EntryId, found.Sequence);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The opt-in registry was read without consent-head.json: whether its end was cut off cannot be told")]
    private partial void LogNoHead();

    [LoggerMessage(Level = LogLevel.Critical, Message = "The opt-in registry was tampered with: {Kind}, entry {Entry}, link {Link}")]
    private partial void LogTampering(TamperKind kind, long? entry, long? link);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The opt-in registry was tampered with: {Kind}, the row {File} in ConsentFiles is not what entry {Entry} says of its evidence")]
    private partial void LogFile(TamperKind kind, Guid file, long? entry);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The opt-in registry was tampered with: {Kind}, the row {Mark} in ConsentSuppressions is not what entry {Entry} says of who was erased")]
    private partial void LogMark(TamperKind kind, string mark, long? entry);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The opt-in registry was tampered with: {Kind}, the row {Subject} in ConsentSubjects, made for contact {Contact}, is not what entries, merges and erasures lead to (see entry {Entry})")]
    private partial void LogSubject(TamperKind kind, long subject, long? contact, long? entry);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The opt-in registry was tampered with: {Kind}, where contact {Contact} stands with {Purpose} is not what follows from the entries (see entry {Entry})")]
    private partial void LogState(TamperKind kind, long? contact, ConsentPurpose? purpose, long? entry);
}
