using WaConsole.CloudApi;
using WaConsole.Core.Numbers;

namespace WaConsole.Core.Sending;

/// <summary>The one place where a message leaves: with a permit of the gate, spent here.</summary>
internal sealed class HandOver(CloudApiClient cloud, TimeProvider clock)
{
    /// <returns>Null when the permit had become too old: nothing was sent.</returns>
    public async Task<SendAccepted?> SendAsync(
        SendGate.SendPermit permit, Guid clientKey, NumberAccess number, OutboundMessage message, CancellationToken cancellationToken)
    {
        if (!permit.TryUse(clientKey, clock.GetUtcNow().UtcDateTime))
        {
            return null;
        }

        return await cloud.SendAsync(
            number.Account.ForCalls(), number.PhoneNumberId, message with { CallbackData = message.CallbackData ?? clientKey.ToString("N") }, cancellationToken);
    }
}
