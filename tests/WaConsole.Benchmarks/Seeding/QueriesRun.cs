using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>
/// What a screen asks, on a database that `seed` filled: server time of the verbs in this process, without HTTP and drawing. Each group is
/// run once to warm up, then measured.
/// </summary>
internal sealed record QueriesRun(DatabaseProvider Database, string? Connection, int Rounds)
{
    private static readonly InboxSort[] Sorts = Enum.GetValues<InboxSort>();

    private static readonly ConversationStatus?[] Statuses = [.. Enum.GetValues<ConversationStatus>().Select(status => (ConversationStatus?)status), null];

    /// <summary>Written down, so that every run asks the same: how often a word of this kind occurs in ten million lines stands before it.</summary>
    private static readonly (string Kind, string[] Texts)[] Searches =
    [
        ("common", ["order", "the", "delivery", "thanks", "pedido", "please", "hello", "सीता", "заказ", "ord"]),
        ("medium", ["walnut", "customs", "reschedule", "warranty", "assembly", "speditione", "ההזמנה", "सलाम", "saber", "appoint"]),
        ("rare", ["AO-4711", "AO-8053775", "perzorlo", "elbelhal", "taselinper", "quiquila", "no such word", "zorxanya", "hinelsel", "AO-99"]),
        ("mixed", ["order walnut", "delivery perzorlo", "thanks order please", "warranty customs", "my order AO-1234", "hello AO-8053775", "pedido chegou", "broken lamp", "gift wrap", "price size color"]),
        ("people", ["maria", "amina said", "prado", "佐藤", "493", "user.1a2b", "49171", "10012345", "o'brien", "שלום"]),
    ];

    /// <returns>Null when the words are not understood.</returns>
    public static QueriesRun? Read(ReadOnlySpan<string> words)
    {
        var run = new QueriesRun(DatabaseProvider.Sqlite, null, 3);
        for (var at = 0; at < words.Length; at += 2)
        {
            var value = at + 1 < words.Length ? words[at + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            var isDatabase = Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database);
            switch (words[at])
            {
                case "--database" when isDatabase:
                    run = run with { Database = database };
                    break;
                case "--connection" when value.Length > 0:
                    run = run with { Connection = value };
                    break;
                case "--rounds" when isNumber:
                    run = run with { Rounds = number };
                    break;
                default:
                    return null;
            }
        }

        return run;
    }

    public async Task<int> RunAsync()
    {
        await using var core = await SeededCore.OpenAsync(Database, Connection);
        var inbox = core.Get<ListInbox>();
        var threads = core.Get<ReadThread>();
        var (callers, numbers, conversations) = await FindAsync(core);
        Console.WriteLine($"{core.Where}, {Database}");

        foreach (var sort in Sorts)
        {
            await MeasureAsync($"list, {sort}", Pages(inbox, callers, numbers, sort));
        }

        foreach (var label in await LabelsAsync(core))
        {
            await MeasureAsync($"list, label {label.Name}", Sorts.SelectMany(sort => Pages(inbox, [callers[0]], [null], sort, label.Id)));
        }

        await MeasureAsync("list, of one agent", Sorts.SelectMany(sort => Statuses.Select(status => ($"{sort}, {status?.ToString() ?? "every status"}", (Func<Task<bool>>)(async () =>
            (await inbox.RunAsync(callers[0], new InboxQuery(Status: status, Sort: sort, AssigneeId: callers[1].AgentId), CancellationToken.None)).Cut == InboxCut.None)))));
        await MeasureAsync("list, a caller of two numbers", Pages(inbox, [callers[0] with { Numbers = numbers.OfType<long>().ToHashSet() }], [null], InboxSort.Newest));
        await MeasureAsync("counts of the tabs", Mixes(callers, numbers).Select(mix => (mix.ToString(), (Func<Task<bool>>)(async () =>
            await inbox.CountAsync(mix.Caller, mix.Query, CancellationToken.None) is not null))));
        await MeasureAsync("thread, newest page", conversations.Select(id => (id.ToString(CultureInfo.InvariantCulture), (Func<Task<bool>>)(async () =>
            await threads.RunAsync(callers[0], id, null, ReadThread.PageSize, CancellationToken.None) is not null))));
        List<(double Milliseconds, string What)> mix = [];
        foreach (var (kind, texts) in Searches)
        {
            mix.AddRange(await MeasureAsync($"search, {kind}", texts.SelectMany(text => Search(inbox, callers[0], text))));
        }

        mix.Sort();
        Print("search, all of them", mix, "");
        Console.WriteLine("searches over 100 ms at p50: " + string.Join("; ", mix.GroupBy(time => time.What).Select(asked => (What: asked.Key, Times: asked.Order().ToList()))
            .Select(asked => (asked.What, At: At(asked.Times, 0.5))).Where(asked => asked.At > 100).OrderByDescending(asked => asked.At)
            .Select(asked => string.Create(CultureInfo.InvariantCulture, $"{asked.What} {asked.At:0} ms")).DefaultIfEmpty("none")));
        return 0;
    }

    private static IEnumerable<(string, Func<Task<bool>>)> Search(ListInbox inbox, Caller caller, string text)
    {
        foreach (var status in (ConversationStatus?[])[null, ConversationStatus.Open])
        {
            yield return ($"{text} ({status?.ToString() ?? "all"})", async () =>
                (await inbox.RunAsync(caller, new InboxQuery(Status: status, Search: text), CancellationToken.None)).Cut != InboxCut.TooSlow);
        }
    }

    /// <summary>The first page, the second, and back.</summary>
    private static IEnumerable<(string, Func<Task<bool>>)> Pages(
        ListInbox inbox, IReadOnlyList<Caller> callers, IReadOnlyList<long?> numbers, InboxSort sort, long? label = null)
    {
        foreach (var mix in Mixes(callers, numbers))
        {
            var query = mix.Query with { Sort = sort, LabelId = label };
            string? next = null;
            yield return ($"{sort}, {mix}", async () =>
            {
                var page = await inbox.RunAsync(mix.Caller, query, CancellationToken.None);
                next = page.Next;
                return page.Cut == InboxCut.None;
            }
            );
            yield return ($"{sort}, {mix}, page 2", async () =>
                next is null || (await inbox.RunAsync(mix.Caller, query with { Cursor = next }, CancellationToken.None)).Cut == InboxCut.None);
            yield return ($"{sort}, {mix}, back", async () =>
                next is null || (await inbox.RunAsync(mix.Caller, query with { Cursor = next, Backwards = true }, CancellationToken.None)).Cut == InboxCut.None);
        }
    }

    private static IEnumerable<Mix> Mixes(IReadOnlyList<Caller> callers, IReadOnlyList<long?> numbers) =>
        from tab in Enum.GetValues<InboxTab>()
        from caller in tab == InboxTab.Mine ? callers : [callers[0]]
        from status in Statuses
        from number in numbers
        select new Mix(caller, new InboxQuery(tab, status, NumberId: number));

    private async Task<IReadOnlyList<(double Milliseconds, string What)>> MeasureAsync(string name, IEnumerable<(string What, Func<Task<bool>> Ask)> questions)
    {
        List<(double Milliseconds, string What)> times = [];
        var cut = 0;
        foreach (var (what, ask) in questions)
        {
            for (var round = 0; round <= Rounds; round++)
            {
                var clock = Stopwatch.GetTimestamp();
                var whole = await ask();
                if (round > 0)
                {
                    times.Add((Stopwatch.GetElapsedTime(clock).TotalMilliseconds, what));
                    cut += whole ? 0 : 1;
                }
            }
        }

        times.Sort();
        Print(name, times, $", {cut} over the limit; slowest: {times[^1].What}");
        return times;
    }

    private static void Print(string name, IReadOnlyList<(double Milliseconds, string What)> times, string more) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-32} p50 {At(times, 0.5),7:0.0}   p95 {At(times, 0.95),7:0.0}   max {times[^1].Milliseconds,7:0.0} ms   {times.Count} times{more}"));

    private static double At(IReadOnlyList<(double Milliseconds, string What)> sorted, double share) =>
        sorted[(int)Math.Ceiling(share * (sorted.Count - 1))].Milliseconds;

    private static async Task<(IReadOnlyList<Caller> Callers, IReadOnlyList<long?> Numbers, IReadOnlyList<long> Conversations)> FindAsync(SeededCore core)
    {
        await using var db = await core.Get<Store>().OpenAsync(CancellationToken.None);
        var agents = await db.Users.OrderBy(agent => agent.Id).Select(agent => new { agent.Id, agent.DisplayName }).ToListAsync();
        var numbers = await db.Numbers.OrderBy(n => n.Id).Select(n => n.Id).ToListAsync();
        var last = await db.Conversations.MaxAsync(c => c.Id);
        var random = new Random(5);
        return (
            [.. new[] { agents[0], agents[agents.Count / 2], agents[^1] }.Select(agent => new Caller(agent.Id, agent.DisplayName, Role.Agent, Numbers: null))],
            [null, numbers[0], numbers[^1]],
            [.. Enumerable.Range(0, 200).Select(_ => random.NextInt64(1, last + 1)), 1]);
    }

    private static async Task<IReadOnlyList<(long Id, string Name)>> LabelsAsync(SeededCore core)
    {
        await using var db = await core.Get<Store>().OpenAsync(CancellationToken.None);
        return [.. (await db.Labels.OrderBy(label => label.Id).Select(label => new { label.Id, label.Name }).ToListAsync()).Select(label => (label.Id, label.Name))];
    }

    private sealed record Mix(Caller Caller, InboxQuery Query)
    {
        public override string ToString() => $"{Query.Tab} {Caller.AgentId}, {Query.Status?.ToString() ?? "every status"}, number {Query.NumberId?.ToString(CultureInfo.InvariantCulture) ?? "any"}";
    }
}
