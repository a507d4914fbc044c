using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

public sealed class DatabaseTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_new_database_has_every_migration(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);

        var missing = await core.WithDbAsync(async db => (await db.Database.GetPendingMigrationsAsync()).ToList());

        Assert.Empty(missing);
    }

    [Theory]
    [EveryDatabase]
    public async Task Secrets_of_an_account_are_not_readable_in_the_database(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);

        var account = await core.WithDbAsync(db => db.BusinessAccounts.AsNoTracking().SingleAsync());

        Assert.DoesNotContain(TestAccount.AccessToken, account.AccessTokenProtected, StringComparison.Ordinal);
        Assert.DoesNotContain(TestAccount.AppSecret, account.AppSecretProtected, StringComparison.Ordinal);
        Assert.DoesNotContain(TestAccount.VerifyToken, account.VerifyTokenProtected, StringComparison.Ordinal);
    }

    [Theory]
    [EveryDatabase]
    public async Task Connecting_an_account_twice_changes_it_and_adds_nothing(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);

        var again = await core.Get<ConnectAccount>().RunAsync(
            Caller.System, TestAccount.Settings(new Uri("http://127.0.0.1:10")), CancellationToken.None);

        Assert.Equal(core.AccountId, again);
        Assert.Equal(2, await core.WithDbAsync(db => db.Numbers.CountAsync()));
        Assert.Equal("http://127.0.0.1:10", await core.WithDbAsync(db => db.BusinessAccounts.Select(a => a.GraphBaseAddress).SingleAsync()));
    }
}
