using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using WaConsole.Core.Live;
using WaConsole.Web.Api;

namespace WaConsole.Web.Live;

/// <summary>
/// Passes what this node publishes on to the hub. The first change goes at once; changes of the next <see cref="Quiet"/> go together,
/// each once. When a burst is larger than <see cref="Capacity"/>, clients are told to read again instead. Other nodes' changes are theirs
/// to pass on: the hub's backplane carries them here.
/// </summary>
internal sealed partial class LiveFeed(
    LiveUpdates live, IHubContext<LiveHub, ILiveClient> hub, LiveConnections connections, TimeProvider clock, ILogger<LiveFeed> log)
    : BackgroundService
{
    public const int Capacity = 5_000;

    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    /// <summary>How soon a revoked key is out, when no change told us.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(30);

    private readonly NewsBuffer _waiting = new(Capacity);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        live.Published += Note;
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        live.Published -= Note;
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(PassOnAsync(stoppingToken), CheckAsync(stoppingToken));

    private void Note(LiveChange change)
    {
        if (Told(change) is { } told)
        {
            _waiting.Add(told);
            _signal.Writer.TryWrite(true);
        }
    }

    /// <summary>Programs outside are told about conversations as a whole: a hundred ticks in one are one call.</summary>
    private static LiveChange? Told(LiveChange change) => change switch
    {
        MessageChanged c => new ConversationChanged(c.NumberId, c.ConversationId),
        HeaderChanged c => new ConversationChanged(c.NumberId, c.ConversationId),
        ConversationChanged or InboxChanged or TemplatesChanged or NumbersChanged or ContactChanged or LabelsChanged => change,
        _ => null,
    };

    private async Task PassOnAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await SendAsync(_waiting.Take());
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogNotPassedOn(fault);
            }

            await Task.Delay(Quiet, clock, cancellationToken);
        }
    }

    private async Task SendAsync(LiveNews? news)
    {
        if (news is { Everything: true })
        {
            await hub.Clients.All.Resync();
            return;
        }

        foreach (var change in news?.Changes ?? [])
        {
            await (change switch
            {
                ConversationChanged c => Of(c.NumberId).ConversationChanged(ApiText.Id(c.ConversationId), ApiText.Id(c.NumberId)),
                InboxChanged c => Of(c.NumberId).InboxChanged(ApiText.Id(c.ConversationId), ApiText.Id(c.NumberId)),
                TemplatesChanged c => hub.Clients.All.TemplatesChanged(ApiText.Id(c.BusinessAccountId)),
                ContactChanged c => hub.Clients.Group(LiveHub.EveryNumber).ContactChanged(ApiText.Id(c.ContactId)),
                LabelsChanged => hub.Clients.All.LabelsChanged(),
                NumbersChanged c => hub.Clients.All.NumbersChanged(ApiText.Id(c.BusinessAccountId)),
                _ => Task.CompletedTask,
            });
        }
    }

    private ILiveClient Of(long numberId) => hub.Clients.Groups(LiveHub.EveryNumber, LiveHub.GroupOf(numberId));

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var people = live.Subscribe<AgentChanged>(_ => true, () => connections.CheckAsync(cancellationToken), TimeSpan.Zero);
        using var timer = new PeriodicTimer(CheckEvery, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await connections.CheckAsync(cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogNotChecked(fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live changes could not be passed on to the hub")]
    private partial void LogNotPassedOn(Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rights of live connections could not be checked")]
    private partial void LogNotChecked(Exception fault);
}
