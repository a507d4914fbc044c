using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Health;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Health;

public sealed class LiveHealthTests
{
    private static readonly LiveHealth Well = new(
        QueueAge.None, Recent.None, Recent.None, Recent.None, 0, [new WorkerSign(Worker.Intake, TimeSpan.FromSeconds(1), false)], RelayCondition.NotUsed,
        StoreTrouble.None);

    [Fact]
    public void Nothing_is_said_while_all_is_well() => Assert.Empty(ReadLiveHealth.ConcernsOf(Well));

    [Fact]
    public void What_is_wrong_is_said_worst_first()
    {
        var ill = Well with
        {
            Queues = new QueueAge(TimeSpan.FromSeconds(31), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3)),
            Refreshes = new Recent(500, 0.4, 2),
            Workers = [new WorkerSign(Worker.Sending, TimeSpan.FromMinutes(9), true)],
            Relay = RelayCondition.Away,
            Store = StoreTrouble.DiskFull,
        };

        Assert.Equal(
            [
                HealthConcern.DiskFull, HealthConcern.WorkerSilent, HealthConcern.IntakeLate, HealthConcern.RepliesLate, HealthConcern.RelayAway,
                HealthConcern.ScreensSlow,
            ],
            ReadLiveHealth.ConcernsOf(ill));
    }

    [Theory]
    [InlineData(3, 0.9)]
    [InlineData(500, 0.02)]
    public void A_few_slow_refreshes_or_many_quick_ones_are_no_concern(int count, double mean) =>
        Assert.Empty(ReadLiveHealth.ConcernsOf(Well with { Refreshes = new Recent(count, mean, 5) }));

    [Fact]
    public void A_worker_is_silent_past_its_time_and_forgotten_when_it_stops()
    {
        var clock = new FakeTimeProvider();
        var heartbeats = new Heartbeats(clock);
        var intake = heartbeats.Start(Worker.Intake, TimeSpan.FromSeconds(60));
        using var media = heartbeats.Start(Worker.Media, TimeSpan.FromMinutes(15));

        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal([true, false], heartbeats.Read().Select(sign => sign.IsSilent));
        intake.Beat();
        Assert.Equal([false, false], heartbeats.Read().Select(sign => sign.IsSilent));

        intake.Dispose();
        Assert.Equal([Worker.Media], heartbeats.Read().Select(sign => sign.Worker));
    }

    /// <summary>A dictionary that grows between its count and its copy must not be met by whoever asks how the program is.</summary>
    [Fact]
    public async Task Signs_can_be_read_while_workers_start_and_stop()
    {
        var heartbeats = new Heartbeats(TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var starting = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    foreach (var beat in Enum.GetValues<Worker>().Select(worker => heartbeats.Start(worker, TimeSpan.FromMinutes(1))).ToList())
                    {
                        beat.Dispose();
                    }
                }
            },
            TestContext.Current.CancellationToken);

        for (var time = 0; time < 20_000; time++)
        {
            Assert.InRange(heartbeats.Read().Count, 0, Enum.GetValues<Worker>().Length);
        }

        await stop.CancelAsync();
        await starting;
    }

    [Fact]
    public void A_worker_that_was_started_again_is_not_forgotten_with_the_one_before()
    {
        var heartbeats = new Heartbeats(new FakeTimeProvider());
        var before = heartbeats.Start(Worker.Intake, TimeSpan.FromSeconds(60));
        using var now = heartbeats.Start(Worker.Intake, TimeSpan.FromSeconds(60));

        before.Dispose();

        Assert.Single(heartbeats.Read());
    }

    [Fact]
    public async Task The_last_minute_of_a_measure_is_kept_and_no_more()
    {
        var clock = new FakeTimeProvider();
        using var meter = new Meter("WaConsole.Test");
        using var measures = new RecentMeasures(clock);
        await measures.StartAsync(CancellationToken.None);
        var duration = meter.CreateHistogram<double>("waconsole.test.duration");
        var counter = meter.CreateCounter<long>("waconsole.test.count");

        duration.Record(9);
        counter.Add(1_000);
        clock.Advance(TimeSpan.FromSeconds(50));
        duration.Record(1);
        duration.Record(3);
        counter.Add(120);
        Assert.Equal((3, 9), ((int)measures.Read("waconsole.test.duration").Count, (int)measures.Read("waconsole.test.duration").Highest));

        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(new Recent(2, 2, 3), measures.Read("waconsole.test.duration"));
        Assert.Equal((120, 2), (measures.Read("waconsole.test.count").Count, (int)measures.Read("waconsole.test.count").PerSecond));
        Assert.Equal(Recent.None, measures.Read("waconsole.test.unknown"));
    }

    [Fact]
    public async Task Only_an_admin_may_ask()
    {
        await using var host = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var ana = await new SeedAgent("Ana").WriteAsync(host.Get<Store>());

        Assert.Throws<NotAllowedException>(() => host.Get<ReadLiveHealth>().Run(ana));
        Assert.Equal(RelayCondition.NotUsed, host.Get<ReadLiveHealth>().Run(Caller.System).Relay);
    }

    [Fact]
    public async Task Refreshes_of_screens_are_measured()
    {
        await using var host = await CoreHost.StartAsync(DatabaseProvider.Sqlite, new CoreHostOptions { Workers = true });
        var done = new TaskCompletionSource();
        using var subscription = host.Get<LiveUpdates>().SubscribeInbox(null, _ =>
        {
            done.TrySetResult();
            return Task.CompletedTask;
        });

        host.Get<LiveUpdates>().Publish(new InboxChanged(1, 1));
        await done.Task;

        await Until.TrueAsync(() => host.Get<ReadLiveHealth>().Run(Caller.System).Refreshes.Count > 0, "the refresh to be measured");
    }
}
