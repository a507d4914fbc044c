using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Countries;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Sending;

/// <summary><see cref="PeoplePerDay"/>: how many people WhatsApp lets the portfolio reach outside their window in a day, -1 for any number, null while unknown.</summary>
public sealed record AccountGate(long AccountId, string Name, GateSettings Settings, int? PeoplePerDay, int ReachedToday);

/// <summary>The rules of sending of each account, with how much of WhatsApp's own limit is used.</summary>
public sealed class ReadGateSettings(Store store, TimeProvider clock)
{
    /// <summary>ISO codes of the countries a rule can be for.</summary>
    public static IReadOnlyList<string> Countries { get; } = [.. CountryZones.Countries];

    public async Task<IReadOnlyList<AccountGate>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var accounts = await db.BusinessAccounts.AsNoTracking().OrderBy(a => a.Name).ThenBy(a => a.Id).ToListAsync(cancellationToken);
        List<AccountGate> gates = [];
        foreach (var account in accounts)
        {
            var reached = await PortfolioUse.CountAsync(db, account.PortfolioId, clock.GetUtcNow().UtcDateTime, cancellationToken);
            gates.Add(new AccountGate(account.Id, account.Name, GateSettings.Of(account), account.MessagingLimit, reached));
        }

        return gates;
    }
}
