using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;

namespace WaConsole.Core.Conversations;

/// <summary>Looks when somebody wrote or hours changed, at most once a second, and now and then by itself: hours end without a word.</summary>
internal sealed class AnswerAwayWorker(AnswerAway answer, LiveUpdates live, Heartbeats heartbeats, TimeProvider clock, ILogger<AnswerAwayWorker> log)
    : LookAgainWorker(Worker.AwayMessages, heartbeats, clock, log)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    protected override IReadOnlyList<IDisposable> Hear() =>
    [
        live.Subscribe<InboxChanged>(_ => true, RingAsync, Quiet),
        live.Subscribe<NumbersChanged>(_ => true, RingAsync, Quiet),
    ];

    protected override async Task<TimeSpan?> LookAsync(Action beat, CancellationToken stoppingToken)
    {
        await answer.RunAsync(beat, stoppingToken);
        return null;
    }
}
