using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Sending;

/// <summary>
/// A mass send of a template at the number's full pace, with agents answering meanwhile. What counts is what arrives at the simulator,
/// which runs in a process of its own.
/// </summary>
internal sealed record SendRun(int Seconds, ThroughputLevel Level, DatabaseProvider Database, bool Statuses, int AnswerMilliseconds)
{
    private const int Agents = 40;

    private static readonly TimeSpan AgentsWriteEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(3);

    /// <returns>Null when the words are not understood.</returns>
    public static SendRun? Read(ReadOnlySpan<string> words)
    {
        var run = new SendRun(30, ThroughputLevel.High, DatabaseProvider.Sqlite, Statuses: false, AnswerMilliseconds: 0);
        for (var at = 0; at < words.Length; at++)
        {
            if (words[at] == "--statuses")
            {
                run = run with { Statuses = true };
                continue;
            }

            var value = ++at < words.Length ? words[at] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (words[at - 1])
            {
                case "--seconds" when isNumber && number > 5:
                    run = run with { Seconds = number };
                    break;
                case "--answer" when isNumber:
                    run = run with { AnswerMilliseconds = number };
                    break;
                case "--level" when Enum.TryParse<ThroughputLevel>(value, ignoreCase: true, out var level):
                    run = run with { Level = level };
                    break;
                case "--database" when Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database):
                    run = run with { Database = database };
                    break;
                default:
                    return null;
            }
        }

        return run;
    }

    public async Task<int> RunAsync()
    {
        var rate = SendPace.RateOf(Level);
        using var simulator = await SimulatorProcess.StartAsync(
            "0", Statuses ? "statuses" : "none", AnswerMilliseconds.ToString(CultureInfo.InvariantCulture));
        using var http = new HttpClient { BaseAddress = simulator.Address };
        var queued = await QueueAsync(simulator, http, rate * Seconds);
        await using var core = await StartAsync(simulator, queued.Core);
        await using var bridge = await WebhookBridge.StartAsync(core.Get<AcceptDelivery>());
        await simulator.SendWebhooksToAsync(bridge.Address);

        var (keys, chats) = (queued.Keys, queued.Chats);
        var started = TimeProvider.System.GetUtcNow();
        await core.StartWorkersAsync();
        var agents = AgentsAsync(core, chats, TimeSpan.FromSeconds(Seconds - 1));
        await Task.Delay(Warm, TimeProvider.System);
        var from = Usage.Now(simulator);
        await Task.Delay(TimeSpan.FromSeconds(Seconds) - Warm - TimeSpan.FromSeconds(2), TimeProvider.System);
        var used = Usage.Now(simulator).Since(from);
        var replies = await agents;
        var facts = await FactsAsync(core);
        await DrainAsync(core);
        var drained = TimeProvider.System.GetUtcNow();

        var ledger = await LedgerAsync(http);
        var outcome = await core.WithDbAsync(db => db.Outbox
            .GroupBy(e => e.State)
            .Select(group => new { State = group.Key, Count = group.Count(), Again = group.Sum(e => e.Attempts > 1 ? e.Attempts - 1 : 0) })
            .ToListAsync());
        var report = new SendReport(ledger, keys, replies, started, Warm, TimeSpan.FromSeconds(Seconds - 2), rate);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
             Sending on {Database}, {Level} number ({rate} /s), {Seconds} s, answers after {AnswerMilliseconds} ms, {(Statuses ? "with the three statuses of each message" : "no statuses")}
               queued before       {keys.Count} messages in {queued.Time.TotalSeconds:0.0} s, {keys.Count / queued.Time.TotalSeconds:0} /s
               arrived             {report.PerSecond:0.0} /s between second {Warm.TotalSeconds:0} and {Seconds - 2}, pace error {report.Error:0.00} %
               in any one second   {report.Most} at most
               fullest pair        {report.FullestPair:0.0} of {SendReport.PairBurst} messages ahead of one in six seconds
               twice               {report.Twice}
               tried again         {outcome.Sum(group => group.Again)}
               left unsettled      {string.Join(", ", outcome.Where(group => group.State != OutboxState.Done).Select(group => $"{group.Count} {group.State}"))}
               agents' replies     {replies.Count}: pressed to arrived p50 {report.Reply(0.5):0} ms   p99 {report.Reply(0.99):0} ms   max {report.Reply(1):0} ms
                 once queued       p50 {report.ReplyFromQueue(0.5):0} ms   p99 {report.ReplyFromQueue(0.99):0} ms   max {report.ReplyFromQueue(1):0} ms
               statuses kept       {facts} by then; all worked off {(drained - started).TotalSeconds - Seconds:0.0} s after the end
               processor           {used.Own:0} % ours, {used.Other:0} % simulator, of 100 % per core
               memory              {Environment.WorkingSet / 1048576.0:0} MB at the end, {PeakMemory() / 1048576.0:0} MB at most
             """));
        return new Aims()
            .Under("pace error", report.Error, 2, " %")
            .AtMost("in any one second", report.Most, rate, " messages")
            .AtMost("agents' replies, pressed to arrived, p99", report.Reply(0.99), 200, " ms")
            .AtMost("fullest pair", report.FullestPair, SendReport.PairBurst, " messages")
            .AtMost("received twice", report.Twice, 0, "")
            .AtMost("queued and never arrived", keys.Count - report.Answered, 0, "")
            .AtMost("left unsettled", outcome.Where(group => group.State != OutboxState.Done).Sum(group => group.Count), 0, "")
            .Tell();
    }

    private Task<CoreHost> StartAsync(SimulatorProcess simulator, CoreHost? before = null) => CoreHost.StartAsync(Database, new CoreHostOptions
    {
        GraphBaseAddress = simulator.Address,
        RestartOf = before,
        Services = services =>
        {
            services.AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());

            // The simulator's numbers are of the standard level, and the console would believe it.
            services.Remove(services.Single(service => service.ImplementationType == typeof(NumberRefreshWorker)));
        },
    });

    /// <summary>Everything that is to be sent waits in the outbox when the program is started again for the measurement.</summary>
    private async Task<Queued> QueueAsync(SimulatorProcess simulator, HttpClient http, int count)
    {
        var core = await StartAsync(simulator);
        await using var bridge = await WebhookBridge.StartAsync(core.Get<AcceptDelivery>());
        await simulator.SendWebhooksToAsync(bridge.Address);
        await core.WithDbAsync(db => db.Numbers.ExecuteUpdateAsync(set => set.SetProperty(n => n.Throughput, Level)));
        var phones = await SeedAsync(core, count);
        await core.StartWorkersAsync();
        await Until.TrueAsync(() => core.WithDbAsync(db => db.Templates.AnyAsync(t => t.Name == "order_shipped")), "the templates");
        var chats = await CustomersAsync(core, http);
        core.Get<SendPace>().Hold(core.NumberId, TimeSpan.FromDays(1));
        var clock = Stopwatch.StartNew();
        var keys = await QueueAsync(core, phones);
        var time = clock.Elapsed;
        await core.StopAsync();
        return new Queued(core, keys, chats, time);
    }

    /// <summary>People who are known and have a conversation, as after an import.</summary>
    private static async Task<List<string>> SeedAsync(CoreHost core, int count)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        List<string> phones = [.. Enumerable.Range(0, count).Select(index => string.Create(CultureInfo.InvariantCulture, $"4917{100_000_000 + index}"))];
        foreach (var chunk in phones.Chunk(2_000))
        {
            await core.WithDbAsync(async db =>
            {
                foreach (var phone in chunk)
                {
                    var contact = new Contact { Phone = phone, ProfileName = "Bench", SearchText = phone, CreatedAtUtc = now };
                    contact.Identifiers.Add(new ContactIdentifier
                    {
                        Kind = IdentifierKind.Phone,
                        Value = phone,
                        MatchKey = PhoneMatchKey.Of(phone),
                        FirstSeenAtUtc = now,
                        LastSeenAtUtc = now,
                    });
                    db.Conversations.Add(new Conversation { Contact = contact, NumberId = core.NumberId, LastActivityAtUtc = now, CreatedAtUtc = now });
                }

                await db.SaveChangesAsync();
            });
        }

        return phones;
    }

    /// <summary>Customers who have just written, so that agents may answer them.</summary>
    private static async Task<List<long>> CustomersAsync(CoreHost core, HttpClient http)
    {
        for (var index = 0; index < Agents; index++)
        {
            using var made = await http.PostAsJsonAsync(new Uri("/control/customers", UriKind.Relative), new { name = $"Customer {index}" });
            var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
            using var wrote = await http.PostAsJsonAsync(
                new Uri($"/control/customers/{id}/messages", UriKind.Relative), new { type = "text", text = "Is my order ready?" });
            wrote.EnsureSuccessStatusCode();
        }

        await Until.TrueAsync(
            () => core.WithDbAsync(async db => await db.Conversations.CountAsync(c => c.WindowExpiresAtUtc != null) == Agents), "the customers");
        return await core.WithDbAsync(db => db.Conversations.Where(c => c.WindowExpiresAtUtc != null).Select(c => c.Id).ToListAsync());
    }

    private static async Task<HashSet<string>> QueueAsync(CoreHost core, List<string> phones)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chunk in phones.Chunk(SendToMany.AtMost))
        {
            var messages = chunk.Select(phone => new BulkMessage(phone, null, Guid.CreateVersion7(), new ReplyContent.Template(
                "order_shipped", "en", new TemplateValues(new Dictionary<string, string>
                {
                    ["body.1"] = "Amina",
                    ["body.2"] = "AO-2047",
                    ["body.3"] = "Friday",
                    ["button.0"] = "AO-2047",
                })))).ToList();
            var outcomes = await core.Get<SendToMany>().RunAsync(
                Caller.System, core.NumberId, OutboxLane.Broadcast, messages, CancellationToken.None);
            if (outcomes.FirstOrDefault(outcome => outcome is not SendReplyOutcome.Queued) is { } refused)
            {
                throw new InvalidOperationException($"Not queued: {refused}");
            }

            keys.UnionWith(messages.Select(message => message.ClientKey.ToString("N")));
        }

        return keys;
    }

    private static async Task<List<AgentReply>> AgentsAsync(CoreHost core, List<long> chats, TimeSpan time)
    {
        List<AgentReply> replies = [];
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(AgentsWriteEvery);
        while (clock.Elapsed < time && await timer.WaitForNextTickAsync())
        {
            var key = Guid.CreateVersion7();
            var pressed = TimeProvider.System.GetUtcNow();
            var outcome = await core.Get<SendReply>().RunAsync(
                new Caller(null, "Ines", Role.Agent, null),
                new Reply(chats[replies.Count % chats.Count], key, new ReplyContent.Text("Yes, it is ready. See you on Friday!")),
                CancellationToken.None);
            if (outcome is SendReplyOutcome.Queued)
            {
                replies.Add(new AgentReply(key.ToString("N"), pressed, TimeProvider.System.GetUtcNow()));
            }
        }

        return replies;
    }

    private static Task<int> FactsAsync(CoreHost core) => core.WithDbAsync(db => db.MessageStatusFacts.CountAsync());

    /// <summary>Waits for the rest, a minute at most: what is left then is reported.</summary>
    private async Task DrainAsync(CoreHost core)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (clock.Elapsed < TimeSpan.FromMinutes(1) && await timer.WaitForNextTickAsync() && !await EmptyAsync(core))
        {
        }
    }

    private async Task<bool> EmptyAsync(CoreHost core) =>
        !await core.WithDbAsync(db => db.Outbox.AnyAsync(e => e.State <= OutboxState.Sending))
        && (!Statuses || (await core.Get<ReadIntake>().RunAsync(Caller.System, CancellationToken.None)).Pending == 0);

    private static async Task<List<Arrival>> LedgerAsync(HttpClient http)
    {
        var ledger = await http.GetFromJsonAsync<JsonElement>(new Uri("/control/ledger", UriKind.Relative));
        return [.. ledger.GetProperty("items").EnumerateArray().Select(item => new Arrival(
            item.GetProperty("callbackData").GetString()!, item.GetProperty("at").GetDateTimeOffset(),
            item.GetProperty("numberId").GetString()!, item.GetProperty("customerId").GetString()!))];
    }

    private sealed record Queued(CoreHost Core, HashSet<string> Keys, List<long> Chats, TimeSpan Time);

    private static long PeakMemory()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }

    private sealed record Usage(DateTimeOffset At, double Own, double Other)
    {
        public static Usage Now(SimulatorProcess other)
        {
            using var self = Process.GetCurrentProcess();
            return new Usage(TimeProvider.System.GetUtcNow(), self.TotalProcessorTime.TotalSeconds, other.CpuSeconds);
        }

        /// <summary>Percent of one core.</summary>
        public (double Own, double Other) Since(Usage before)
        {
            var seconds = (At - before.At).TotalSeconds;
            return ((Own - before.Own) / seconds * 100, (Other - before.Other) / seconds * 100);
        }
    }
}
