using System.Globalization;
using WaConsole.Simulator.Hosting;

namespace WaConsole.Simulator.Scenarios;

/// <summary><c>run FILE [--webhook URL] [--speed N] [--url URL]</c>: plays a scenario and prints what came of it.</summary>
internal static class ScenarioCommand
{
    private const int WrongUse = 2;

    /// <returns>0 as expected, 1 not as expected, 2 wrong use.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var words = Parse(args, out var settings);
        if (words.Count != 1 || settings is null)
        {
            await errors.WriteLineAsync("run FILE [--webhook URL] [--speed N] [--url URL]; FILE is a scenario or the name of a built-in one.");
            return WrongUse;
        }

        Scenario scenario;
        try
        {
            scenario = Load(words[0]);
        }
        catch (Exception wrong) when (wrong is IOException or FormatException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"{words[0]}: {wrong.Message}");
            return WrongUse;
        }

        var url = settings.GetValueOrDefault("url") ?? "http://127.0.0.1:0";
        var speed = double.Parse(settings.GetValueOrDefault("speed") ?? "1", CultureInfo.InvariantCulture);
        var summary = await RunAsync(scenario, url, settings.GetValueOrDefault("webhook"), speed, cancellationToken);
        await output.WriteLineAsync(summary.ToString());
        return summary.ExitCode;
    }

    private static async Task<ScenarioSummary> RunAsync(Scenario scenario, string url, string? webhook, double speed, CancellationToken cancellationToken)
    {
        var options = scenario.OptionsFor(new SimulatorOptions { Url = url, DemoCustomers = scenario.Customers.Count + scenario.Crowd == 0 });
        await using var simulator = await SimulatorServer.StartAsync(options, TimeProvider.System, null, cancellationToken);
        if (webhook is not null)
        {
            simulator.WebhookUrl = new Uri(webhook);
            return await new RunScenario(simulator, scenario, TimeProvider.System, speed).RunAsync(cancellationToken);
        }

        await using var business = await StandInBusiness.StartAsync(simulator, scenario.Business, scenario.Seed, cancellationToken);
        simulator.WebhookUrl = business.Address;
        return await new RunScenario(simulator, scenario, TimeProvider.System, speed).RunAsync(cancellationToken);
    }

    // A path as given, beside the program's sources, or a scenario that comes with the simulator.
    private static Scenario Load(string name)
    {
        foreach (var path in new[] { name, Path.Combine("src", "WaConsole.Simulator", name) })
        {
            if (File.Exists(path))
            {
                using var reader = new StreamReader(path);
                return Scenario.Read(reader);
            }
        }

        return Scenario.BuiltIn(Path.GetFileNameWithoutExtension(name));
    }

    private static List<string> Parse(string[] args, out Dictionary<string, string>? settings)
    {
        settings = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> words = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(args[i]);
                continue;
            }

            var name = args[i][2..];
            if (i + 1 >= args.Length || !Fits(name, args[i + 1]))
            {
                settings = null;
                return words;
            }

            settings[name] = args[++i];
        }

        return words;
    }

    private static bool Fits(string name, string value) => name switch
    {
        "webhook" or "url" => Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https",
        "speed" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= 1000,
        _ => false,
    };
}
