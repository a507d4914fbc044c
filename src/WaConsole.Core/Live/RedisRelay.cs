using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace WaConsole.Core.Live;

/// <summary>
/// Carries changes to the other nodes over Redis pub/sub and brings theirs here. What comes from another node is delivered, not
/// published, so it never goes back. What collects while one message is on its way goes together in the next. While Redis is away
/// nothing waits for it: this node stays live, and when the connection returns every open screen re-reads once, here because of what
/// was not heard and on the other nodes because of what could not be told.
/// </summary>
internal sealed partial class RedisRelay(
    LiveUpdates live, RelayState state, IOptions<RedisOptions> options, TimeProvider clock, ILogger<RedisRelay> log) : BackgroundService
{
    /// <summary>More different changes than this at once, and the others are told to read everything again.</summary>
    internal const int Capacity = 5_000;

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    private static readonly RedisChannel Topic = RedisChannel.Literal("waconsole:live");

    private readonly Guid _node = Guid.CreateVersion7();
    private readonly NewsBuffer _outgoing = new(Capacity);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when this node hears the others.</summary>
    internal Task Ready => _ready.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        state.Condition = RelayCondition.Away;
        var configuration = ConfigurationOptions.Parse(options.Value.ConnectionString!);
        configuration.AbortOnConnectFail = false;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        redis.ConnectionFailed += (_, failed) =>
        {
            state.Condition = RelayCondition.Away;
            LogLost(failed.FailureType.ToString());
        };
        redis.ConnectionRestored += (_, restored) =>
        {
            state.Condition = redis.IsConnected ? RelayCondition.Connected : RelayCondition.Away;
            if (restored.ConnectionType == ConnectionType.Subscription)
            {
                LogBack();
                live.PokeAll();
            }
        };

        var subscriber = redis.GetSubscriber();
        await SubscribeAsync(subscriber, stoppingToken);
        live.Published += Enqueue;
        state.Condition = RelayCondition.Connected;
        _ready.TrySetResult();
        try
        {
            await foreach (var _ in _signal.Reader.ReadAllAsync(stoppingToken))
            {
                await SendAsync(subscriber, stoppingToken);
            }
        }
        finally
        {
            live.Published -= Enqueue;
        }
    }

    private void Enqueue(LiveChange change)
    {
        _outgoing.Add(change);
        _signal.Writer.TryWrite(true);
    }

    private async Task SubscribeAsync(ISubscriber subscriber, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await subscriber.SubscribeAsync(Topic, (_, message) => Hear(message));
                return;
            }
            catch (Exception fault) when (fault is RedisException or TimeoutException)
            {
                LogLost(fault.GetType().Name);
                await Task.Delay(TryAgainAfter, clock, cancellationToken);
            }
        }
    }

    private void Hear(RedisValue message)
    {
        if (ChangeJson.Read((byte[]?)message ?? []) is not { } heard || heard.Node == _node)
        {
            return;
        }

        if (heard.News.Everything)
        {
            live.PokeAll();
        }
        else
        {
            live.Deliver([.. heard.News.Changes]);
        }
    }

    /// <summary>What could not be told is lost for the others, so the next they hear is to read everything again.</summary>
    private async Task SendAsync(ISubscriber subscriber, CancellationToken cancellationToken)
    {
        if (_outgoing.Take() is not { } news)
        {
            return;
        }

        try
        {
            await subscriber.PublishAsync(Topic, ChangeJson.Write(_node, news));
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            LogLost(fault.GetType().Name);
            _outgoing.AddEverything();
            await Task.Delay(TryAgainAfter, clock, cancellationToken);
            _signal.Writer.TryWrite(true);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live relay cannot reach Redis ({Reason}); other nodes do not hear this one until it is back")]
    private partial void LogLost(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The live relay reaches Redis again; open screens re-read")]
    private partial void LogBack();
}
