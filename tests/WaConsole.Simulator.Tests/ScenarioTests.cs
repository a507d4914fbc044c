using WaConsole.Simulator.Scenarios;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

public sealed class ScenarioTests
{
    public static TheoryData<string> BuiltIn => ["demo", "lunch-rush", "bad-day", "every-kind"];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void The_scenarios_that_come_along_can_be_read(string name) => Assert.NotEmpty(Scenario.BuiltIn(name).Name);

    [Theory]
    [InlineData("name: [", "Line 2")]
    [InlineData("name: A\nrate: 3", "rate")]
    [InlineData("about: nameless", "name")]
    [InlineData("name: A\nduration: soon", "PT23H30M")]
    [InlineData("name: A\nfaults: [{ at: PT1S, kind: earthquake }]", "kind")]
    [InlineData("name: A\nsimulator: { speedOfLight: 3 }", "speedOfLight")]
    public void A_scenario_that_makes_no_sense_says_what_is_wrong(string yaml, string told)
    {
        using var reader = new StringReader(yaml);

        var wrong = Assert.Throws<FormatException>(() => Scenario.Read(reader));

        Assert.Contains(told, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_writes_what_the_mix_says_and_counts_what_came_of_it()
    {
        var first = await RunAsync(Small);
        var second = await RunAsync(Small);

        Assert.Equal(60, first.Written.Values.Sum());
        Assert.Equal(first.Written, second.Written);
        Assert.True(first.Written["text"] > first.Written["image"]);
        Assert.Equal(first.Sent["text"], first.States.Values.Sum());
        Assert.True(first.Answered > 50, first.ToString());
        Assert.Equal(0, first.WebhooksPending);
        Assert.Equal(0, first.ExitCode);
    }

    [Fact]
    public async Task What_was_expected_and_did_not_come_is_told_and_ends_with_one()
    {
        var summary = await RunAsync(Small + "\nexpect: { leastSent: 1000, mostFailed: 0 }\n");

        Assert.Equal(1, summary.ExitCode);
        Assert.Contains("1000", Assert.Single(summary.Missed), StringComparison.Ordinal);
        Assert.Contains("MISSED", summary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_waits_for_an_answer_and_taps_it()
    {
        await using var bench = await Bench.StartAsync();
        using var yaml = new StringReader("""
            name: A talk
            customers:
              - name: Ole
                phone: "4917604069082"
                script:
                  - send: { type: text, text: "Which day?" }
                  - waitForAnswer: PT20S
                    tap: Friday
                  - marketing: stop
            """);
        var run = new RunScenario(bench.Server, Scenario.Read(yaml), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
        await bench.Receiver.UntilAsync(1);
        await bench.SendRawAsync("""{"messaging_product":"whatsapp","to":"+4917604069082","type":"interactive","interactive":{"type":"button","body":{"text":"Pick"},"action":{"buttons":[{"type":"reply","reply":{"id":"fri","title":"Friday"}}]}}}""");

        await run;

        var all = bench.Receiver.All;
        Assert.Contains(all, r => r.Message is { } m && m.TryGetProperty("interactive", out var i) && i.GetProperty("button_reply").GetProperty("id").GetString() == "fri");
        Assert.Single(all, r => r.Field == "user_preferences");
    }

    [Fact]
    public async Task Every_kind_is_sent_by_the_scenario_of_that_name()
    {
        await using var bench = await Bench.StartAsync(options => options with { ThroughputPerSecond = 0 });

        var summary = await new RunScenario(bench.Server, Scenario.BuiltIn("every-kind"), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);

        Assert.True(summary.ExitCode == 0, summary.ToString());
        Assert.Empty(summary.NotWritten);
        var kinds = bench.Receiver.All.Where(r => r.Message is not null).Select(r => r.Message!.Value.GetProperty("type").GetString()).ToHashSet();
        Assert.Superset(
            new HashSet<string?> { "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "order", "interactive", "button", "unsupported" }, kinds);
        var interactive = bench.Receiver.All.Where(r => r.Message is { } m && m.TryGetProperty("interactive", out _))
            .Select(r => r.Message!.Value.GetProperty("interactive").GetProperty("type").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "nfm_reply", "call_permission_reply", "button_reply", "list_reply" }, interactive);
        Assert.Contains(bench.Receiver.All, r => r.Field == "calls");
    }

    [Fact]
    public async Task The_command_tells_wrong_use_apart_from_a_run_that_failed()
    {
        using var output = new StringWriter();
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Small + "\nexpect: { leastSent: 1000 }\n");

            Assert.Equal(2, await ScenarioCommand.RunAsync([], output, output, TestContext.Current.CancellationToken));
            Assert.Equal(2, await ScenarioCommand.RunAsync(["no-such-file"], output, output, TestContext.Current.CancellationToken));
            Assert.Equal(2, await ScenarioCommand.RunAsync([path, "--speed", "fast"], output, output, TestContext.Current.CancellationToken));
            Assert.Equal(1, await ScenarioCommand.RunAsync([path, "--speed", "2"], output, output, TestContext.Current.CancellationToken));
            Assert.Contains("customers wrote   60", output.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private const string Small = """
        name: Small
        seed: 3
        duration: PT1S
        crowd: 5
        simulator:
          throughputPerSecond: 0
          pairBurst: 0
          statusDelays: { sent: PT0S, delivered: PT0S, read: PT0S, played: PT0S }
        traffic:
          perMinute: 3600
          mix: { text: 8, image: 1, voice: 1 }
        """;

    private static async Task<ScenarioSummary> RunAsync(string yaml)
    {
        using var reader = new StringReader(yaml);
        var scenario = Scenario.Read(reader);
        await using var simulator = await Hosting.SimulatorServer.StartAsync(
            scenario.OptionsFor(new Hosting.SimulatorOptions { Url = "http://127.0.0.1:0", DemoCustomers = false }), TimeProvider.System, null, TestContext.Current.CancellationToken);
        await using var business = await StandInBusiness.StartAsync(simulator, scenario.Business, scenario.Seed, TestContext.Current.CancellationToken);
        simulator.WebhookUrl = business.Address;
        return await new RunScenario(simulator, scenario, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
    }
}
