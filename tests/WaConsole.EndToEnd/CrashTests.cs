using WaConsole.Core.Conversations;
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

    [Fact]
    public void The_verdict_knows_each_way_to_be_wrong()
    {
        StoredMessage[] stored =
        [
            new("wamid.1", null, MessageDirection.Inbound, DeliveryStatus.None, "Hello"),
            new("wamid.2", "key-2", MessageDirection.Outbound, DeliveryStatus.Sent, "Two"),
            new(null, "key-3", MessageDirection.Outbound, DeliveryStatus.Unknown, "Three"),
            new(null, "key-4", MessageDirection.Outbound, DeliveryStatus.Failed, "Four"),
        ];

        Assert.Empty(CrashVerdict.Of(["wamid.1"], ["Two", "Three", "Four"], ["key-2"], stored));
        Assert.Single(CrashVerdict.Of(["wamid.1", "wamid.lost"], [], ["key-2"], stored));
        Assert.Single(CrashVerdict.Of([], ["Five"], ["key-2"], stored));
        Assert.Single(CrashVerdict.Of([], [], ["key-2", "key-2"], stored));
        Assert.Single(CrashVerdict.Of([], [], ["key-2", "key-5"], stored));
        Assert.Single(CrashVerdict.Of([], [], ["key-2", "key-3"], stored));
        Assert.Single(CrashVerdict.Of([], [], ["key-2", "key-4"], stored));
        Assert.Single(CrashVerdict.Of([], [], [], stored));
        Assert.Single(CrashVerdict.Of([], [], ["key-2"], [.. stored, stored[0]]));
        Assert.Single(CrashVerdict.Of([], [], ["key-2"], [.. stored, stored[2] with { ClientKey = "key-6", Status = DeliveryStatus.Queued }]));
    }
}
