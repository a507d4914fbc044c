using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Countries;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

public abstract record MergePeopleOutcome
{
    private MergePeopleOutcome()
    {
    }

    public sealed record Merged(long MergeId, DateTime UndoUntilUtc) : MergePeopleOutcome;

    public sealed record Refused(string Sentence) : MergePeopleOutcome;
}

/// <summary>
/// A person says that two contacts are one. Everything moves to the one that stays, threads with the same number become one, the
/// stricter opt-out wins. For <see cref="UndoTime"/> it can be taken back, see UndoMerge.
/// </summary>
public sealed class MergePeople
{
    public static readonly TimeSpan UndoTime = TimeSpan.FromDays(30);

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal MergePeople(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public async Task<MergePeopleOutcome> RunAsync(Caller caller, long staysId, long goesId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        if (staysId == goesId)
        {
            return Refused("MergeSelf");
        }

        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await MergeLocks.TakeAsync(db, staysId, goesId, cancellationToken);
        var people = await db.Contacts.Include(c => c.Identifiers)
            .Where(c => (c.Id == staysId || c.Id == goesId) && c.MergedIntoId == null)
            .ToDictionaryAsync(c => c.Id, cancellationToken);
        if (people.Count < 2)
        {
            return Refused("MergeGone");
        }

        var threads = await db.Conversations.Where(c => c.ContactId == staysId || c.ContactId == goesId).ToListAsync(cancellationToken);
        if (threads.Any(thread => !caller.MaySeeNumber(thread.NumberId)))
        {
            return Refused("MergeNotSeen");
        }

        var merge = await MergeAsync(db, caller, people[staysId], people[goesId], threads, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var changes = new ChangeSet();
        threads.ForEach(thread => changes.Row(thread.NumberId, thread.Id));
        changes.Add(new ContactChanged(staysId));
        changes.Add(new ContactChanged(goesId));
        changes.PublishTo(_live);
        return new MergePeopleOutcome.Merged(merge.Id, merge.UndoUntilUtc);
    }

    private async Task<ContactMerge> MergeAsync(
        WaConsoleDb db, Caller caller, Contact stays, Contact goes, List<Conversation> threads, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var merge = new ContactMerge
        {
            StaysId = stays.Id,
            GoesId = goes.Id,
            AtUtc = now,
            ByName = caller.Name,
            UndoUntilUtc = now + UndoTime,
        };
        db.ContactMerges.Add(merge);
        await db.SaveChangesAsync(cancellationToken);

        var pairs = (from own in threads
                     join other in threads on own.NumberId equals other.NumberId
                     where own.ContactId == stays.Id && other.ContactId == goes.Id
                     select (Own: own, Other: other)).ToList();
        var joined = new List<JoinedThread>();
        foreach (var (own, other) in pairs)
        {
            await NoteRowsAsync(db, merge.Id, other.Id, cancellationToken);
            joined.Add(new JoinedThread(
                own.Id,
                other.Id,
                RowState.Of(db.Entry(own)),
                RowState.Of(db.Entry(other)),
                [],
                await LabelsOf(db, own.Id).ToListAsync(cancellationToken),
                await LabelsOf(db, other.Id).ToListAsync(cancellationToken),
                await DraftsAsync(db, own.Id, cancellationToken),
                await DraftsAsync(db, other.Id, cancellationToken),
                [],
                await PeopleAsync(db, other.Id, cancellationToken),
                await PeopleAsync(db, own.Id, cancellationToken)));
        }

        await NoteNotesAsync(db, merge.Id, goes.Id, cancellationToken);
        await NoteToldAsync(db, merge.Id, goes.Id, cancellationToken);
        var before = new MergeSnapshot(
            RowState.Of(db.Entry(stays)),
            RowState.Of(db.Entry(goes)),
            [],
            [.. goes.Identifiers.Select(identifier => identifier.Id)],
            [.. threads.Where(thread => thread.ContactId == goes.Id && pairs.All(pair => pair.Other.Id != thread.Id))
                .Select(thread => new MovedThread(thread.Id))],
            [],
            await BelongingsAsync(db, stays.Id, cancellationToken),
            await BelongingsAsync(db, goes.Id, cancellationToken),
            await db.ConsentSubjects.Where(s => s.ContactId == goes.Id).Select(s => s.Id).ToListAsync(cancellationToken));

        await MergeContacts.ApplyAsync(db, stays, goes, cancellationToken);
        stays.Country = CountryOf.Person(stays.Phone, stays.UserId) ?? stays.Country;
        stays.SearchText = ContactSearchText.Of(stays);
        await db.SaveChangesAsync(cancellationToken);

        var after = new List<JoinedThread>();
        foreach (var thread in joined)
        {
            after.Add(thread with
            {
                StaysAfter = RowState.Of(db.Entry(pairs.First(pair => pair.Own.Id == thread.StaysId).Own)),
                DraftsAfter = await DraftsAsync(db, thread.StaysId, cancellationToken),
            });
        }

        merge.SnapshotJson = (before with { StaysAfter = RowState.Of(db.Entry(stays)), Joined = after }).Write();
        await db.SaveChangesAsync(cancellationToken);
        return merge;
    }

    private static async Task NoteRowsAsync(WaConsoleDb db, long mergeId, long threadId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ContactMergeRows" ("MergeId", "Kind", "RowId", "FromId")
            SELECT {mergeId}, {(int)MergedKind.Message}, "Id", "ConversationId" FROM "Messages" WHERE "ConversationId" = {threadId}
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ContactMergeRows" ("MergeId", "Kind", "RowId", "FromId")
            SELECT {mergeId}, {(int)MergedKind.Outbox}, "Id", "ConversationId" FROM "Outbox" WHERE "ConversationId" = {threadId}
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ContactMergeRows" ("MergeId", "Kind", "RowId", "FromId")
            SELECT {mergeId}, {(int)MergedKind.Media}, "Id", "ConversationId" FROM "MediaFiles" WHERE "ConversationId" = {threadId}
            """,
            cancellationToken);
    }

    private static Task NoteNotesAsync(WaConsoleDb db, long mergeId, long contactId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ContactMergeRows" ("MergeId", "Kind", "RowId", "FromId")
            SELECT {mergeId}, {(int)MergedKind.Note}, "Id", "ContactId" FROM "ContactNotes" WHERE "ContactId" = {contactId}
            """,
            cancellationToken);

    private static Task NoteToldAsync(WaConsoleDb db, long mergeId, long contactId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ContactMergeRows" ("MergeId", "Kind", "RowId", "FromId")
            SELECT {mergeId}, {(int)MergedKind.Told}, "Id", "ContactId" FROM "ToldNotices" WHERE "ContactId" = {contactId}
            """,
            cancellationToken);

    private static Task<List<long>> PeopleAsync(WaConsoleDb db, long threadId, CancellationToken cancellationToken) =>
        db.Participants.Where(p => p.ConversationId == threadId).Select(p => p.AgentId).ToListAsync(cancellationToken);

    private static IQueryable<long> LabelsOf(WaConsoleDb db, long threadId) =>
        db.ConversationLabels.Where(l => l.ConversationId == threadId).OrderBy(l => l.LabelId).Select(l => l.LabelId);

    private static async Task<IReadOnlyList<JsonObject>> DraftsAsync(WaConsoleDb db, long threadId, CancellationToken cancellationToken)
    {
        var drafts = await db.Drafts.Where(d => d.ConversationId == threadId).OrderBy(d => d.AgentId).ToListAsync(cancellationToken);
        return [.. drafts.Select(draft => RowState.Of(db.Entry(draft)))];
    }

    private static async Task<BelongingsOf> BelongingsAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken)
    {
        var blocks = await db.ContactBlocks.Where(b => b.ContactId == contactId).OrderBy(b => b.NumberId).ToListAsync(cancellationToken);
        return new BelongingsOf(
            await db.ContactLabels.Where(l => l.ContactId == contactId).OrderBy(l => l.LabelId).Select(l => l.LabelId).ToListAsync(cancellationToken),
            await db.ContactFieldValues.Where(v => v.ContactId == contactId).ToDictionaryAsync(v => v.FieldId, v => v.Value, cancellationToken),
            [.. blocks.Select(block => RowState.Of(db.Entry(block)))]);
    }

    private static MergePeopleOutcome.Refused Refused(string name) => new(Texts.Contacts.Of(name));
}
