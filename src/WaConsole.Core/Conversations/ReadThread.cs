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
    bool MaySendAgain);

/// <summary>Path of the bytes: /media/{Key}. Width and height in pixels when known.</summary>
public sealed record MediaView(
    long Id, Guid Key, MediaState State, string MimeType, long SizeBytes, string FileName, int? Width, int? Height, string? Failure);

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

    /// <returns>Null when there is no such conversation the caller may see.</returns>
    public Task<ThreadPage?> RunAsync(
        Caller caller, long conversationId, long? before, int limit, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>The lines from <paramref name="firstId"/> to the newest: what an open screen shows, re-read.</summary>
    public Task<ThreadPage?> FromAsync(
        Caller caller, long conversationId, long firstId, int limit, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <returns>Null when unknown or not the caller's.</returns>
    public Task<(long ConversationId, ThreadLine Line)?> FindByWamidAsync(Caller caller, string wamid, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
