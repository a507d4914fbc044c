using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Consent when two contacts become one, and when that is taken back. Subjects change hands, entries do not change. A stop that the other
/// person's later consent would hide is written down once more, under the one who said it, so that undoing gives each their own.
/// </summary>
internal static class CarryConsent
{
    /// <returns>False when neither has entries: there is nothing to carry.</returns>
    public static async Task<bool> MergeAsync(WaConsoleDb db, Contact stays, Contact goes, CancellationToken cancellationToken)
    {
        // Either may be somebody erased who wrote again: the gate asks for marks only where there are no entries, and the other one's would hide them.
        await Suppressions.HonourAsync(db, stays, cancellationToken);
        await Suppressions.HonourAsync(db, goes, cancellationToken);
        var ids = new[] { stays.Id, goes.Id };
        if (!await db.ConsentSubjects.AnyAsync(s => s.ContactId != null && EF.Parameter(ids).Contains(s.ContactId.Value), cancellationToken))
        {
            return false;
        }

        await KeepConsent.AdoptAsync(db, stays, cancellationToken);
        await KeepConsent.AdoptAsync(db, goes, cancellationToken);
        var own = await DeriveStates.LinesAsync(db, stays.Id, cancellationToken);
        var others = await DeriveStates.LinesAsync(db, goes.Id, cancellationToken);
        var now = db.GetService<TimeProvider>().GetUtcNow().UtcDateTime;
        foreach (var (purpose, stop) in ConsentLedger.Carried(own, others))
        {
            var line = own.Concat(others).Single(line => line.EntryId == stop.EntryId);
            var subject = await db.ConsentSubjects.SingleAsync(s => s.Id == line.SubjectId, cancellationToken);
            if (subject.KeyProtected is null)
            {
                subject = await KeepConsent.SubjectAsync(db, own.Contains(line) ? stays.Id : goes.Id, cancellationToken);
            }

            // Not before anything either of them agreed to.
            var at = own.Concat(others).Select(entry => entry.AtUtc).Append(now).Max();
            await KeepConsent.AppendAsync(db, stays, subject, NewConsent.Stop(purpose, ConsentSource.Merge, at), cancellationToken);
        }

        await db.ConsentSubjects.Where(s => s.ContactId == goes.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ContactId, stays.Id), cancellationToken);
        await DeriveStates.ApplyAsync(db, stays, stays.OptedOutReason ?? goes.OptedOutReason, cancellationToken);
        await DeriveStates.ApplyAsync(db, goes, null, cancellationToken);
        return true;
    }

    /// <summary>What stands stopped with one contact of a person is stopped with the other one of theirs too.</summary>
    public static async Task StopsAsync(WaConsoleDb db, Contact from, Contact to, CancellationToken cancellationToken)
    {
        await KeepConsent.AdoptAsync(db, from, cancellationToken);
        var lines = await DeriveStates.LinesAsync(db, from.Id, cancellationToken);
        var stopped = ConsentLedger.Purposes.Where(purpose => ConsentLedger.Stand(lines, purpose).What == Standing.OptedOut).ToList();
        var at = lines.Select(line => line.AtUtc).Append(db.GetService<TimeProvider>().GetUtcNow().UtcDateTime).Max();
        foreach (var purpose in stopped.Count == ConsentLedger.Purposes.Count ? [ConsentPurpose.All] : stopped)
        {
            await KeepConsent.ApplyAsync(db, to.Id, NewConsent.Stop(purpose, ConsentSource.Merge, at), cancellationToken);
        }
    }

    /// <summary>
    /// Whose subjects are whose again. Who said a stop while the two were one is not known: it holds for both. A stop from before there was a
    /// registry, which the merge had moved, becomes an entry of the one it is back with.
    /// </summary>
    public static async Task PartAsync(
        WaConsoleDb db, Contact stays, Contact goes, IReadOnlyList<long> subjectsOfGoes, DateTime mergedAtUtc, CancellationToken cancellationToken)
    {
        var ids = subjectsOfGoes.ToArray();
        if (ids.Length == 0 && !await db.ConsentSubjects.AnyAsync(s => s.ContactId == stays.Id, cancellationToken))
        {
            return;
        }

        await db.ConsentSubjects.Where(s => s.ContactId == stays.Id && (s.MadeFor == goes.Id || EF.Parameter(ids).Contains(s.Id)))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.ContactId, goes.Id), cancellationToken);
        await AdoptAsync(db, stays, cancellationToken);
        await AdoptAsync(db, goes, cancellationToken);
        await RepeatAsync(db, stays, goes, mergedAtUtc, cancellationToken);
        await DeriveStates.ApplyAsync(db, stays, stays.OptedOutReason, cancellationToken);
        await DeriveStates.ApplyAsync(db, goes, goes.OptedOutReason, cancellationToken);
    }

    private static async Task AdoptAsync(WaConsoleDb db, Contact contact, CancellationToken cancellationToken)
    {
        var lines = await DeriveStates.LinesAsync(db, contact.Id, cancellationToken);
        if (!lines.Exists(line => line.Purpose is ConsentPurpose.Marketing or ConsentPurpose.All))
        {
            await db.Entry(contact).Collection(c => c.Identifiers).LoadAsync(cancellationToken);
            await KeepConsent.AdoptAsync(db, contact, cancellationToken);
        }
    }

    private static async Task RepeatAsync(WaConsoleDb db, Contact stays, Contact goes, DateTime mergedAtUtc, CancellationToken cancellationToken)
    {
        var since = EntryMac.Kept(mergedAtUtc);
        var stops = (await DeriveStates.LinesAsync(db, stays.Id, cancellationToken))
            .Where(line => line.Action == ConsentAction.Withdrawn && line.RecordedAtUtc >= since
                && line.Source is not (ConsentSource.Merge or ConsentSource.Earlier))
            .Select(line => line.Purpose)
            .Distinct()
            .Order()
            .ToList();
        if (stops.Count == 0)
        {
            return;
        }

        await db.Entry(goes).Collection(c => c.Identifiers).LoadAsync(cancellationToken);
        var subject = await KeepConsent.SubjectAsync(db, goes.Id, cancellationToken);
        var at = (await DeriveStates.LinesAsync(db, goes.Id, cancellationToken)).Select(line => line.AtUtc)
            .Append(db.GetService<TimeProvider>().GetUtcNow().UtcDateTime).Max();
        foreach (var purpose in stops)
        {
            await KeepConsent.AppendAsync(db, goes, subject, NewConsent.Stop(purpose, ConsentSource.Merge, at), cancellationToken);
        }
    }
}
