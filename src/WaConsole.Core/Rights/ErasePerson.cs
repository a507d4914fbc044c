using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Rights;

public abstract record ErasePersonOutcome
{
    private ErasePersonOutcome()
    {
    }

    public sealed record Erased(int Messages, int Files) : ErasePersonOutcome;

    public sealed record Refused(string Sentence) : ErasePersonOutcome;

    public sealed record NoSuchContact : ErasePersonOutcome;
}

/// <summary>
/// Everything of a person goes: who they are, what was written both ways, files, notes, marks and proofs. Three things stay: entries that
/// nobody can read any more, since their key is gone, so that the chain still verifies; a keyed hash that keeps them out of marketing; and
/// the line that says who erased somebody and when. What they wrote in groups belongs to the group.
/// </summary>
public sealed class ErasePerson
{
    private const int Tries = 5;

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly ForgetRemnants _remnants;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal ErasePerson(Store store, WriterLane lane, ForgetRemnants remnants, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _remnants, _live, _clock) = (store, lane, remnants, live, clock);
    }

    /// <summary>What must be written to erase them; null when there is no such person.</summary>
    public async Task<string?> NameAsync(Caller caller, long contactId, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await _store.OpenAsync(cancellationToken);
        return await ContactAccess.Seen(db, caller).AsNoTracking().SingleOrDefaultAsync(c => c.Id == contactId, cancellationToken) is { } contact
            ? WhosePerson.NameOf(contact).Trim()
            : null;
    }

    /// <param name="typed">What the person is called, written by whoever erases them: nobody is erased by a slip.</param>
    public async Task<ErasePersonOutcome> RunAsync(Caller caller, long contactId, string typed, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await EraseAsync(caller, contactId, typed, cancellationToken);
            }
            catch (Exception fault) when (fault.IsConflict && attempt < Tries)
            {
                // A webhook of theirs is being worked off at this very moment: nothing was written, and the next try sees what it left.
            }
        }
    }

    private async Task<ErasePersonOutcome> EraseAsync(Caller caller, long contactId, string typed, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        ErasePersonOutcome.Erased erased;
        using (await _lane.EnterAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await ContactAccess.LockAsync(db, caller, contactId, cancellationToken) is not { } contact)
            {
                return new ErasePersonOutcome.NoSuchContact();
            }

            var people = await WhosePerson.IdsAsync(db, contactId, cancellationToken);
            var threads = await db.Conversations.Where(c => people.Contains(c.ContactId)).Select(c => new { c.Id, c.NumberId }).ToListAsync(cancellationToken);
            if (await ProblemAsync(db, caller, contact, typed, [.. threads.Select(t => t.Id)], [.. threads.Select(t => t.NumberId)], cancellationToken) is { } problem)
            {
                return new ErasePersonOutcome.Refused(Texts.Rights.Of(problem));
            }

            erased = await EraseAsync(db, caller, contact, people, [.. threads.Select(t => t.Id)], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            var changes = new ChangeSet();
            threads.ForEach(thread => changes.Row(thread.NumberId, thread.Id));
            changes.Add(new ContactChanged(contactId));
            changes.PublishTo(_live);
        }

        // What is not forgotten here, since whoever asked went away or the console stops, is within the hour.
        await _remnants.RunAsync(static () => { }, cancellationToken);
        return erased;
    }

    private static async Task<string?> ProblemAsync(
        WaConsoleDb db, Caller caller, Contact contact, string typed, long[] threads, long[] numbers, CancellationToken cancellationToken)
    {
        if (!string.Equals(typed.Trim(), WhosePerson.NameOf(contact).Trim(), StringComparison.OrdinalIgnoreCase))
        {
            return "TypeTheName";
        }

        if (numbers.Any(number => !caller.MaySeeNumber(number)))
        {
            return "NotAllTheirNumbers";
        }

        return await db.Outbox.AnyAsync(e => threads.Contains(e.ConversationId) && e.State == OutboxState.Sending, cancellationToken) ? "OnItsWay" : null;
    }

    private async Task<ErasePersonOutcome.Erased> EraseAsync(
        WaConsoleDb db, Caller caller, Contact contact, long[] people, long[] threads, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var identifiers = await db.ContactIdentifiers.AsNoTracking().Where(i => people.Contains(i.ContactId)).ToListAsync(cancellationToken);
        var everything = (await ReadStandings.OfAsync(db, people, now, cancellationToken)).Values
            .Any(standing => Suppressions.IsStopped(purpose => standing.Of(purpose).What))
            || (await Suppressions.WithoutEverythingAsync(db, people, cancellationToken)).Count > 0;
        var marks = await Suppressions.ToSetAsync(db, identifiers, everything, cancellationToken);
        var proofs = await EraseConsentAsync(db, caller, contact, people, marks, cancellationToken);
        var (messages, files) = await EraseThreadsAsync(db, people, threads, cancellationToken);
        await EraseTestersAsync(db, identifiers, cancellationToken);
        await EraseContactsAsync(db, people, cancellationToken);
        db.ChangeTracker.Clear();
        db.ConsentAudits.Add(ConsentAudit.Of(caller.AgentId, caller.Name, ConsentDeed.Erased, contact.Id, now, new AuditDetail.Erased(messages, files.Count + proofs.Count)));
        db.Remnants.AddRange(identifiers.Where(i => i.Kind != IdentifierKind.Username).Select(i => i.Value).Distinct().Select(trace => new Remnant { Trace = trace }));
        db.Remnants.AddRange(files.Concat(proofs).Select(file => new Remnant { FileKey = file }));
        await db.SaveChangesAsync(cancellationToken);
        return new ErasePersonOutcome.Erased(messages, files.Count + proofs.Count);
    }

    /// <summary>The last thing the registry says of them, under every subject of theirs, then the keys go that all of it is read with.</summary>
    private static async Task<List<Guid>> EraseConsentAsync(
        WaConsoleDb db, Caller caller, Contact contact, long[] people, IReadOnlyList<string> marks, CancellationToken cancellationToken)
    {
        var erasure = new NewConsent(ConsentPurpose.All, ConsentAction.Erased, ConsentSource.Erasure, DateTime.MaxValue) { ActorId = caller.AgentId, ActorName = caller.Name };
        var last = await KeepConsent.ApplyAsync(db, contact, erasure with { Marks = marks }, cancellationToken);
        var theirs = await db.ConsentSubjects.Where(s => s.ContactId != null && people.Contains(s.ContactId.Value)).ToListAsync(cancellationToken);
        foreach (var other in theirs.Where(subject => subject.Id != last.SubjectId))
        {
            await KeepConsent.AppendAsync(db, contact, other, erasure with { Marks = [] }, cancellationToken);
        }

        await Suppressions.SetAsync(db, marks, last.AtUtc, cancellationToken);
        var subjects = theirs.ConvertAll(subject => subject.Id);
        var proofs = await db.ConsentFiles.Where(f => f.SubjectId != null && subjects.Contains(f.SubjectId.Value)).Select(f => f.Key).ToListAsync(cancellationToken);
        await db.ConsentFiles.Where(f => proofs.Contains(f.Key)).ExecuteDeleteAsync(cancellationToken);
        var erasedAt = await db.ConsentEntries.Where(e => subjects.Contains(e.SubjectId)).MaxAsync(e => e.RecordedAtUtc, cancellationToken);
        await db.ConsentSubjects.Where(s => subjects.Contains(s.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.KeyProtected, (string?)null).SetProperty(s => s.ErasedAtUtc, erasedAt).SetProperty(s => s.ContactId, (long?)null),
            cancellationToken);
        await db.ConsentStates.Where(s => people.Contains(s.ContactId)).ExecuteDeleteAsync(cancellationToken);
        return proofs;
    }

    private static async Task<(int Messages, List<Guid> Files)> EraseThreadsAsync(
        WaConsoleDb db, long[] people, long[] threads, CancellationToken cancellationToken)
    {
        var messages = db.Messages.Where(m => threads.Contains(m.ConversationId));
        await db.Reactions.Where(r => messages.Any(m => m.Id == r.MessageId)).ExecuteDeleteAsync(cancellationToken);
        await db.MessageStatusFacts.Where(f => messages.Any(m => m.Id == f.MessageId)).ExecuteDeleteAsync(cancellationToken);
        await db.Outbox.Where(e => threads.Contains(e.ConversationId)).ExecuteDeleteAsync(cancellationToken);
        await db.ToldNotices.Where(t => people.Contains(t.ContactId)).ExecuteDeleteAsync(cancellationToken);
        await db.Notifications.Where(n => threads.Contains(n.ConversationId)).ExecuteDeleteAsync(cancellationToken);
        await db.Drafts.Where(d => threads.Contains(d.ConversationId)).ExecuteDeleteAsync(cancellationToken);
        await db.AwayAnswers.Where(a => threads.Contains(a.ConversationId)).ExecuteDeleteAsync(cancellationToken);
        await db.Participants.Where(p => threads.Contains(p.ConversationId)).ExecuteDeleteAsync(cancellationToken);
        await db.ConversationLabels.Where(l => threads.Contains(l.ConversationId)).ExecuteDeleteAsync(cancellationToken);
        var count = await messages.ExecuteDeleteAsync(cancellationToken);

        // A file of a template, or of the library, is the business's own.
        var files = db.MediaFiles.Where(f => f.ConversationId != null && threads.Contains(f.ConversationId.Value) && !f.IsInLibrary
            && !db.Messages.Any(m => m.MediaFileId == f.Id) && !db.TemplateDraftFiles.Any(d => d.MediaFileId == f.Id));
        var keys = await files.Select(f => new { f.Key, Copy = f.Sound == null ? null : f.Sound.CopyKey }).ToListAsync(cancellationToken);
        await db.Sounds.Where(s => files.Any(f => f.Id == s.MediaFileId)).ExecuteDeleteAsync(cancellationToken);
        await files.ExecuteDeleteAsync(cancellationToken);
        await db.MediaFiles.Where(f => f.ConversationId != null && threads.Contains(f.ConversationId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.ConversationId, (long?)null), cancellationToken);
        await db.Conversations.Where(c => threads.Contains(c.Id)).ExecuteDeleteAsync(cancellationToken);
        return (count, [.. keys.Select(key => key.Key), .. keys.Select(key => key.Copy).OfType<Guid>()]);
    }

    /// <summary>From the lists of those whom a testing number may write to first.</summary>
    private static async Task EraseTestersAsync(WaConsoleDb db, List<ContactIdentifier> identifiers, CancellationToken cancellationToken)
    {
        var phones = identifiers.Where(i => i.Kind == IdentifierKind.Phone && i.RetiredAtUtc is null).Select(i => PhoneMatchKey.Of(i.Value)).ToHashSet();
        foreach (var number in await db.Numbers.Where(n => n.Testers != "").ToListAsync(cancellationToken))
        {
            number.Testers = string.Join(',', number.Testers.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(tester => !phones.Contains(PhoneMatchKey.Of(tester))));
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task EraseContactsAsync(WaConsoleDb db, long[] people, CancellationToken cancellationToken)
    {
        var merges = await db.ContactMerges.Where(m => people.Contains(m.StaysId) || people.Contains(m.GoesId)).Select(m => m.Id).ToListAsync(cancellationToken);
        await db.ContactMergeRows.Where(r => merges.Contains(r.MergeId)).ExecuteDeleteAsync(cancellationToken);
        await db.ContactMerges.Where(m => merges.Contains(m.Id)).ExecuteDeleteAsync(cancellationToken);
        await db.ContactNotes.Where(n => people.Contains(n.ContactId)).ExecuteDeleteAsync(cancellationToken);
        await db.ContactFieldValues.Where(v => people.Contains(v.ContactId)).ExecuteDeleteAsync(cancellationToken);
        await db.ContactLabels.Where(l => people.Contains(l.ContactId)).ExecuteDeleteAsync(cancellationToken);
        await db.ContactBlocks.Where(b => people.Contains(b.ContactId)).ExecuteDeleteAsync(cancellationToken);
        await db.PortfolioReaches.Where(r => people.Contains(r.PersonId)).ExecuteDeleteAsync(cancellationToken);
        await db.ContactIdentifiers.Where(i => people.Contains(i.ContactId)).ExecuteDeleteAsync(cancellationToken);
        await db.Contacts.Where(c => people.Contains(c.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
