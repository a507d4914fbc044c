using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace WaConsole.Core.Live;

/// <summary>
/// Carries changes to the other nodes over Redis pub/sub and brings theirs here. What comes from another node is delivered, not
/// published, so it never goes back. While Redis is away nothing waits for it: this node stays live, and when the connection
/// returns every open screen re-reads once.
/// </summary>
internal sealed partial class RedisRelay(LiveUpdates live, IOptions<RedisOptions> options, TimeProvider clock, ILogger<RedisRelay> log) : BackgroundService
{
    /// <summary>A change is a hint to re-read; the oldest ones are the least needed.</summary>
    private const int Capacity = 10_000;

    private static readonly RedisChannel Topic = RedisChannel.Literal("waconsole:live");

    private readonly Guid _node = Guid.CreateVersion7();

    private readonly Channel<LiveChange> _outgoing = Channel.CreateBounded<LiveChange>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when this node hears the others.</summary>
    internal Task Ready => _ready.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var configuration = ConfigurationOptions.Parse(options.Value.ConnectionString!);
        configuration.AbortOnConnectFail = false;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        redis.ConnectionFailed += (_, failed) => LogLost(failed.FailureType.ToString());
        redis.ConnectionRestored += (_, restored) =>
        {
            if (restored.ConnectionType == ConnectionType.Subscription)
            {
                LogBack();
                live.PokeAll();
            }
        };

        var subscriber = redis.GetSubscriber();
        await SubscribeAsync(subscriber, stoppingToken);
        live.Published += Enqueue;
        _ready.TrySetResult();
        try
        {
            await foreach (var change in _outgoing.Reader.ReadAllAsync(stoppingToken))
            {
                await SendAsync(subscriber, change);
            }
        }
        finally
        {
            live.Published -= Enqueue;
        }
    }

    private void Enqueue(LiveChange change) => _outgoing.Writer.TryWrite(change);

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
            catch (RedisException fault)
            {
                LogLost(fault.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(2), clock, cancellationToken);
            }
        }
    }

    private void Hear(RedisValue message)
    {
        if (ChangeJson.Read((byte[]?)message ?? []) is { } heard && heard.Node != _node)
        {
            live.Deliver(heard.Change);
        }
    }

    private async Task SendAsync(ISubscriber subscriber, LiveChange change)
    {
        try
        {
            await subscriber.PublishAsync(Topic, ChangeJson.Write(_node, change));
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            LogLost(fault.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live relay cannot reach Redis ({Reason}); other nodes do not hear this one until it is back")]
    private partial void LogLost(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The live relay reaches Redis again; open screens re-read")]
    private partial void LogBack();
}
