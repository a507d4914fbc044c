using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Insight;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

public sealed class UpgradeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EveryDatabase]
    public async Task A_database_of_the_first_migration_is_brought_up_to_date_with_its_messages(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = null });
        await core.WithDbAsync(async db =>
        {
            await db.Database.EnsureDeletedAsync(Token);
            await db.GetService<IMigrator>().MigrateAsync("Initial", Token);
            await WriteFirstRowsAsync(db);
        });
        Assert.NotEmpty(await core.WithDbAsync(db => db.Database.GetPendingMigrationsAsync(Token)));

        await core.Get<MigrateDatabase>().RunAsync(Token);

        Assert.Empty(await core.WithDbAsync(db => db.Database.GetPendingMigrationsAsync(Token)));
        var found = await core.Get<ListInbox>().RunAsync(Caller.System, new InboxQuery { Search = "walnut" }, Token);
        Assert.Equal("Amina", Assert.Single(found.Rows).Name);
        var sums = await core.WithDbAsync(db => db.TemplateNameTallies.AsNoTracking().OrderBy(t => t.What).ToListAsync(Token));
        Assert.Equal(
            [("table_ready", Tallied.Sent, 2), ("table_ready", Tallied.Delivered, 1)],
            sums.Select(sum => (sum.Name, sum.What, sum.Amount)));
    }

    /// <summary>By the columns of the first migration, which no longer change: the model of today would write columns it has not.</summary>
    private static async Task WriteFirstRowsAsync(WaConsoleDb db)
    {
        var at = new DateTime(2026, 11, 24, 9, 0, 0, DateTimeKind.Utc);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "BusinessAccounts" ("Id", "Name", "WhatsAppId", "PortfolioId", "AppId", "AppSecretProtected", "VerifyTokenProtected",
                "AccessTokenProtected", "GraphBaseAddress", "ApiVersion", "IsSimulated", "CreatedAtUtc")
            VALUES (1, 'Shop', '101', '102', '103', '', '', '', 'http://127.0.0.1:9', 'v25.0', {false}, {at})
            """, Token);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Numbers" ("Id", "BusinessAccountId", "PhoneNumberId", "DisplayPhoneNumber", "Name", "Environment", "Throughput", "Quality",
                "Status", "ReadReceipts", "ShowTyping", "CreatedAtUtc")
            VALUES (1, 1, '104', '', 'Shop', 0, 80, 'GREEN', 'CONNECTED', 0, {false}, {at})
            """, Token);
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Contacts" ("Id", "ProfileName", "SearchText", "CreatedAtUtc") VALUES (1, 'Amina', 'amina', {at})""", Token);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Conversations" ("Id", "ContactId", "NumberId", "Status", "UnreadCount", "LastActivityAtUtc", "LastPreview", "LastKind",
                "LastDirection", "LastStatus", "WindowExpiryAnnounced", "OwnedElsewhere", "CreatedAtUtc")
            VALUES (1, 1, 1, 1, 1, {at}, '', 1, 1, 0, {true}, {false}, {at})
            """, Token);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Messages" ("Id", "ConversationId", "NumberId", "Direction", "Kind", "Text", "Status", "SentAtUtc", "CreatedAtUtc", "Forwarded",
                "TemplateName", "TemplateLanguage")
            VALUES (1, 1, 1, 1, 1, 'Where is my walnut table?', 0, {at}, {at}, {false}, NULL, NULL),
                (2, 1, 1, 2, 11, 'It is ready.', 4, {at}, {at}, {false}, 'table_ready', 'en'),
                (3, 1, 1, 2, 11, 'Ist fertig.', 7, {at}, {at}, {false}, 'table_ready', 'de')
            """, Token);
    }
}
