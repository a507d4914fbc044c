using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

public sealed class UpgradeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EveryDatabase]
    public async Task A_database_of_the_first_migration_is_brought_up_to_date_with_its_messages(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var body = WebhookBodies.Text("4917155512345", "Amina", "wamid.upgrade", "Where is my walnut table?");
        Assert.Equal(AcceptOutcome.Stored, await core.Get<AcceptDelivery>().RunAsync(body, TestAccount.Sign(body), Token));
        Assert.True(await core.Get<HandleDeliveries>().RunOnceAsync(Token));
        await core.WithDbAsync(db => db.GetService<IMigrator>().MigrateAsync("Initial", Token));
        Assert.NotEmpty(await core.WithDbAsync(db => db.Database.GetPendingMigrationsAsync(Token)));

        await core.Get<MigrateDatabase>().RunAsync(Token);

        Assert.Empty(await core.WithDbAsync(db => db.Database.GetPendingMigrationsAsync(Token)));
        var found = await core.Get<ListInbox>().RunAsync(Caller.System, new InboxQuery { Search = "walnut" }, Token);
        Assert.Equal("Amina", Assert.Single(found.Rows).Name);
    }
}
