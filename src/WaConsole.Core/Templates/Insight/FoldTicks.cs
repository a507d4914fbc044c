using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates.Insight;

/// <summary>
/// Adds the ticks up: a portion is taken and counted in one transaction, so each counts once, also when several nodes do it. Ticks have
/// no order and tallies are written in one.
/// </summary>
internal static class FoldTicks
{
    public const int Portion = 5_000;

    /// <returns>How many were counted.</returns>
    public static async Task<int> RunAsync(WaConsoleDb db, WriterLane lane, CancellationToken cancellationToken)
    {
        // Empty most of the time: nobody waits for the writer then.
        if (!await db.TemplateTicks.AnyAsync(cancellationToken))
        {
            return 0;
        }

        using var place = await lane.EnterForBatchAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ticks = await TakeAsync(db, cancellationToken);
        var changes = ticks
            .GroupBy(tick => (tick.Name, tick.Language, tick.What, tick.Day, tick.NumberId, tick.Detail))
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, Amount: group.Sum(tick => tick.Amount)))
            .Where(change => change.Amount != 0);
        foreach (var ((name, language, what, day, numberId, detail), amount) in changes)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "TemplateTallies" ("Name", "Language", "What", "Day", "NumberId", "Detail", "Amount")
                VALUES ({name}, {language}, {(int)what}, {day}, {numberId}, {detail}, {amount})
                ON CONFLICT ("Name", "Language", "What", "Day", "NumberId", "Detail")
                DO UPDATE SET "Amount" = "TemplateTallies"."Amount" + excluded."Amount"
                """,
                cancellationToken);
        }

        await SumByNameAsync(db, ticks, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        // Outside: a reading of the list holds many of these rows at once. What is missed by a crash here LastUses catches up.
        await MarkUsedAsync(db, ticks, cancellationToken);
        return ticks.Count;
    }

    private static Task<List<TemplateTick>> TakeAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        var taken = db.Database.IsNpgsql()
            ? db.TemplateTicks.FromSql(
                $"""
                DELETE FROM "TemplateTicks" WHERE "Id" IN (SELECT "Id" FROM "TemplateTicks" ORDER BY "Id" LIMIT {Portion} FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
            : db.TemplateTicks.FromSql(
                $"""DELETE FROM "TemplateTicks" WHERE "Id" IN (SELECT "Id" FROM "TemplateTicks" ORDER BY "Id" LIMIT {Portion}) RETURNING *""");
        return taken.AsNoTracking().ToListAsync(cancellationToken);
    }

    private static async Task SumByNameAsync(WaConsoleDb db, List<TemplateTick> ticks, CancellationToken cancellationToken)
    {
        var changes = ticks.Where(tick => TalliesOf.ByName.Contains(tick.What))
            .GroupBy(tick => (tick.Name, tick.What, tick.Day, tick.NumberId))
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, Amount: group.Sum(tick => tick.Amount)))
            .Where(change => change.Amount != 0);
        foreach (var ((name, what, day, numberId), amount) in changes)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "TemplateNameTallies" ("Name", "What", "Day", "NumberId", "Amount")
                VALUES ({name}, {(int)what}, {day}, {numberId}, {amount})
                ON CONFLICT ("Name", "What", "Day", "NumberId")
                DO UPDATE SET "Amount" = "TemplateNameTallies"."Amount" + excluded."Amount"
                """,
                cancellationToken);
        }
    }

    private static async Task MarkUsedAsync(WaConsoleDb db, List<TemplateTick> ticks, CancellationToken cancellationToken)
    {
        var used = ticks.Where(tick => tick.What == Tallied.Sent)
            .GroupBy(tick => (tick.Name, tick.Language, tick.NumberId))
            .OrderBy(group => group.Key)
            .Select(group => (group.Key, Day: group.Max(tick => tick.Day)));
        foreach (var ((name, language, numberId), day) in used)
        {
            await db.Templates
                .Where(t => t.Name == name && t.Language == language && (t.LastUsedOn == null || t.LastUsedOn < day)
                    && db.Numbers.Any(n => n.Id == numberId && n.BusinessAccountId == t.BusinessAccountId))
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedOn, day), cancellationToken);
        }
    }
}
