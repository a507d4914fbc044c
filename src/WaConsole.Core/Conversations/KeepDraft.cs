using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// <see cref="ReplyTo"/> is the message the draft answers, null when it answers none or the message is gone. <see cref="GoesWhenAnswered"/>:
/// see DeliverWhenAnswered.
/// </summary>
public sealed record DraftView(string Text, IReadOnlyList<DraftFile> Files, QuotedLine? ReplyTo, string Note = "", bool GoesWhenAnswered = false)
{
    public static DraftView Empty { get; } = new("", [], null);
}

/// <summary><see cref="SendAs"/> is the kind the file can be sent as, by the rule of StoreUpload.</summary>
public sealed record DraftFile(long MediaFileId, Guid Key, string FileName, string MimeType, long SizeBytes, MessageKind SendAs, bool IsVoiceNote = false)
{
    /// <summary>WhatsApp shows no caption under a sound or a sticker.</summary>
    public bool TakesCaption => SendAs is MessageKind.Image or MessageKind.Video or MessageKind.Document;
}

/// <summary>What a person typed and has not sent, kept on the server per conversation and person: it survives reload and another device.</summary>
public sealed class KeepDraft(Store store, TimeProvider clock)
{
    public const int MaxTextLength = 20_000;

    public const int MaxFiles = 10;

    public async Task<DraftView> ReadAsync(Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await OwnerAsync(db, caller, conversationId, cancellationToken) is { } agentId
            ? await ReadAsync(db, conversationId, agentId, cancellationToken)
            : DraftView.Empty;
    }

    internal static async Task<DraftView> ReadAsync(WaConsoleDb db, long conversationId, long agentId, CancellationToken cancellationToken)
    {
        var draft = await db.Drafts.AsNoTracking()
            .SingleOrDefaultAsync(d => d.ConversationId == conversationId && d.AgentId == agentId, cancellationToken);
        if (draft is null)
        {
            return DraftView.Empty;
        }

        var ids = Ids(draft.MediaFileIds);
        var files = await Unsent(db, agentId, ids).ToListAsync(cancellationToken);
        var replyTo = draft.ReplyToMessageId is { } quoted
            ? await ThreadLines.QuoteAsync(db, conversationId, quoted, cancellationToken)
            : null;
        return new DraftView(draft.Text, [.. files.OrderBy(file => ids.IndexOf(file.MediaFileId))], replyTo, draft.NoteText ?? "", draft.DeliverKey is not null);
    }

    /// <summary>An empty draft is deleted. Text is cut at <see cref="MaxTextLength"/>; files that are neither the person's own unsent uploads nor the library's are left out.</summary>
    public async Task SaveAsync(
        Caller caller, long conversationId, string text, IReadOnlyList<long> mediaFileIds, long? replyToMessageId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (await OwnerAsync(db, caller, conversationId, cancellationToken) is not { } agentId)
        {
            return;
        }

        var wanted = mediaFileIds.Distinct().Take(MaxFiles).ToList();
        var own = wanted.Count == 0 ? [] : await Unsent(db, agentId, wanted).Select(file => file.MediaFileId).ToListAsync(cancellationToken);
        var files = string.Join(',', wanted.Where(own.Contains).Select(id => id.ToString(CultureInfo.InvariantCulture)));
        var replyTo = replyToMessageId is { } quoted
            && await db.Messages.AnyAsync(m => m.Id == quoted && m.ConversationId == conversationId, cancellationToken)
                ? replyToMessageId
                : null;
        var kept = Cut(text);
        if (kept.Length == 0 && files.Length == 0 && replyTo is null)
        {
            await DropReplyAsync(db, conversationId, agentId, cancellationToken);
            return;
        }

        await WriteAsync(db, new Draft
        {
            ConversationId = conversationId,
            AgentId = agentId,
            Text = kept,
            MediaFileIds = files,
            ReplyToMessageId = replyTo,
            UpdatedAtUtc = clock.GetUtcNow().UtcDateTime,
        }, UpdateReplyAsync, cancellationToken);
    }

    /// <summary>The note of the other tab; an empty one is gone.</summary>
    public async Task SaveNoteAsync(Caller caller, long conversationId, string text, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (await OwnerAsync(db, caller, conversationId, cancellationToken) is not { } agentId)
        {
            return;
        }

        var kept = Cut(text);
        if (kept.Length == 0)
        {
            await DropNoteAsync(db, conversationId, agentId, cancellationToken);
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var draft = new Draft { ConversationId = conversationId, AgentId = agentId, NoteText = kept, UpdatedAtUtc = now };
        await WriteAsync(db, draft, UpdateNoteAsync, cancellationToken);
    }

    /// <summary>What was begun as a reply is gone, sent or given up; a note begun beside it stays.</summary>
    internal static async Task DropReplyAsync(WaConsoleDb db, long conversationId, long agentId, CancellationToken cancellationToken)
    {
        var drafts = Drafts(db, conversationId, agentId);
        if (await drafts.Where(d => d.NoteText == null).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            await drafts.ExecuteUpdateAsync(set => set
                .SetProperty(d => d.Text, "")
                .SetProperty(d => d.MediaFileIds, "")
                .SetProperty(d => d.DeliverKey, (Guid?)null)
                .SetProperty(d => d.ReplyToMessageId, (long?)null), cancellationToken);
        }
    }

    /// <summary>The words went in something else; files begun with them wait on.</summary>
    internal static async Task DropWordsAsync(WaConsoleDb db, long conversationId, long agentId, CancellationToken cancellationToken)
    {
        if (await Drafts(db, conversationId, agentId).Where(d => d.MediaFileIds != "")
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Text, ""), cancellationToken) == 0)
        {
            await DropReplyAsync(db, conversationId, agentId, cancellationToken);
        }
    }

    /// <summary>What was begun as a note is gone, written or given up; a reply begun beside it stays.</summary>
    internal static async Task DropNoteAsync(WaConsoleDb db, long conversationId, long agentId, CancellationToken cancellationToken)
    {
        var drafts = Drafts(db, conversationId, agentId);
        if (await drafts.Where(d => d.Text == "" && d.MediaFileIds == "" && d.ReplyToMessageId == null).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            await drafts.ExecuteUpdateAsync(set => set.SetProperty(d => d.NoteText, (string?)null), cancellationToken);
        }
    }

    private static IQueryable<Draft> Drafts(WaConsoleDb db, long conversationId, long agentId) =>
        db.Drafts.Where(d => d.ConversationId == conversationId && d.AgentId == agentId);

    private static IQueryable<DraftFile> Unsent(WaConsoleDb db, long agentId, List<long> ids) => db.MediaFiles.AsNoTracking()
        .Where(f => ids.Contains(f.Id) && (f.UploadedById == agentId || f.IsInLibrary) && f.ConversationId == null && f.State == MediaState.Ready)
        .Select(f => new DraftFile(
            f.Id, f.Key, f.FileName, f.MimeType, f.SizeBytes, UploadRules.KindOf(f.MimeType) ?? MessageKind.Document, f.IsVoiceNote));

    /// <returns>Null when the caller is a program, which keeps no drafts, or the conversation is not theirs.</returns>
    private static async Task<long?> OwnerAsync(WaConsoleDb db, Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var number = await db.Conversations.Where(c => c.Id == conversationId)
            .Select(c => (long?)c.NumberId).SingleOrDefaultAsync(cancellationToken);
        return number is { } id && caller.MaySeeNumber(id) ? caller.AgentId : null;
    }

    private static async Task WriteAsync(
        WaConsoleDb db, Draft draft, Func<WaConsoleDb, Draft, CancellationToken, Task<bool>> update, CancellationToken cancellationToken)
    {
        if (await update(db, draft, cancellationToken))
        {
            return;
        }

        db.Drafts.Add(draft);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another tab of the same person was first: its row is there now. Anything else fails again here.
            db.ChangeTracker.Clear();
            if (!await update(db, draft, cancellationToken))
            {
                throw;
            }
        }
    }

    private static async Task<bool> UpdateNoteAsync(WaConsoleDb db, Draft draft, CancellationToken cancellationToken) =>
        await Drafts(db, draft.ConversationId, draft.AgentId).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.NoteText, draft.NoteText)
            .SetProperty(d => d.UpdatedAtUtc, draft.UpdatedAtUtc), cancellationToken) > 0;

    private static async Task<bool> UpdateReplyAsync(WaConsoleDb db, Draft draft, CancellationToken cancellationToken) =>
        await Drafts(db, draft.ConversationId, draft.AgentId).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.Text, draft.Text)
            .SetProperty(d => d.MediaFileIds, draft.MediaFileIds)
            .SetProperty(d => d.ReplyToMessageId, draft.ReplyToMessageId)
            .SetProperty(d => d.UpdatedAtUtc, draft.UpdatedAtUtc), cancellationToken) > 0;

    private static List<long> Ids(string stored) =>
        [.. stored.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture))];

    private static string Cut(string text) => StoredText.Cut(text.Replace("\0", "", StringComparison.Ordinal), MaxTextLength);
}
