using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

/// <summary>Tests of several nodes rely on it: the first node to go must not take the database from under the others.</summary>
public sealed class SharedDatabaseTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task A_database_goes_with_the_last_host_that_works_on_it(DatabaseProvider provider)
    {
        Assert.SkipWhen(
            provider == DatabaseProvider.Postgres && !TestDatabase.PostgresIsThere,
            $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        await using var first = await CoreHost.StartAsync(provider);
        var second = await CoreHost.StartAsync(provider, new CoreHostOptions { RestartOf = first });

        await second.DisposeAsync();

        Assert.NotEqual(0, await first.WithDbAsync(db => db.Numbers.CountAsync()));
    }
}
