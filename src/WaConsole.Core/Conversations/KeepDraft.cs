using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary><see cref="ReplyTo"/> is the message the draft answers, null when it answers none or the message is gone.</summary>
public sealed record DraftView(string Text, IReadOnlyList<DraftFile> Files, QuotedLine? ReplyTo);

/// <summary><see cref="SendAs"/> is the kind the file can be sent as, by the rule of StoreUpload.</summary>
public sealed record DraftFile(long MediaFileId, Guid Key, string FileName, string MimeType, long SizeBytes, MessageKind SendAs);

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
