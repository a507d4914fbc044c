using System.Diagnostics;
using System.Globalization;
using WaConsole.Benchmarks.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Benchmarks.Agents;

/// <summary>
/// Many agents' screens at once: each a circuit signed in as somebody else, with the inbox open on *Mine*, a few on *All*, in a process of
/// their own; customers write at an even pace. What the console needs for the screens while nothing happens, and how long a message takes
/// from the POST of its webhook to the render batch at the agent it concerns.
/// </summary>
internal sealed record AgentsRun(
    int Agents, int WatchAll, int Each, TimeSpan Duration, int Rate, bool Find, DatabaseProvider Database)
{
    /// <summary>Open before memory is read for the first time: whatever is made once is made by then.</summary>
    private const int First = 5;

    private static readonly int[] Sizes = [50, 100, 200, 300, 500, 700, 1_000];
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastOne = TimeSpan.FromSeconds(10);

    /// <summary>Of those who watch *All*, one in so many.</summary>
    private const int OneInSoMany = 25;

    /// <returns>Null when the words are not understood.</returns>
    public static AgentsRun? Read(ReadOnlySpan<string> words)
    {
        var run = new AgentsRun(50, -1, 40, TimeSpan.FromSeconds(30), 100, Find: false, DatabaseProvider.Sqlite);
        for (var at = 0; at < words.Length; at++)
        {
            if (words[at] == "--find")
            {
                run = run with { Find = true };
                continue;
            }

            var name = words[at];
            var value = ++at < words.Length ? words[at] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            var isDatabase = Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var database);
            run = name switch
            {
                "--agents" when isNumber && number > First => run with { Agents = number },
                "--all" when isNumber => run with { WatchAll = number },
                "--each" when isNumber && number > 0 => run with { Each = number },
                "--rate" when isNumber && number > 0 => run with { Rate = number },
                "--seconds" when isNumber && number > 0 => run with { Duration = TimeSpan.FromSeconds(number) },
                "--database" when isDatabase => run with { Database = database },
                _ => null,
            };
            if (run is null)
            {
                return null;
            }
        }

        return run.Find || run.Watching < run.Agents ? run : null;
    }

    /// <summary>How many of them watch *All* and have no conversation of their own.</summary>
    public int Watching => WatchAll >= 0 ? WatchAll : Math.Max(1, Agents / OneInSoMany);

    /// <summary>Customers in conversation.</summary>
    public int Talking => (Agents - Watching) * Each;

    /// <summary>The agent whose customer this is, by place. Those who watch *All* come last.</summary>
    public int AgentOf(int customer) => customer % (Agents - Watching);

    public async Task<int> RunAsync() => Find ? await FindAsync() : (await MeasureAsync()).IsGood ? 0 : 1;

    /// <summary>What agents saw of their own customers.</summary>
    public SeenTimes Own(MessageLoad load, int first, IReadOnlyList<CircuitSeen> seen) =>
        new(load, first, [.. seen.Select(circuit => circuit.Messages)], (agent, customer) => agent == AgentOf(customer));

    /// <summary>One size after the other, on a console and a database of its own each, until one is too many.</summary>
    private async Task<int> FindAsync()
    {
        var most = 0;
        foreach (var size in Sizes)
        {
            if (!await KeepsUpAsync(this with { Agents = size }))
            {
                break;
            }

            most = size;
        }

        Console.WriteLine(most == 0
            ? $"Not even {Sizes[0]} agents with p95 under {AgentsReport.AimMs} ms."
            : string.Create(CultureInfo.InvariantCulture, $"The most agents with p95 under {AgentsReport.AimMs} ms, of the numbers tried: {most}."));
        return most == 0 ? 1 : 0;
    }

    private static async Task<bool> KeepsUpAsync(AgentsRun run)
    {
        try
        {
            return (await run.MeasureAsync()).KeepsUp;
        }
        catch (CircuitFaultException fault) when (run.Agents > Sizes[0])
        {
            Console.WriteLine($"{run.Agents} agents: {fault.Message}");
            return false;
        }
    }

    private async Task<AgentsReport> MeasureAsync()
    {
        await using var console = await LiveConsole.StartAsync(Database);
        var agents = await SeedAgents.RunAsync(console.Options, Agents);
        await SeedInbox.RunAsync(console.Options, Talking, Talking, [.. agents.SkipLast(Watching)]);
        using var circuits = new OpenCircuits(console.Address);
        List<Screen> screens = [.. Enumerable.Range(0, Agents).Select(ScreenOf)];

        await circuits.OpenAsync(screens[..First]);
        var before = await SettledMemory.ReadAsync(console);
        var opening = Stopwatch.StartNew();
        await circuits.OpenAsync(screens[First..]);
        opening.Stop();
        var idle = await SettledMemory.ReadAsync(console);

        var load = new MessageLoad(console.Webhook, Talking);
        await load.SendAsync(Rate, Warm);
        await circuits.SeenAsync(seen => Own(load, 0, seen).Missing == 0, LastOne);
        await circuits.ForgetAsync();

        var first = load.Last + 1;
        using var self = Process.GetCurrentProcess();
        var (consoleCpu, circuitsCpu, loadCpu) = (console.CpuSeconds, circuits.CpuSeconds, self.TotalProcessorTime);
        var clock = Stopwatch.StartNew();
        await load.SendAsync(Rate, Duration);
        var elapsed = clock.Elapsed;
        self.Refresh();
        var cpu = new AgentsCpu(
            (console.CpuSeconds - consoleCpu) / elapsed.TotalSeconds,
            (circuits.CpuSeconds - circuitsCpu) / elapsed.TotalSeconds,
            (self.TotalProcessorTime - loadCpu) / elapsed);
        var report = new AgentsReport(this, load, first, await circuits.SeenAsync(seen => Own(load, first, seen).Missing == 0, LastOne))
        {
            Opened = screens.Count - First,
            Opening = opening.Elapsed,
            Before = before,
            Idle = idle,
            Cpu = cpu,
            UnderLoad = console.Memory,
        };
        report.Print();
        return report;
    }

    private Screen ScreenOf(int agent) =>
        new(SeedAgents.EmailOf(agent), SeedAgents.Password, agent < Agents - Watching ? "inbox?tab=mine" : "inbox");
}
