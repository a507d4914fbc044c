using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WaConsole.Simulator.Control;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Scenarios;

/// <summary>What happens in a simulated business for a while: who writes, how much, what breaks, and what must come of it.</summary>
public sealed record Scenario
{
    private static readonly JsonSerializerOptions Options = new(ControlJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public required string Name { get; init; }
    public string? About { get; init; }

    /// <summary>Decides who writes what and when faults with a rate strike.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long customers write.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the end may wait for webhooks and answers.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Settings of the simulator, by the names of <see cref="SimulatorOptions"/>.</summary>
    public JsonObject? Simulator { get; init; }

    /// <summary>People with a part of their own.</summary>
    public IReadOnlyList<ScenarioCustomer> Customers { get; init; } = [];

    /// <summary>How many more people there are, with made-up names.</summary>
    public int Crowd { get; init; }

    public ScenarioTraffic? Traffic { get; init; }
    public IReadOnlyList<ScenarioFault> Faults { get; init; } = [];

    /// <summary>Who answers when the run is not given an address.</summary>
    public ScenarioBusiness Business { get; init; } = new();

    public ScenarioExpectation Expect { get; init; } = new();

    /// <summary>Chats a console begins with, in the form its demo reads; a run by itself leaves it out.</summary>
    public JsonObject? History { get; init; }

    /// <summary>The settings to start the simulator with.</summary>
    public SimulatorOptions OptionsFor(SimulatorOptions given)
    {
        var merged = JsonSerializer.SerializeToNode(given with { Seed = Seed }, Options)!.AsObject();
        foreach (var (name, value) in Simulator ?? [])
        {
            if (merged[name] is JsonObject inner && value is JsonObject change)
            {
                foreach (var (member, node) in change)
                {
                    inner[member] = node?.DeepClone();
                }
            }
            else
            {
                merged[name] = value?.DeepClone();
            }
        }

        return merged.Deserialize<SimulatorOptions>(Options)!;
    }

    /// <exception cref="FormatException">The text is not a scenario; the message tells where.</exception>
    public static Scenario Read(TextReader yaml)
    {
        try
        {
            var read = YamlJson.Read(yaml)?.Deserialize<Scenario>(Options) ?? throw new FormatException("The file is empty.");
            read.OptionsFor(new SimulatorOptions());
            return read;
        }
        catch (JsonException wrong)
        {
            throw new FormatException(wrong.Message, wrong);
        }
    }

    /// <summary>A scenario that comes with the simulator, by its name without ending.</summary>
    /// <exception cref="FileNotFoundException">There is none of this name.</exception>
    public static Scenario BuiltIn(string name)
    {
        using var reader = new StreamReader(Open($"{name}.yaml"));
        return Read(reader);
    }

    /// <summary>A scenario or a file that belongs to one.</summary>
    /// <exception cref="FileNotFoundException">There is none of this name.</exception>
    public static Stream Open(string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"WaConsole.Simulator.Scenario.{name}")
        ?? throw new FileNotFoundException("No such file comes with the simulator.", name);
}

public sealed record ScenarioCustomer
{
    public required string Name { get; init; }
    public string? Phone { get; init; }
    public string? Username { get; init; }
    public bool HiddenNumber { get; init; }

    /// <summary>What they do, one after the other.</summary>
    public IReadOnlyList<ScenarioStep> Script { get; init; } = [];
}

/// <summary>One thing a customer does. Exactly one of the verbs is given.</summary>
public sealed record ScenarioStep
{
    /// <summary>A pause before it.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>Waits for a message of the business that has arrived, this long at most.</summary>
    public TimeSpan? WaitForAnswer { get; init; }

    /// <summary>A message, in the form of <c>POST /control/customers/{id}/messages</c>.</summary>
    public JsonObject? Send { get; init; }

    /// <summary>The id or title of a button of the newest message that has one.</summary>
    public string? Tap { get; init; }

    /// <summary><c>stop</c> or <c>resume</c> marketing.</summary>
    public string? Marketing { get; init; }

    /// <summary>Goes offline or comes back.</summary>
    public bool? Online { get; init; }

    public bool Read { get; init; }

    /// <summary>A call of this many seconds; 0 for one nobody answers.</summary>
    public int? Call { get; init; }
}

public sealed record ScenarioTraffic
{
    /// <summary>Messages of customers per minute.</summary>
    public double PerMinute { get; init; } = 30;

    /// <summary>Kinds and their weights: text, image, video, audio, voice, document, sticker, location, contacts, order, reaction, tap.</summary>
    public IReadOnlyDictionary<string, double> Mix { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal) { ["text"] = 1 };

    /// <summary>What texts say, one after the other for each customer.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Stories { get; init; } = [];
}

public sealed record ScenarioFault
{
    /// <summary>When it starts.</summary>
    public TimeSpan At { get; init; }

    /// <summary>How long it stays; without it until the end, or until it is used up.</summary>
    public TimeSpan? For { get; init; }

    public required FaultKind Kind { get; init; }
    public int? Next { get; init; }
    public double Rate { get; init; } = 1;
    public int Milliseconds { get; init; } = 1000;
    public int Code { get; init; } = 131026;
}

public sealed record ScenarioBusiness
{
    /// <summary>What it answers, in turn. Empty: it only takes the webhooks.</summary>
    public IReadOnlyList<string> Answers { get; init; } = ["Thank you, we will look into it."];

    /// <summary>Share of messages it answers.</summary>
    public double Rate { get; init; } = 1;
}

/// <summary>What must be true at the end; a run that misses it ends with code 1.</summary>
public sealed record ScenarioExpectation
{
    /// <summary>Every webhook was answered with 200.</summary>
    public bool AllWebhooksTaken { get; init; } = true;

    /// <summary>Share of customers' messages that the business answered, at least.</summary>
    public double Answered { get; init; }

    /// <summary>Sends that failed, at most.</summary>
    public int? MostFailed { get; init; }

    /// <summary>Sends accepted, at least.</summary>
    public int LeastSent { get; init; }
}
