using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WaConsole.Core.Live;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Live;

public sealed class RedisRelayTests
{
    private const string RedisVariable = "WACONSOLE_TEST_REDIS";

    [Fact]
    public async Task A_change_published_on_one_node_is_heard_on_the_other_and_goes_no_further()
    {
        var redis = Environment.GetEnvironmentVariable(RedisVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(redis), $"No Redis: set {RedisVariable}, or run tests/run.sh, which starts one.");
        await using var here = await Node.StartAsync(redis!);
        await using var there = await Node.StartAsync(redis!);
        var change = new InboxChanged(7, 123);
        using var _ = there.Updates.Subscribe<InboxChanged>(c => c == change, there.Hear);
        using var __ = here.Updates.Subscribe<InboxChanged>(c => c == change, here.Hear);

        here.Updates.Publish(change);

        await Until.TrueAsync(() => there.Heard >= 1 && here.Heard >= 1, "both nodes to hear the change");
        here.Updates.Publish(new ConversationChanged(7, 999));
        using var end = there.Updates.Subscribe<ConversationChanged>(_ => true, there.HearEnd);
        await Until.TrueAsync(
            () =>
            {
                here.Updates.Publish(new ConversationChanged(7, 999));
                return there.Ended;
            },
            "a later change, by when an echo of the first would have come");
        Assert.Equal((1, 1), (here.Heard, there.Heard));
        Assert.Equal(0, there.PublishedHere);
    }

    [Fact]
    public void Every_change_survives_the_way_between_nodes()
    {
        var node = Guid.CreateVersion7();
        LiveChange[] changes =
        [
            new InboxChanged(1, 2), new ConversationChanged(3, 4), new TemplatesChanged(5), new NumbersChanged(6), new AgentChanged(7),
            new OutboxChanged(8), new IntakeChanged(), new ClockChanged(),
        ];
        foreach (var change in changes)
        {
            Assert.Equal((node, change), ChangeJson.Read(ChangeJson.Write(node, change)));
        }

        Assert.Equal(
            typeof(LiveChange).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LiveChange))).Select(type => type.Name).Order(),
            changes.Select(change => change.GetType().Name).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"Node":"018f0000-0000-7000-8000-000000000000","Kind":"SomethingNew","Change":{}}""")]
    [InlineData("""{"Node":"018f0000-0000-7000-8000-000000000000","Kind":"InboxChanged","Change":[]}""")]
    public void What_another_version_sends_and_we_do_not_know_is_left(string json) =>
        Assert.Null(ChangeJson.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    private sealed class Node : IAsyncDisposable
    {
        private readonly RedisRelay _relay;
        private int _heard;
        private int _published;

        private Node(string redis)
        {
            _relay = new RedisRelay(
                Updates, Options.Create(new RedisOptions { ConnectionString = redis }), TimeProvider.System, NullLogger<RedisRelay>.Instance);
            Updates.Published += _ => Interlocked.Increment(ref _published);
        }

        public LiveUpdates Updates { get; } = new(TimeProvider.System);

        public int Heard => Volatile.Read(ref _heard);

        public int PublishedHere => Volatile.Read(ref _published);

        public bool Ended { get; private set; }

        public static async Task<Node> StartAsync(string redis)
        {
            var node = new Node(redis);
            await node._relay.StartAsync(CancellationToken.None);
            await node._relay.Ready;
            return node;
        }

        public Task Hear()
        {
            Interlocked.Increment(ref _heard);
            return Task.CompletedTask;
        }

        public Task HearEnd()
        {
            Ended = true;
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await _relay.StopAsync(CancellationToken.None);
            _relay.Dispose();
        }
    }
}
