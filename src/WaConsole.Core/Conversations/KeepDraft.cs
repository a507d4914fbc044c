using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

public sealed record DraftView(string Text, IReadOnlyList<DraftFile> Files, long? ReplyToMessageId);

public sealed record DraftFile(long MediaFileId, Guid Key, string FileName, string MimeType, long SizeBytes);

/// <summary>What a person typed and has not sent, kept on the server per conversation and person: it survives reload and another device.</summary>
public sealed class KeepDraft(Store store, TimeProvider clock)
{
    public const int MaxTextLength = 20_000;

    public Task<DraftView> ReadAsync(Caller caller, long conversationId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>An empty draft is deleted. Text is cut at <see cref="MaxTextLength"/>.</summary>
    public Task SaveAsync(
        Caller caller, long conversationId, string text, IReadOnlyList<long> mediaFileIds, long? replyToMessageId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
