using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

[CollectionDefinition(nameof(PlanHosts))]
public sealed class PlanHostsCollection : ICollectionFixture<PlanHosts>;

/// <summary>
/// A database of each kind with 100,000 conversations, messages, parked items, bodies and marks, written by the database itself and analysed.
/// One conversation more, <see cref="Long"/>, has 10,000 messages, of which two are orders and twenty were charged.
/// </summary>
public sealed class PlanHosts : IAsyncDisposable
{
    public const int Rows = 100_000;

    /// <summary>The conversation of 10,000 messages.</summary>
    public const long Long = 6_001;

    private readonly Dictionary<DatabaseProvider, CoreHost> _hosts = [];

    internal SeenSql Seen { get; } = new();

    public async Task<CoreHost> GetAsync(DatabaseProvider provider)
    {
        if (!_hosts.TryGetValue(provider, out var host))
        {
            host = _hosts[provider] = await SeenSql.StartAsync(provider, Seen);
            await host.WithDbAsync(db => FillAsync(db, host.NumberId));
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values)
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>A tenth is open, a twentieth waits and has unread messages, one in a hundred belongs to the second number.</summary>
    private static async Task FillAsync(WaConsoleDb db, long number)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(2));
        string At(string minutes) => db.Database.IsSqlite()
            ? $"strftime('%Y-%m-%d %H:%M:%S', 'now', ({minutes}) || ' minutes')"
            : $"now() + ({minutes}) * interval '1 minute'";

        var (no, yes) = db.Database.IsSqlite() ? ("0", "1") : ("false", "true");
        var rows = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})";
        await RunAsync(
            $"""
             {rows} INSERT INTO "Contacts" ("Id", "ProfileName", "SearchText", "CreatedAtUtc")
             SELECT i, 'Customer ' || i, 'customer ' || i, {At("-i")} FROM n
             """);
        await RunAsync(
            $"""
             {rows} INSERT INTO "Conversations" ("Id", "ContactId", "NumberId", "Status", "AssigneeId", "UnreadCount", "LastActivityAtUtc", "LastPreview",
                 "LastKind", "LastDirection", "LastStatus", "WaitingSinceUtc", "WindowExpiresAtUtc", "WindowExpiryAnnounced", "OwnedElsewhere", "CreatedAtUtc")
             SELECT i, i, {number} + CASE WHEN i % 100 = 0 THEN 1 ELSE 0 END, CASE WHEN i % 10 < 7 THEN 4 ELSE i % 10 - 6 END,
                 CASE WHEN i / 10 % 30 < 10 THEN NULL ELSE i / 10 % 30 END, CASE WHEN i % 20 = 7 THEN 2 ELSE 0 END, {At($"i - {Rows}")}, '',
                 1, 1, 0, CASE WHEN i % 20 = 7 THEN {At($"i - {Rows}")} END, {At($"i - {Rows - 5_000}")}, {yes}, {no}, {At($"i - {Rows}")} FROM n
             """);
        await RunAsync(
            $"""
             {rows} INSERT INTO "Messages" ("Id", "ConversationId", "NumberId", "Direction", "Kind", "Text", "Status", "SentAtUtc", "CreatedAtUtc", "Forwarded")
             SELECT i, 1 + i % 5000, {number}, 1, 1, CASE WHEN i % 3 = 0 THEN 'order ' ELSE 'thanks ' END || i || CASE WHEN i % 4999 = 9 THEN ' needle' ELSE '' END, 0,
                 {At($"i - {Rows}")}, {At($"i - {Rows}")}, {no} FROM n
             """);
        await RunAsync(
            $"""
             {rows} INSERT INTO "Messages" ("Id", "ConversationId", "NumberId", "Direction", "Kind", "Text", "Status", "SentAtUtc", "CreatedAtUtc", "Forwarded",
                 "PricingCategory", "PricingType")
             SELECT -i, {Long}, {number}, 2, CASE WHEN i % 4000 = 0 THEN 11 ELSE 1 END, '', 0, {At($"i - {Rows}")}, {At($"i - {Rows}")}, {no},
                 'utility', CASE WHEN i % 500 = 0 THEN 'regular' ELSE 'free_customer_service' END FROM n WHERE i <= 10000
             """);
        await FillIntakeAsync(rows, RunAsync, At, db.Database.IsSqlite() ? "X'7B7D'" : @"'\x7b7d'");
        await RunAsync(db.Database.IsSqlite() ? "ANALYZE" : "VACUUM (ANALYZE)");

        Task<int> RunAsync(string sql) => db.Database.ExecuteSqlRawAsync(sql);
    }

    /// <summary>Items that wait for a message that never came, bodies and marks; a hundred bodies and marks are too old to keep.</summary>
    private static async Task FillIntakeAsync(string rows, Func<string, Task<int>> run, Func<string, string> at, string body)
    {
        var age = $"CASE WHEN i <= 100 THEN -60 * 24 * 60 ELSE i - {Rows} END";
        await run(
            $"""
             {rows} INSERT INTO "ParkedItems" ("Id", "BusinessAccountId", "Wamid", "ItemHash", "Body", "ParkedAtUtc", "ExpiresAtUtc")
             SELECT i, 1, 'wamid.absent.' || i, 'parked ' || i, {body}, {at("-i / 100")}, {at("10000 - i / 100")} FROM n
             """);
        await run(
            $"""
             {rows} INSERT INTO "Deliveries" ("Id", "Body", "BusinessAccountId", "ReceivedAtUtc", "State", "ItemCount", "NextItem", "ProcessedAtUtc")
             SELECT i, {body}, 1, {at(age)}, 1, 1, 1, {at(age)} FROM n
             """);
        await run($"""{rows} INSERT INTO "HandledItems" ("ItemHash", "HandledAtUtc") SELECT 'mark ' || i, {at(age)} FROM n""");
    }
}
