using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

public sealed class PreparedStatementTests
{
    [Fact]
    public async Task What_is_asked_often_is_planned_once()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Postgres);

        Assert.True(await PreparedAsync(core, "") > 0);
        Assert.Equal(0, await PreparedAsync(core, ";Max Auto Prepare=0"));
    }

    private static async Task<int> PreparedAsync(CoreHost core, string settings)
    {
        var token = TestContext.Current.CancellationToken;
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, new DatabaseOptions { Provider = DatabaseProvider.Postgres, ConnectionString = core.Database.ConnectionString + settings });
        await using var db = new WaConsoleDb(builder.Options);
        await db.Database.OpenConnectionAsync(token);
        for (var time = 0; time < 10; time++)
        {
            await db.Contacts.CountAsync(contact => contact.Id == time, token);
        }

        var names = await db.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM pg_prepared_statements").ToListAsync(token);
        return names.Count;
    }
}
