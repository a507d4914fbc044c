using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using WaConsole.Core.Storage;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.World;
using WaConsole.Testing.Architecture;

namespace WaConsole.EndToEnd.FaultMatrix;

/// <summary>
/// docs/faults.md is what this test sees: every switch of the simulator against the published console, read off an agent's screen in a
/// real browser. Written anew with <c>WACONSOLE_WRITE_DOCS=1</c>, compared otherwise.
/// </summary>
public sealed class FaultMatrixTests(Stages stages)
{
    [Fact]
    public async Task The_table_of_faults_is_what_happens()
    {
        var console = await stages.ConsoleAsync(DatabaseProvider.Sqlite);
        await using var agent = await stages.InboxAsync(console, "ana");
        await using var admin = await stages.OpenAsync(console, "admin");

        var text = new StringBuilder(Head);
        var people = 0;
        await WriteAsync("An agent's message", EveryFault.Sending, "WhatsApp took it");
        await WriteAsync("A customer's message", EveryFault.Receiving, null);
        await WriteAsync("What customers do", EveryFault.Customers, "WhatsApp took it");
        text.Append("\nOther switches of a customer:\n\n");
        foreach (var (name, why) in EveryFault.NoFaultForUs)
        {
            text.Append($"- `{name}` {why}.\n");
        }

        var file = Path.Combine(Repository.Root, "docs", "faults.md");
        if (Environment.GetEnvironmentVariable("WACONSOLE_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, text.ToString(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(text.ToString(), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));

        async Task WriteAsync(string title, IReadOnlyList<FaultCase> cases, string? taken)
        {
            text.Append($"\n## {title}\n\n| switch | what happens | when | state | on the screen |{(taken is null ? "" : $" {taken} |")}\n|---|---|---|---|---|{(taken is null ? "" : "---|")}\n");
            foreach (var one in cases)
            {
                var stage = new FaultStage(console, agent, admin, $"Fault {++people:D2}", $"4670555{people:D4}");
                await stage.BeginAsync();
                try
                {
                    await one.PlayAsync(stage);
                }
                finally
                {
                    // The console is shared, and what a case left behind would strike other tests.
                    await console.Simulator.ClearFaultsAsync();
                }

                for (var line = 0; line < stage.Notes.Count; line++)
                {
                    var seen = stage.Notes[line];
                    text.Append(line == 0 ? $"| `{one.Switch}` | {one.About} |" : "| | |");
                    text.Append($" {seen.When} | {seen.State} | {seen.Screen} |");
                    text.Append(taken is null ? "\n" : $" {Times(seen.Taken)} |\n");
                }
            }
        }
    }

    [Fact]
    public void Every_switch_has_a_row()
    {
        var kinds = Enum.GetNames<FaultKind>().Select(JsonNamingPolicy.CamelCase.ConvertName);
        Assert.Empty(kinds.Except(EveryFault.Sending.Select(one => one.Switch)));
        Assert.Empty(kinds.Where(kind => kind.StartsWith("webhook", StringComparison.Ordinal)).Except(EveryFault.Receiving.Select(one => one.Switch)));

        var shapes = Enum.GetNames<Simulator.Webhooks.BatchShape>().Select(shape => "batching " + JsonNamingPolicy.CamelCase.ConvertName(shape));
        Assert.Empty(shapes.Except(EveryFault.Receiving.Select(one => one.Switch)));

        var customers = typeof(Customer).GetProperties()
            .Where(property => property.PropertyType == typeof(bool))
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        Assert.Empty(customers.Except(EveryFault.Customers.Select(one => one.Switch)).Except(EveryFault.NoFaultForUs.Keys));
    }

    private static string Times(int? taken) => taken switch
    {
        0 => "never",
        1 => "once",
        _ => $"{taken} times",
    };

    private const string Head =
        """
        # What becomes of a message when something goes wrong

        Made by `tests/WaConsole.EndToEnd` (`WACONSOLE_WRITE_DOCS=1` writes it anew): each switch of the simulator against the published
        console, as an agent reads it in a browser. `docs/simulator.md` says how to turn them on. The state is the one of the REST API.

        An answer that was lost leaves the outcome open: nothing is sent again by itself. After five minutes without news the agent may
        send it again, knowing that it may arrive twice. A refusal that passes (too many, too fast) is tried again by itself.
        A customer's messages stand in the order in which they came in; the time beside each is the one WhatsApp gave it.

        """;
}
