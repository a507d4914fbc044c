using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Countries;
using WaConsole.Core.Hours;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>Puts back what a merge moved, inside the caller's transaction.</summary>
internal static class RestoreMerge
{
    public static async Task ApplyAsync(WaConsoleDb db, ContactMerge merge, MergeSnapshot was, CancellationToken cancellationToken)
    {
        var stays = await db.Contacts.SingleAsync(c => c.Id == merge.StaysId, cancellationToken);
        var goes = await db.Contacts.SingleAsync(c => c.Id == merge.GoesId, cancellationToken);
        RowState.TakeBack(db.Entry(stays), was.StaysBefore, was.StaysAfter, was.GoesBefore);
        RowState.Write(db.Entry(goes), was.GoesBefore);
        var ofGoes = was.IdentifiersOfGoes.ToList();
        await db.ContactIdentifiers.Where(i => ofGoes.Contains(i.Id) && i.ContactId == stays.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.ContactId, goes.Id), cancellationToken);
        await FitAsync(db, stays, cancellationToken);
        await db.ContactNotes.Where(n => n.ContactId == stays.Id && MovedIds(db, merge.Id, MergedKind.Note, goes.Id).Contains(n.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ContactId, goes.Id), cancellationToken);
        await db.ToldNotices.Where(t => t.ContactId == stays.Id && MovedIds(db, merge.Id, MergedKind.Told, goes.Id).Contains(t.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.ContactId, goes.Id), cancellationToken);
        await RestoreBelongings.ApplyAsync(db, stays, goes, was, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await CarryConsent.PartAsync(db, stays, goes, was.SubjectsOfGoes ?? [], merge.AtUtc, cancellationToken);

        var moved = was.Moved.Select(thread => thread.ConversationId).ToList();
        await db.Conversations.Where(c => moved.Contains(c.Id) && c.ContactId == stays.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ContactId, goes.Id), cancellationToken);
        foreach (var joined in was.Joined)
        {
            await PartAsync(db, merge.Id, joined, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What the person is reached by must still be theirs: the other may have written since, and was learned here.</summary>
    private static async Task FitAsync(WaConsoleDb db, Contact stays, CancellationToken cancellationToken)
    {
        var own = await db.ContactIdentifiers.AsNoTracking().Where(i => i.ContactId == stays.Id && i.RetiredAtUtc == null).ToListAsync(cancellationToken);
        (string?, string?, string?) before = (stays.Phone, stays.UserId, stays.Username);
        stays.Phone = Own(IdentifierKind.Phone, stays.Phone);
        stays.UserId = Own(IdentifierKind.UserId, stays.UserId);
        stays.Username = Own(IdentifierKind.Username, stays.Username);
        if (before != (stays.Phone, stays.UserId, stays.Username))
        {
            stays.Country = CountryOf.Person(stays.Phone, stays.UserId) ?? stays.Country;
            stays.SearchText = ContactSearchText.Of(stays);
        }

        string? Own(IdentifierKind kind, string? value) => own.Where(i => i.Kind == kind).ToList() switch
        {
            // No identifier rows at all: seeded or imported by name only, nothing to hold the value against.
            [] when own.Count == 0 => value,
            var rows when rows.Any(row => row.Value == value) => value,
            var rows => value is null ? null : rows.OrderByDescending(row => row.LastSeenAtUtc).Select(row => row.Value).FirstOrDefault(),
        };
    }

    private static async Task PartAsync(WaConsoleDb db, long mergeId, JoinedThread joined, CancellationToken cancellationToken)
    {
        var stays = await db.Conversations.SingleOrDefaultAsync(c => c.Id == joined.StaysId, cancellationToken);
        var goes = new Conversation();
        RowState.Write(db.Entry(goes), joined.GoesBefore);
        db.Conversations.Add(goes);
        await db.SaveChangesAsync(cancellationToken);

        await db.Messages.Where(m => MovedIds(db, mergeId, MergedKind.Message, goes.Id).Contains(m.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ConversationId, goes.Id), cancellationToken);
        await db.StopReviews.Where(r => MovedIds(db, mergeId, MergedKind.Message, goes.Id).Contains(r.MessageId))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ConversationId, goes.Id), cancellationToken);
        await db.Outbox.Where(e => MovedIds(db, mergeId, MergedKind.Outbox, goes.Id).Contains(e.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.ConversationId, goes.Id), cancellationToken);
        await db.MediaFiles.Where(f => MovedIds(db, mergeId, MergedKind.Media, goes.Id).Contains(f.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.ConversationId, goes.Id), cancellationToken);
        await db.Notifications.Where(n => n.MessageId != null && MovedIds(db, mergeId, MergedKind.Message, goes.Id).Contains(n.MessageId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ConversationId, goes.Id), cancellationToken);
        db.Participants.AddRange((joined.PeopleOfGoes ?? [])
            .Select(person => new Participant { ConversationId = goes.Id, AgentId = person, SinceUtc = goes.CreatedAtUtc }));
        if (await db.AwayAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.ConversationId == joined.StaysId, cancellationToken) is { } away)
        {
            // Which thread the away message answered is not told apart: it answers neither once more in this window.
            db.AwayAnswers.Add(new AwayAnswer { ConversationId = goes.Id, SeenMessageId = away.SeenMessageId, AnsweredAtUtc = away.AnsweredAtUtc });
        }

        await RestoreBelongings.LabelsAsync(db, goes, joined.LabelsOfGoes, cancellationToken);
        await DraftsAsync(db, joined, cancellationToken);
        if (stays is not null)
        {
            if (joined.PeopleOfStays is { } own)
            {
                var came = (joined.PeopleOfGoes ?? []).Except(own).ToList();
                await db.Participants.Where(p => p.ConversationId == stays.Id && came.Contains(p.AgentId)).ExecuteDeleteAsync(cancellationToken);
            }

            var now = (stays.UnreadCount, stays.LastMessageId);
            RowState.TakeBack(db.Entry(stays), joined.StaysBefore, joined.StaysAfter, joined.GoesBefore);
            await RestoreBelongings.TakeOffAsync(db, stays, joined.LabelsOfStays, joined.LabelsOfGoes, cancellationToken);
            await CountAsync(db, stays, joined, now.UnreadCount, cancellationToken);
            await ShowAsync(db, stays, joined.StaysBefore, cancellationToken);
        }

        await ShowAsync(db, goes, joined.GoesBefore, cancellationToken);
    }

    /// <summary>Unread marks that changed since cannot be told apart by a number: they are counted again from the first unread line.</summary>
    private static async Task CountAsync(
        WaConsoleDb db, Conversation stays, JoinedThread joined, int unreadNow, CancellationToken cancellationToken)
    {
        if (unreadNow == RowState.Value<int>(joined.StaysAfter, nameof(Conversation.UnreadCount)))
        {
            return;
        }

        if (stays.FirstUnreadMessageId is { } first
            && await db.Messages.Where(m => m.ConversationId == stays.Id && m.Id >= first && m.Direction == MessageDirection.Inbound)
                .OrderBy(m => m.Id).Select(m => (long?)m.Id).FirstOrDefaultAsync(cancellationToken) is { } own)
        {
            stays.FirstUnreadMessageId = own;
            stays.UnreadCount = await db.Messages.CountAsync(
                m => m.ConversationId == stays.Id && m.Id >= own && m.Direction == MessageDirection.Inbound, cancellationToken);
            return;
        }

        (stays.FirstUnreadMessageId, stays.UnreadCount) = (null, 0);
    }

    /// <summary>
    /// The newest line on the row must be one of the thread, with the state it has now: it may have been delivered, edited or deleted
    /// since. A row that still shows what it showed before the merge is left as it is.
    /// </summary>
    private static async Task ShowAsync(WaConsoleDb db, Conversation thread, JsonObject before, CancellationToken cancellationToken)
    {
        if (thread.LastMessageId is not { } lastId)
        {
            return;
        }

        var last = await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == lastId && m.ConversationId == thread.Id, cancellationToken);
        if (last is not null && lastId == RowState.Value<long?>(before, nameof(Conversation.LastMessageId)))
        {
            thread.LastStatus = last.Status;
            return;
        }

        last ??= await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == thread.Id && m.Direction != MessageDirection.None)
            .OrderByDescending(m => m.Id).FirstOrDefaultAsync(cancellationToken);
        thread.LastMessageId = last?.Id;
        if (last is not null)
        {
            (thread.LastKind, thread.LastDirection, thread.LastStatus) = (last.Kind, last.Direction, last.Status);
        }
    }

    private static async Task DraftsAsync(WaConsoleDb db, JoinedThread joined, CancellationToken cancellationToken)
    {
        var now = await db.Drafts.Where(d => d.ConversationId == joined.StaysId).ToListAsync(cancellationToken);
        foreach (var draft in now)
        {
            var after = Of(joined.DraftsAfter, draft.AgentId);
            if (after is null || !JsonNode.DeepEquals(RowState.Of(db.Entry(draft)), after))
            {
                continue;
            }

            if (Of(joined.DraftsOfStays, draft.AgentId) is { } before)
            {
                RowState.Write(db.Entry(draft), before);
            }
            else
            {
                db.Drafts.Remove(draft);
            }
        }

        foreach (var state in joined.DraftsOfGoes)
        {
            var draft = new Draft();
            RowState.Write(db.Entry(draft), state);
            db.Drafts.Add(draft);
        }

        await db.SaveChangesAsync(cancellationToken);

        static JsonObject? Of(IReadOnlyList<JsonObject> drafts, long agentId) =>
            drafts.FirstOrDefault(draft => RowState.Value<long>(draft, nameof(Draft.AgentId)) == agentId);
    }

    private static IQueryable<long> MovedIds(WaConsoleDb db, long mergeId, MergedKind kind, long fromId) =>
        db.ContactMergeRows.Where(row => row.MergeId == mergeId && row.Kind == kind && row.FromId == fromId).Select(row => row.RowId);
}
