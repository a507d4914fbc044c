using System.Collections.Concurrent;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Sending;
using WaConsole.Core.Window;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Window;

public sealed class WindowExpiryWorkerTests
{
    [Theory]
    [EveryDatabase]
    public async Task A_closing_window_is_told_when_the_composer_closes_and_again_at_its_end(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddMinutes(30));
        var told = Listen(bench);
        await StartWorkersAsync(bench);

        await AdvanceUntilAsync(bench, TimeSpan.FromMinutes(29), () => !told.IsEmpty, "the composer's close");
        Assert.Equal(WindowState.Closed, await StateAsync(bench, conversation));
        Assert.False((await bench.ReadAsync(conversation)).WindowExpiryAnnounced);

        told.Clear();
        await AdvanceUntilAsync(bench, TimeSpan.FromMinutes(30), () => !told.IsEmpty, "the true end");
        Assert.True((await bench.ReadAsync(conversation)).WindowExpiryAnnounced);
        Assert.All(told, change => Assert.Equal(conversation, change.ConversationId));
    }

    [Theory]
    [EveryDatabase]
    public async Task Moving_WhatsApps_clock_is_followed_at_once(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(20));
        var told = Listen(bench);
        await bench.Core.StartWorkersAsync();

        bench.Core.Get<WhatsAppClock>().Offset = TimeSpan.FromHours(21);

        await Until.TrueAsync(() => !told.IsEmpty, "the end of the window");
        await Until.TrueAsync(async () => (await bench.ReadAsync(conversation)).WindowExpiryAnnounced, "announced");
    }

    [Theory]
    [EveryDatabase]
    public async Task A_window_with_four_hours_left_is_told_so_that_lists_of_those_that_close_soon_show_it(DatabaseProvider provider)
    {
        await using var bench = await QueueBench.StartAsync(provider);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(4).AddMinutes(2));
        var told = Listen(bench);
        await StartWorkersAsync(bench);

        await AdvanceUntilAsync(bench, TimeSpan.FromMinutes(2), () => !told.IsEmpty, "four hours left");

        var left = (await bench.ReadAsync(conversation)).WindowExpiresAtUtc - bench.Core.Get<WhatsAppClock>().UtcNow;
        Assert.InRange(left!.Value, ServiceWindow.Soon - TimeSpan.FromMinutes(1), ServiceWindow.Soon);
        Assert.All(told, change => Assert.Equal(conversation, change.ConversationId));
    }

    private static ConcurrentQueue<InboxChanged> Listen(QueueBench bench)
    {
        var told = new ConcurrentQueue<InboxChanged>();
        bench.Core.Get<LiveUpdates>().Published += change =>
        {
            if (change is InboxChanged inbox)
            {
                told.Enqueue(inbox);
            }
        };
        return told;
    }

    private static async Task<WindowState> StateAsync(QueueBench bench, long conversation) =>
        ServiceWindow.StateAt((await bench.ReadAsync(conversation)).WindowExpiresAtUtc, bench.Core.Get<WhatsAppClock>().UtcNow);

    /// <summary>The worker tells of what comes after it began to listen, so no time passes before.</summary>
    private static async Task StartWorkersAsync(QueueBench bench)
    {
        await bench.Core.StartWorkersAsync();
        await Until.TrueAsync(() => bench.Core.Get<Heartbeats>().Read().Any(sign => sign.Worker == Worker.Windows), "the worker to listen");
    }

    /// <summary>In small steps from when it is due: the next moment must not have passed as well before a slow worker has looked.</summary>
    private static Task AdvanceUntilAsync(QueueBench bench, TimeSpan dueAfterNoon, Func<bool> holds, string what) => Until.TrueAsync(
        () =>
        {
            if (holds())
            {
                return true;
            }

            var left = QueueBench.Noon + dueAfterNoon - bench.Clock.GetUtcNow().UtcDateTime;
            bench.Clock.Advance(left > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(5) : TimeSpan.FromMilliseconds(100));
            return false;
        },
        what);
}
