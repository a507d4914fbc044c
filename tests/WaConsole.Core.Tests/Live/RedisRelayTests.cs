using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WaConsole.Core.Live;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Live;

public sealed class RedisRelayTests
{
    private const string RedisVariable = "WACONSOLE_TEST_REDIS";

    /// <summary>Nodes of other tests share the server, and what they tell would be heard here.</summary>
    private readonly string _channels = $",channelPrefix={Guid.CreateVersion7():n}";

    [Fact]
    public async Task A_change_published_on_one_node_is_heard_on_the_other_and_goes_no_further()
    {
        var redis = Redis();
        await using var here = await Node.StartAsync(redis + _channels);
        await using var there = await Node.StartAsync(redis + _channels);
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
    public async Task What_collects_goes_together_and_more_than_is_worth_telling_is_told_as_everything()
    {
        var redis = Redis();
        await using var here = await Node.StartAsync(redis + _channels);
        await using var there = await Node.StartAsync(redis + _channels);
        var heard = new System.Collections.Concurrent.ConcurrentQueue<LiveNews>();
        using var _ = there.Updates.SubscribeInbox(null, Note, TimeSpan.Zero);

        here.Updates.Publish([.. Enumerable.Range(1, RedisRelay.Capacity * 3).Select(id => new InboxChanged(7, id))]);

        await Until.TrueAsync(() => heard.Any(news => news.Everything), "the other node to read everything");
        Assert.InRange(heard.Count, 1, 50);

        Task Note(LiveNews news)
        {
            heard.Enqueue(news);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_node_that_could_not_tell_the_others_makes_them_read_everything_when_it_can_again()
    {
        var redis = Redis();
        await using var way = await CutWay.StartAsync(redis);
        await using var here = await Node.StartAsync(way.Address + ",connectTimeout=1000,syncTimeout=1000,asyncTimeout=1000" + _channels);
        await using var there = await Node.StartAsync(redis + _channels);
        var heard = new System.Collections.Concurrent.ConcurrentQueue<LiveNews>();
        using var _ = there.Updates.SubscribeInbox(null, Note, TimeSpan.Zero);

        // A slow machine may have failed to subscribe at first.
        var before = GivenUp();
        way.Cut();
        here.Updates.Publish(new InboxChanged(7, 123));
        await Until.TrueAsync(() => GivenUp() > before, "the change to be given up");
        Assert.Empty(heard);
        await Until.TrueAsync(() => here.State.Condition == RelayCondition.Away, "the relay to say that it is cut off");
        way.Mend();

        await Until.TrueAsync(() => heard.Any(news => news.Everything), "the other node to read everything");
        await Until.TrueAsync(() => here.State.Condition == RelayCondition.Connected, "the relay to say that it is back");

        int GivenUp() => here.Log.Count(line => line.Contains("Exception)", StringComparison.Ordinal));

        Task Note(LiveNews news)
        {
            heard.Enqueue(news);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void Every_change_survives_the_way_between_nodes()
    {
        var node = Guid.CreateVersion7();
        LiveChange[] changes =
        [
            new InboxChanged(1, 2), new ConversationChanged(3, 4), new MessageChanged(3, 4, 5), new HeaderChanged(3, 4),
            new TemplatesChanged(5), new TemplateSyncMoved(5), new LinkClicksChanged(5), new NumbersChanged(6), new AgentChanged(7), new OutboxChanged(8, Urgent: true),
            new IntakeChanged(), new QueuesChanged(), new ClockChanged(),
            new LabelsChanged(), new ContactChanged(9), new ContactFieldsChanged(),
            new NotificationsChanged(10), new PresenceTold(11, 12, PresenceKind.Typing), new SavedViewsChanged(), new CannedRepliesChanged(),
            new CaptureChanged(), new RegistryCheckChanged(IsAsked: true), new ImportChanged(13), new AgentHere(14), new CustomerWaits(15, 16),
        ];

        var read = ChangeJson.Read(ChangeJson.Write(node, new LiveNews(changes, Everything: false)))!.Value;

        Assert.Equal((node, false), (read.Node, read.News.Everything));
        Assert.Equal(changes, read.News.Changes);
        Assert.True(ChangeJson.Read(ChangeJson.Write(node, LiveNews.All))!.Value.News.Everything);
        Assert.Equal(
            typeof(LiveChange).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LiveChange))).Select(type => type.Name).Order(),
            changes.Select(change => change.GetType().Name).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"Node":"018f0000-0000-7000-8000-000000000000","Changes":[{"Kind":"InboxChanged","Change":[]}]}""")]
    public void What_cannot_be_read_is_left(string json) =>
        Assert.Null(ChangeJson.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_kind_only_a_newer_version_knows_is_left_out()
    {
        var json = """{"Node":"018f0000-0000-7000-8000-000000000000","Changes":[{"Kind":"SomethingNew","Change":{}},{"Kind":"ClockChanged","Change":{}}]}"""u8;

        Assert.Equal([new ClockChanged()], ChangeJson.Read(json)!.Value.News.Changes);
    }

    private static string Redis()
    {
        var redis = Environment.GetEnvironmentVariable(RedisVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(redis), $"No Redis: set {RedisVariable}, or run tests/run.sh, which starts one.");
        return redis!;
    }

    private sealed class Node : IAsyncDisposable
    {
        private readonly CapturedLogs _logs = new();
        private readonly RedisRelay _relay;
        private int _heard;
        private int _published;

        private Node(string redis)
        {
            _relay = new RedisRelay(
                Updates, State, Options.Create(new RedisOptions { ConnectionString = redis }), TimeProvider.System, new LoggerFactory([_logs]).CreateLogger<RedisRelay>());
            Updates.Published += _ => Interlocked.Increment(ref _published);
        }

        public RelayState State { get; } = new();

        public LiveUpdates Updates { get; } = new(TimeProvider.System);

        public IReadOnlyCollection<string> Log => _logs.Lines;

        public int Heard => Volatile.Read(ref _heard);

        public int PublishedHere => Volatile.Read(ref _published);

        public bool Ended { get; private set; }

        public static async Task<Node> StartAsync(string redis)
        {
            var node = new Node(redis);
            await node._relay.StartAsync(CancellationToken.None);
            await (await Task.WhenAny(node._relay.Ready, node._relay.ExecuteTask!));
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
