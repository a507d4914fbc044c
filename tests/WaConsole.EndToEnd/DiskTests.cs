using System.Net;
using WaConsole.EndToEnd.Fixtures;
using WaConsole.Testing;

namespace WaConsole.EndToEnd;

/// <summary>A commit that the system has and the disk has not is lost with the power. strace sees the difference.</summary>
public sealed class DiskTests
{
    private const int Webhooks = 5;

    [Fact]
    public async Task The_commit_is_on_the_disk_before_the_200_leaves() =>
        Assert.All(await OrdersAsync(answersBeforeItsCommit: false), order => Assert.Equal(["request", "disk", "answer"], order));

    [Fact]
    public async Task An_answer_that_leaves_before_the_commit_is_seen() =>
        Assert.Contains(["request", "answer", "disk"], await OrdersAsync(answersBeforeItsCommit: true));

    /// <summary>For each webhook, what the system was asked to do, in order.</summary>
    private static async Task<IReadOnlyList<List<string>>> OrdersAsync(bool answersBeforeItsCommit)
    {
        Assert.SkipUnless(SystemCalls.AreSeen, "strace is missing: tests/run.sh installs it.");
        var calls = new SystemCalls();
        await using var console = await RunningConsole.StartAsync(new ConsoleOptions
        {
            Under = calls.Command,
            Environment = answersBeforeItsCommit ? Planted.AnswerBeforeCommit : new Dictionary<string, string?>(),
        });
        for (var number = 0; number < Webhooks; number++)
        {
            using var answer = await console.PostWebhookAsync(WebhookBodies.Text("491713920055", "Disk Test", $"wamid.disk{number}", "Is it safe?"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

            // Its whole work has come to rest before the next one, so that no wait for the disk is taken for another webhook's.
            var expected = number + 1;
            await Until.TrueAsync(async () => (await StoredMessages.ReadAsync(console.Database)).Count == expected, "the message in its thread");
        }

        await console.KillAsync();
        return calls.Orders();
    }
}
