using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>Header and right panel of one conversation.</summary>
public sealed record ConversationView(
    long Id,
    long ContactId,
    string Name,
    string? ProfileName,
    string? Phone,
    string? Username,
    string? UserId,
    string? Country,
    DateTime ContactSinceUtc,
    DateTime? OptedOutAtUtc,
    string? OptedOutReason,
    DateTime? IdentityChangedAtUtc,
    long NumberId,
    string NumberName,
    string NumberDisplay,
    NumberEnvironment Environment,
    long BusinessAccountId,
    ReadReceiptPolicy ReadReceipts,
    ConversationStatus Status,
    DateTime? SnoozedUntilUtc,
    long? AssigneeId,
    string? AssigneeName,
    int Unread,
    long? FirstUnreadMessageId,
    DateTime? WaitingSinceUtc,
    WindowView Window,
    MessageContent.Referral? Referral,
    bool OwnedElsewhere,
    string? SendingStopped,
    IReadOnlyList<FileView> Files);

/// <summary>A file of the conversation, newest first, at most twelve.</summary>
public sealed record FileView(long MediaFileId, Guid Key, MessageKind Kind, string FileName, string MimeType, long SizeBytes);

public sealed class ReadConversation(Store store, WhatsAppClock whatsApp)
{
    /// <returns>Null when there is none the caller may see: existence is not told.</returns>
    public Task<ConversationView?> RunAsync(Caller caller, long conversationId, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
