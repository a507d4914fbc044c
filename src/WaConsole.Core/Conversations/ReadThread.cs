using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>One line of the thread. Two equal records draw the same bubble.</summary>
public sealed record ThreadLine(
    long Id,
    string? Wamid,
    Guid? ClientKey,
    MessageDirection Direction,
    MessageKind Kind,
    string Text,
    MessageContent? Content,
    MediaView? Media,
    DeliveryStatus Status,
    DateTime? StatusAtUtc,
    DateTime SentAtUtc,
    string? AuthorName,
    QuotedLine? Quoted,
    string? ReactionOfCustomer,
    string? ReactionOfUs,
    bool Forwarded,
    bool Edited,
    bool Deleted,
    LineError? Error,
    bool MaySendAgain,
    long? AuthorId = null);

/// <summary>Path of the bytes: /media/{Key}. Width and height in pixels when known.</summary>
public sealed record MediaView(
    long Id, Guid Key, MediaState State, string MimeType, long SizeBytes, string FileName, int? Width, int? Height, string? Failure,
    SoundView? Sound = null);

/// <summary>What was measured of a sound. <see cref="Peaks"/>: loudness over time, one hexadecimal digit each. The copy plays in every browser.</summary>
public sealed record SoundView(string? Peaks, int? Milliseconds, bool HasCopy);

public sealed record QuotedLine(long? MessageId, MessageDirection Direction, string AuthorName, string Text, MessageKind Kind);

/// <summary>An error in words: what happened and what to do. <see cref="Code"/> is WhatsApp's, shown small.</summary>
public sealed record LineError(int? Code, string Sentence, string? Details);

/// <summary>Lines oldest first. <see cref="Before"/> is the id to ask older lines with; null when there are none.</summary>
public sealed record ThreadPage(IReadOnlyList<ThreadLine> Lines, long? Before);

/// <summary>A page of a conversation's lines: the newest ones, or those before an id, or those after one (catch-up).</summary>
public sealed class ReadThread(Store store, TimeProvider clock)
{
    public const int PageSize = 40;

    public const int MaxPageSize = 100;

    /// <summary>Most lines an open screen re-reads at once.</summary>
    public const int MaxOpenLines = 400;

    /// <returns>Null when there is no such conversation the caller may see.</returns>
    public async Task<ThreadPage?> RunAsync(
        Caller caller, long conversationId, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (!await MayReadAsync(db, caller, conversationId, cancellationToken))
        {
            return null;
        }

        var lines = db.Messages.Where(m => m.ConversationId == conversationId);
        return await PageAsync(db, before is { } id ? lines.Where(m => m.Id < id) : lines, Math.Clamp(limit, 1, MaxPageSize), cancellationToken);
    }

    /// <summary>The lines after an id, oldest first.</summary>
    /// <returns>Null when there is no such conversation the caller may see; <c>More</c>: newer ones follow.</returns>
    public async Task<(IReadOnlyList<ThreadLine> Lines, bool More)?> AfterAsync(
        Caller caller, long conversationId, long after, int limit, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (!await MayReadAsync(db, caller, conversationId, cancellationToken))
        {
            return null;
        }

        var most = Math.Clamp(limit, 1, MaxPageSize);
        var newer = db.Messages.Where(m => m.ConversationId == conversationId && m.Id > after).OrderBy(m => m.Id).Take(most + 1);
        var lines = await ThreadLines.ReadAsync(db, newer, clock.GetUtcNow().UtcDateTime, cancellationToken);
        return ([.. lines.Take(most)], lines.Count > most);
    }

    /// <summary>
    /// The lines from <paramref name="firstId"/> to the newest: what an open screen shows, re-read. With more than
    /// <paramref name="limit"/> of them (at most <see cref="MaxOpenLines"/>) it is the newest, as in a first read.
    /// </summary>
    public async Task<ThreadPage?> FromAsync(
        Caller caller, long conversationId, long firstId, int limit, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (!await MayReadAsync(db, caller, conversationId, cancellationToken))
        {
            return null;
        }

        var lines = db.Messages.Where(m => m.ConversationId == conversationId && m.Id >= firstId);
        var page = await PageAsync(db, lines, Math.Clamp(limit, 1, MaxOpenLines), cancellationToken);
        var older = page.Before is not null
            || await db.Messages.AnyAsync(m => m.ConversationId == conversationId && m.Id < firstId, cancellationToken);
        return page with { Before = older ? page.Lines.Count > 0 ? page.Lines[0].Id : firstId : null };
    }

    /// <summary>Only these lines of the conversation, oldest first: what an open screen re-reads when it was told which ones changed.</summary>
    /// <returns>Null when there is no such conversation the caller may see.</returns>
    public async Task<IReadOnlyList<ThreadLine>?> LinesAsync(
        Caller caller, long conversationId, IReadOnlyCollection<long> messageIds, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (!await MayReadAsync(db, caller, conversationId, cancellationToken))
        {
            return null;
        }

        var lines = db.Messages.Where(m => messageIds.Contains(m.Id) && m.ConversationId == conversationId).OrderBy(m => m.Id);
        return await ThreadLines.ReadAsync(db, lines, clock.GetUtcNow().UtcDateTime, cancellationToken);
    }

    /// <returns>Null when unknown or not the caller's.</returns>
    public async Task<(long ConversationId, ThreadLine Line)?> FindByWamidAsync(
        Caller caller, string wamid, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var known = await db.Messages.Where(m => m.Wamid == wamid)
            .Select(m => new { m.Id, m.ConversationId, m.NumberId })
            .SingleOrDefaultAsync(cancellationToken);
        if (known is null || !caller.MaySeeNumber(known.NumberId))
        {
            return null;
        }

        var lines = await ThreadLines.ReadAsync(
            db, db.Messages.Where(m => m.Id == known.Id), clock.GetUtcNow().UtcDateTime, cancellationToken);
        return lines is [var line] ? (known.ConversationId, line) : null;
    }

    private static async Task<bool> MayReadAsync(WaConsoleDb db, Caller caller, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var number = await db.Conversations.Where(c => c.Id == conversationId)
            .Select(c => (long?)c.NumberId).SingleOrDefaultAsync(cancellationToken);
        return number is { } id && caller.MaySeeNumber(id);
    }

    private async Task<ThreadPage> PageAsync(
        WaConsoleDb db, IQueryable<Message> messages, int limit, CancellationToken cancellationToken)
    {
        var newest = messages.OrderByDescending(m => m.Id).Take(limit + 1);
        var lines = await ThreadLines.ReadAsync(db, newest, clock.GetUtcNow().UtcDateTime, cancellationToken);
        if (lines.Count <= limit)
        {
            return new ThreadPage([.. lines.Reverse()], null);
        }

        return new ThreadPage([.. lines.Take(limit).Reverse()], lines[limit - 1].Id);
    }
}
