using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>Fills a database through the real schema: rows in bulk without indexes, then the indexes, then the search.</summary>
internal sealed record SeedRun(int Conversations, int Messages, DatabaseProvider Database, string? Connection)
{
    private const int Shown = 500_000;

    /// <returns>Null when the words are not understood.</returns>
    public static SeedRun? Read(ReadOnlySpan<string> words)
    {
        var run = new SeedRun(1_000_000, 10_000_000, DatabaseProvider.Sqlite, null);
        for (var at = 0; at < words.Length; at += 2)
        {
            var value = at + 1 < words.Length ? words[at + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            var isDatabase = Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database);
            switch (words[at])
            {
                case "--conversations" when isNumber:
                    run = run with { Conversations = number };
                    break;
                case "--messages" when isNumber:
                    run = run with { Messages = number };
                    break;
                case "--database" when isDatabase:
                    run = run with { Database = database };
                    break;
                case "--connection" when value.Length > 0:
                    run = run with { Connection = value };
                    break;
                default:
                    return null;
            }
        }

        return run.Messages >= run.Conversations ? run : null;
    }

    public async Task<int> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        await using var core = await SeededCore.OpenAsync(Database, Connection);
        await using var db = await core.Get<Store>().OpenAsync(CancellationToken.None);
        if (await db.Conversations.AnyAsync())
        {
            await Console.Error.WriteLineAsync("This database has conversations already: seed an empty one.");
            return 1;
        }

        var people = await SeedTeam.WriteAsync(core);
        var world = new SeedWorld(Conversations, Messages, people, core.Get<TimeProvider>().GetUtcNow().UtcDateTime);
        await using var bulk = await BulkLoad.StartAsync(db);
        Say(clock, "schema ready, indexes taken away");

        await using (var messages = await bulk.TableAsync<Message>())
        {
            var written = 0;
            foreach (var message in world.Messages())
            {
                await messages.AddAsync(message);
                if (++written % Shown == 0)
                {
                    Say(clock, $"{written:N0} messages");
                }
            }

            await messages.EndAsync();
        }

        await WriteAsync(bulk, world.Contacts());
        await WriteAsync(bulk, world.Identifiers());
        await WriteAsync(bulk, world.Conversations());
        await WriteAsync(bulk, world.MediaFiles());
        await WriteAsync(bulk, world.Reactions());
        await WriteAsync(bulk, world.Labels());
        await WriteAsync(bulk, world.ConversationLabels());
        Say(clock, "all rows written");

        await bulk.EndAsync(step => Say(clock, step));
        Say(clock, $"{Conversations:N0} conversations and {Messages:N0} messages are in {core.Where}");
        return 0;
    }

    private static async Task WriteAsync<T>(BulkLoad bulk, IEnumerable<T> rows)
        where T : class
    {
        await using var table = await bulk.TableAsync<T>();
        foreach (var row in rows)
        {
            await table.AddAsync(row);
        }

        await table.EndAsync();
    }

    private static void Say(Stopwatch clock, FormattableString line) =>
        Say(clock, line.ToString(CultureInfo.InvariantCulture));

    private static void Say(Stopwatch clock, string line) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,7:0.0} s  {line}"));
}
