using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Numbers;

/// <summary>Connects the account of the configuration at start; the host runs it after the migrations. Nothing happens when none is configured.</summary>
public sealed class ConnectConfiguredAccount(Store store, ConnectAccount connect, IOptions<WhatsAppOptions> options)
{
    /// <returns>Our id of the account; null when none is configured.</returns>
    public async Task<long?> RunAsync(CancellationToken cancellationToken)
    {
        var given = options.Value;
        if (!given.IsConfigured)
        {
            return null;
        }

        var phoneNumberId = given.PhoneNumberId!.Trim();
        await using var db = await store.OpenAsync(cancellationToken);
        var known = await db.Numbers.AsNoTracking().SingleOrDefaultAsync(n => n.PhoneNumberId == phoneNumberId, cancellationToken);
        var accountId = given.BusinessAccountId!.Trim();
        return await connect.RunAsync(
            Caller.System,
            new AccountSettings(
                "WhatsApp", accountId, given.GraphBaseAddress, given.ApiVersion, given.AppId!.Trim(), given.AppSecret!.Trim(),
                string.IsNullOrWhiteSpace(given.PreviousAppSecret) ? null : given.PreviousAppSecret.Trim(),
                given.VerifyToken!.Trim(), given.AccessToken!.Trim(), IsSimulated: false,
                [new NumberSettings(phoneNumberId, known?.DisplayPhoneNumber ?? "", known?.Name ?? phoneNumberId, NumberEnvironment.Production)]),
            cancellationToken);
    }
}
