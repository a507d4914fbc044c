using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Numbers;

public sealed class AccountDirectoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task What_was_changed_while_it_was_read_is_read_again(DatabaseProvider provider)
    {
        var sql = new FailingSql();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Services = sql.AddTo });
        var directory = core.Get<AccountDirectory>();
        await core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.ApiVersion, "v1.0"), Token));
        directory.Forget();

        // The accounts were read, and the numbers are about to be.
        sql.With = text =>
        {
            if (text.Contains("FROM \"Numbers\"", StringComparison.Ordinal))
            {
                sql.With = _ => null;
                directory.Forget();
            }

            return null;
        };
        Assert.Equal("v1.0", Assert.Single(await directory.AccountsAsync(Token)).ApiVersion);
        await core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.ApiVersion, "v2.0"), Token));

        Assert.Equal("v2.0", Assert.Single(await directory.AccountsAsync(Token)).ApiVersion);
    }
}
