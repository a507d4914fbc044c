using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Conversations;

/// <summary>Looks when somebody wrote or hours changed, at most once a second, and now and then by itself: hours end without a word.</summary>
internal sealed partial class AnswerAwayWorker(AnswerAway answer, LiveUpdates live, TimeProvider clock, ILogger<AnswerAwayWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly Bell _bell = new(clock);

    public override void Dispose()
    {
        base.Dispose();
        _bell.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var rows = live.Subscribe<InboxChanged>(_ => true, Ring, Quiet);
        using var numbers = live.Subscribe<NumbersChanged>(_ => true, Ring, Quiet);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await answer.RunAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFault(fault);
            }

            await _bell.WaitAsync(Look, stoppingToken);
        }

        Task Ring()
        {
            _bell.Ring();
            return Task.CompletedTask;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Answering outside business hours ended in a fault")]
    private partial void LogFault(Exception fault);

    private sealed class Bell(TimeProvider clock) : WakeUp(clock);
}
