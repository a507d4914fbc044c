using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

public enum FollowWithFileOutcome
{
    /// <summary>It goes out when the customer answers.</summary>
    Waits,

    /// <summary>The caller has begun a reply there: it would be lost, or go out unasked.</summary>
    DraftThere,

    /// <summary>Something of a colleague goes out there when the customer answers.</summary>
    ColleagueWaits,

    /// <summary>Not a sound or a sticker of the library.</summary>
    NoSuchFile,

    NoSuchConversation,
}

/// <summary>
/// What no template can carry: a sound or a sticker of the library that follows one when the customer answers. It is the caller's draft, as
/// of DeliverWhenAnswered, and the gate decides when it goes. One thing waits in a conversation at a time.
/// </summary>
public sealed class FollowWithFile(Store store, LiveUpdates live, TimeProvider clock)
{
    /// <summary>Before the template is sent.</summary>
    /// <returns>What stands in the way; <see cref="FollowWithFileOutcome.Waits"/> when nothing does.</returns>
    public async Task<FollowWithFileOutcome> MayAsync(Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        return (await InTheWayAsync(db, caller, conversationId, cancellationToken)).Outcome;
    }

    public async Task<FollowWithFileOutcome> RunAsync(Caller caller, long conversationId, long mediaFileId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var (outcome, numberId) = await InTheWayAsync(db, caller, conversationId, cancellationToken);
        if (outcome != FollowWithFileOutcome.Waits)
        {
            return outcome;
        }

        var mimeType = await db.LibraryItems.Where(i => i.MediaFileId == mediaFileId && i.MediaFile.State == MediaState.Ready)
            .Select(i => i.MediaFile.MimeType).FirstOrDefaultAsync(cancellationToken);
        if (mimeType is null || UploadRules.KindOf(mimeType) is not (MessageKind.Audio or MessageKind.Sticker))
        {
            return FollowWithFileOutcome.NoSuchFile;
        }

        if (!await WriteAsync(db, conversationId, caller.AgentId!.Value, mediaFileId, cancellationToken))
        {
            return FollowWithFileOutcome.DraftThere;
        }

        live.Publish(new ConversationChanged(numberId, conversationId));
        return FollowWithFileOutcome.Waits;
    }

    private static async Task<(FollowWithFileOutcome Outcome, long NumberId)> InTheWayAsync(
        WaConsoleDb db, Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        var number = await db.Conversations.Where(c => c.Id == conversationId).Select(c => (long?)c.NumberId).SingleOrDefaultAsync(cancellationToken);
        if (number is not { } numberId || !caller.MaySeeNumber(numberId) || caller.AgentId is not { } agentId)
        {
            return (FollowWithFileOutcome.NoSuchConversation, 0);
        }

        var drafts = db.Drafts.Where(d => d.ConversationId == conversationId);
        return await drafts.Where(d => d.AgentId == agentId).AnyAsync(d => d.Text != "" || d.MediaFileIds != "" || d.ReplyToMessageId != null, cancellationToken)
            ? (FollowWithFileOutcome.DraftThere, numberId)
            : await drafts.AnyAsync(d => d.DeliverKey != null, cancellationToken)
                ? (FollowWithFileOutcome.ColleagueWaits, numberId)
                : (FollowWithFileOutcome.Waits, numberId);
    }

    /// <summary>A note begun beside it stays; a reply begun meanwhile stays too, and nothing is written.</summary>
    private async Task<bool> WriteAsync(WaConsoleDb db, long conversationId, long agentId, long mediaFileId, CancellationToken cancellationToken)
    {
        var (now, key, file) = (clock.GetUtcNow().UtcDateTime, Guid.CreateVersion7(), mediaFileId.ToString(CultureInfo.InvariantCulture));
        if (await UpdateAsync() > 0)
        {
            return true;
        }

        db.Drafts.Add(new Draft
        {
            ConversationId = conversationId,
            AgentId = agentId,
            MediaFileIds = file,
            DeliverKey = key,
            UpdatedAtUtc = now,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException fault) when (fault.IsConflict)
        {
            // The row is there: a note's, or a reply begun in another window.
            db.ChangeTracker.Clear();
            return await UpdateAsync() > 0;
        }

        Task<int> UpdateAsync() => db.Drafts
            .Where(d => d.ConversationId == conversationId && d.AgentId == agentId && d.Text == "" && d.MediaFileIds == "" && d.ReplyToMessageId == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(d => d.MediaFileIds, file)
                .SetProperty(d => d.DeliverKey, (Guid?)key)
                .SetProperty(d => d.UpdatedAtUtc, now), cancellationToken);
    }
}
