using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Insight;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>The list of templates as its screen asks for it: 6,000 templates, 150 names in 40 languages, on a new database.</summary>
internal sealed record TemplatesRun(DatabaseProvider Database, int Rounds)
{
    private const int Names = 150;
    private const int Languages = 40;

    private static readonly string[] Words = ["order", "boots", "ready", "Größe", "entrega", "الطلب", "तैयार", "spring", "code", "appointment", "welcome", "back"];

    /// <returns>Null when the words are not understood.</returns>
    public static TemplatesRun? Read(ReadOnlySpan<string> words)
    {
        var run = new TemplatesRun(DatabaseProvider.Sqlite, 60);
        for (var at = 0; at < words.Length; at += 2)
        {
            var value = at + 1 < words.Length ? words[at + 1] : "";
            switch (words[at])
            {
                case "--database" when Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database):
                    run = run with { Database = database };
                    break;
                case "--rounds" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0:
                    run = run with { Rounds = rounds };
                    break;
                default:
                    return null;
            }
        }

        return run;
    }

    /// <returns>1 when a question's p95 was 100 ms or more.</returns>
    public async Task<int> RunAsync()
    {
        await using var core = await CoreHost.StartAsync(Database);
        await core.WithDbAsync(db => FillAsync(db, core.AccountId));
        await core.WithDbAsync(db => TallyAsync(db, core.NumberId));
        var find = core.Get<FindTemplates>();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Names * Languages} templates, {Names} names, {Languages} languages, {Database}"));
        var slowest = 0d;
        foreach (var (name, query) in (IEnumerable<(string, TemplateQuery)>)
        [
            ("list", new TemplateQuery()),
            ("filter, status", new TemplateQuery(Status: "REJECTED")),
            ("filter, all of them", new TemplateQuery(core.AccountId, "APPROVED", "UTILITY", "GREEN", "l07")),
            ("search, common", new TemplateQuery(Search: "boots")),
            ("search, one name", new TemplateQuery(Search: "name_0149")),
            ("search, Arabic", new TemplateQuery(Search: "الطلب")),
            ("search, nothing", new TemplateQuery(Search: "no such words")),
            ("unused for 90 days", new TemplateQuery { Unused = true }),
        ])
        {
            slowest = Math.Max(slowest, await MeasureAsync(name, () => find.RunAsync(Caller.System, query, CancellationToken.None)));
        }

        var page = await find.RunAsync(Caller.System, new TemplateQuery(), CancellationToken.None);
        slowest = Math.Max(slowest, await MeasureAsync("list, page 2", () => find.RunAsync(Caller.System, new TemplateQuery(After: page.Next), CancellationToken.None)));
        slowest = Math.Max(slowest, await MeasureAsync("what the filters offer", () => find.FactsAsync(Caller.System, null, CancellationToken.None)));
        var insight = core.Get<ReadTemplateInsight>();
        var one = page.Families[0].Languages[0].Id;
        slowest = Math.Max(slowest, await MeasureAsync("insight, 90 days", () => insight.RunAsync(Caller.System, one, 90, CancellationToken.None)));
        return slowest < 100 ? 0 : 1;
    }

    /// <summary>Ninety days on which every template was sent, delivered and read: what 10 million messages leave behind at most.</summary>
    private static async Task TallyAsync(WaConsoleDb db, long numberId)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await using var transaction = await db.Database.BeginTransactionAsync();
        for (var ago = 0; ago < 90; ago++)
        {
            var day = today.AddDays(-ago);
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "TemplateTallies" ("Name", "Language", "What", "Day", "NumberId", "Detail", "Amount")
                SELECT t."Name", t."Language", w.what, {day}, {numberId}, '', 18
                FROM "Templates" t CROSS JOIN (SELECT 1 AS what UNION ALL SELECT 2 UNION ALL SELECT 3) w
                """);
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "TemplateNameTallies" ("Name", "What", "Day", "NumberId", "Amount")
            SELECT "Name", "What", "Day", "NumberId", sum("Amount") FROM "TemplateTallies" GROUP BY "Name", "What", "Day", "NumberId"
            """);
        await db.Templates.Where(t => t.Id % 10 != 0).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedOn, today));
        await transaction.CommitAsync();
    }

    private async Task<double> MeasureAsync(string name, Func<Task> ask)
    {
        await ask();
        var times = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.GetTimestamp();
            await ask();
            times[round] = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        }

        Array.Sort(times);
        var p95 = times[Math.Min(Rounds - 1, (int)Math.Ceiling(Rounds * 0.95) - 1)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-24} p50 {times[Rounds / 2],6:0.0}   p95 {p95,6:0.0}   max {times[^1],6:0.0} ms"));
        return p95;
    }

    private static async Task FillAsync(WaConsoleDb db, long account)
    {
        var random = new Random(7);
        for (var name = 0; name < Names; name++)
        {
            for (var language = 0; language < Languages; language++)
            {
                var components = Components(random);
                var title = string.Create(CultureInfo.InvariantCulture, $"name_{name:0000}");
                db.Templates.Add(new Template
                {
                    BusinessAccountId = account,
                    WhatsAppId = string.Create(CultureInfo.InvariantCulture, $"{(name * Languages) + language}"),
                    Name = title,
                    Language = string.Create(CultureInfo.InvariantCulture, $"l{language:00}"),
                    Status = random.Next(20) switch { 0 => "REJECTED", 1 => "PENDING", 2 => "PAUSED", _ => "APPROVED" },
                    Category = name % 3 == 0 ? "MARKETING" : "UTILITY",
                    Quality = random.Next(3) switch { 0 => "GREEN", 1 => "YELLOW", _ => "UNKNOWN" },
                    ComponentsJson = components,
                    SearchText = TemplateSearchText.Of(title, components),
                });
            }

            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }

    private static string Components(Random random) => JsonSerializer.Serialize(new object[]
    {
        new { type = "BODY", text = string.Join(' ', Enumerable.Range(0, 70).Select(_ => Words[random.Next(Words.Length)])) },
        new { type = "FOOTER", text = "Reply STOP to opt out" },
        new { type = "BUTTONS", buttons = new[] { new { type = "QUICK_REPLY", text = "On my way" } } },
    });
}
