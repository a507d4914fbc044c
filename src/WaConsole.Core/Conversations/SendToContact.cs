using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>Exactly one of <see cref="Phone"/> (any usual spelling with country code) and <see cref="UserId"/> (business-scoped user id).</summary>
public sealed record FirstMessage(
    long NumberId, string? Phone, string? UserId, Guid ClientKey, ReplyContent Content, OutboxLane Lane = OutboxLane.Automation, string? RequestHash = null);

/// <summary>Sends to a person who may have no conversation yet: finds or makes contact and conversation, then asks the same gate.</summary>
public sealed class SendToContact(Store store, SendReply reply, TimeProvider clock)
{
    /// <summary>A phone number nobody can dial is refused with code invalid_phone.</summary>
    public Task<SendReplyOutcome> RunAsync(Caller caller, FirstMessage message, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
