using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace WaConsole.Core.Team;

public sealed record DemoAccount(string Email, string Name, Role Role);

/// <summary>Makes the demo accounts that are missing. Refuses where they may not sign in anyway.</summary>
public sealed class SeedDemoAccounts(IServiceScopeFactory scopes, DemoMode demo, TimeProvider clock)
{
    public static readonly IReadOnlyList<DemoAccount> Accounts =
    [
        new("ana@demo.local", "Ana Marković", Role.Agent),
        new("jonas@demo.local", "Jonas Weber", Role.Agent),
        new("mira@demo.local", "Mira Costa", Role.Marketer),
        new("admin@demo.local", "Alex Admin", Role.Admin),
    ];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!demo.Allowed)
        {
            throw new InvalidOperationException("Demo accounts need the simulator, a loopback listener and no proxy.");
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Agent>>();
        foreach (var account in Accounts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await users.FindByEmailAsync(account.Email) is null)
            {
                var agent = NewAgent.Of(account.Email, account.Name, account.Role, clock);
                agent.IsDemo = true;
                (await users.CreateAsync(agent, DemoMode.Password)).MustSucceed();
            }
        }
    }
}
