using WaConsole.CloudApi;
using WaConsole.Core.Numbers;

namespace WaConsole.Core.Sending;

/// <summary>The one place where a message leaves: with a permit of the gate, spent here.</summary>
internal sealed class HandOver(CloudApiClient cloud, TimeProvider clock)
{
    public Task<SendAccepted> SendAsync(
        SendGate.SendPermit permit, Guid clientKey, NumberAccess number, OutboundMessage message, CancellationToken cancellationToken)
    {
        permit.Use(clientKey, clock.GetUtcNow().UtcDateTime);
        return cloud.SendAsync(
            number.Account.ForCalls(), number.PhoneNumberId, message with { CallbackData = clientKey.ToString("N") }, cancellationToken);
    }
}
