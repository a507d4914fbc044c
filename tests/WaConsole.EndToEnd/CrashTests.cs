using WaConsole.Core.Storage;
using WaConsole.EndToEnd.Fixtures;
using WaConsole.Testing;

namespace WaConsole.EndToEnd;

/// <summary>kill -9 at random moments in the middle of intake and sending, on both databases.</summary>
public sealed class CrashTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("WACONSOLE_TEST_LONG") is { Length: > 0 } ? 50 : 5;

    [Theory]
    [EveryDatabase]
    public async Task A_kill_loses_no_acknowledged_webhook_and_sends_nothing_twice(DatabaseProvider provider)
    {
        await using var run = await CrashRun.StartAsync(provider);
        for (var kill = 0; kill < Kills; kill++)
        {
            await run.KillOnceAsync();
        }

        var wrong = await run.VerdictAsync();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(run.Lacks.Count == 0, string.Join('\n', run.Lacks));
        TestContext.Current.TestOutputHelper?.WriteLine($"{provider}: {Kills} kills, {run.Summary}");
    }

    /// <summary>The same verdict over the same program, with the one mistake it is there for put in from outside.</summary>
    [Theory]
    [EveryDatabase]
    public async Task A_console_that_answers_before_its_commit_is_found_out(DatabaseProvider provider)
    {
        await using var run = await CrashRun.StartWithEarlyAnswersAsync(provider);
        IReadOnlyList<string> wrong = [];
        for (var kill = 0; kill < Kills && wrong.Count == 0; kill++)
        {
            await run.KillOnceAsync();
            wrong = await run.VerdictAsync();
        }

        Assert.NotEmpty(wrong);
        Assert.All(wrong, sentence => Assert.StartsWith("lost: wamid.LOAD", sentence, StringComparison.Ordinal));
    }
}
