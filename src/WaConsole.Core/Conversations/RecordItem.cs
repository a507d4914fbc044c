using WaConsole.CloudApi;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>Sends an item of a conversation to the verb that records it.</summary>
internal static class RecordItem
{
    public static Task<Recorded> ApplyAsync(WaConsoleDb db, WebhookItem item, Reception at, CancellationToken cancellationToken) => item switch
    {
        StatusItem status => RecordStatus.ApplyAsync(db, status, at, cancellationToken),
        MessageItem { Kind: CloudApi.MessageKind.Reaction } reaction => RecordReaction.ApplyAsync(db, reaction, at, cancellationToken),
        MessageItem { Kind: CloudApi.MessageKind.Edit or CloudApi.MessageKind.Revoke } edit =>
            RecordEdit.ApplyAsync(db, edit, at, cancellationToken),
        InboundMessageItem { GroupId.Length: > 0 } message => ReceiveGroupMessage.ApplyAsync(db, message, at, cancellationToken),
        InboundMessageItem message => ReceiveMessage.ApplyAsync(db, message, at, cancellationToken),
        EchoItem echo => ReceiveEcho.ApplyAsync(db, echo, at, cancellationToken),
        _ => throw new ArgumentException("Not an item of a conversation.", nameof(item)),
    };
}
