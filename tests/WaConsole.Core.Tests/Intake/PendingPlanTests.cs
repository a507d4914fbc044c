using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Health;
using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>After a rush: the database took its statistics while everything was pending, and now nearly nothing is.</summary>
public sealed class PendingPlanTests
{
    private const int Rows = 50_000;

    [Theory, EveryDatabase]
    public async Task What_is_pending_is_found_without_walking_past_what_is_done(DatabaseProvider provider)
    {
        var seen = new SeenSql();
        await using var host = await SeenSql.StartAsync(provider, seen);
        await host.WithDbAsync(RushAsync);

        var plans = await seen.PlansAsync(host, async () =>
        {
            await host.Get<HandleDeliveries>().RunOnceAsync(CancellationToken.None);
            await host.Get<ReadIntake>().RunAsync(Caller.System, CancellationToken.None);
            await host.Get<WatchQueues>().LookAsync(CancellationToken.None);
        });

        var pending = plans.Where(plan => plan.Sql.Contains("\"State\" = 0", StringComparison.Ordinal) && plan.Sql.Contains("Deliveries", StringComparison.Ordinal)).ToList();
        Assert.True(pending.Count >= 5, $"{pending.Count} questions for what is pending");
        Assert.All(pending, plan =>
        {
            if (provider == DatabaseProvider.Sqlite)
            {
                Assert.DoesNotMatch("SCAN (?!CONSTANT)", plan.Text);
            }
            else
            {
                Assert.InRange(plan.MostRows, 0, 100);
            }
        });
    }

    private static async Task RushAsync(WaConsoleDb db)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(2));
        var (body, now) = db.Database.IsSqlite() ? ("X'7B7D'", "strftime('%Y-%m-%d %H:%M:%S', 'now')") : (@"'\x7b7d'", "now()");
        await RunAsync(
            $"""
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows})
             INSERT INTO "Deliveries" ("Id", "Body", "BusinessAccountId", "ReceivedAtUtc", "State", "ItemCount", "NextItem")
             SELECT i, {body}, 1, {now}, 0, 0, 0 FROM n
             """);
        if (db.Database.IsNpgsql())
        {
            await RunAsync("""ALTER TABLE "Deliveries" SET (autovacuum_enabled = false)""");
            await RunAsync("""ANALYZE "Deliveries" """);
        }

        await RunAsync($"""UPDATE "Deliveries" SET "State" = 1, "ItemCount" = 1, "NextItem" = 1, "ProcessedAtUtc" = {now} WHERE "Id" < {Rows}""");
        if (db.Database.IsNpgsql())
        {
            // The index keeps the rows as they were before until it is cleaned, and a scan counts them; while another database of the server
            // is written to, a reader may not clean it on its way.
            await RunAsync("""VACUUM "Deliveries" """);
        }

        Task<int> RunAsync(string sql) => db.Database.ExecuteSqlRawAsync(sql);
    }
}
