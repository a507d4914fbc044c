using System.Collections.Concurrent;

namespace WaConsole.Core.Live;

public enum Worker
{
    Intake = 1,
    Sending = 2,
    Windows = 3,
    Media = 4,
    Tidying = 5,
    Sounds = 6,
    Uploads = 7,
    Snoozes = 8,
    AwayMessages = 9,
    Turns = 10,
    ClosingNotices = 11,
    Notifications = 12,
    Merges = 13,
    Told = 14,
    Drafts = 15,
    WaitingNotices = 16,
    Repeats = 17,
    Consent = 20,
    Templates = 21,
    Imports = 22,
    Retention = 23,
    Insight = 30,
    LinkClicks = 31,
}

/// <summary>How long a worker of this process has given no sign of life. <see cref="IsSilent"/>: longer than it ever should.</summary>
public sealed record WorkerSign(Worker Worker, TimeSpan Silence, bool IsSilent);

/// <summary>
/// Signs of life of this process's workers. A worker that fails goes on and gives signs; one that hangs does not, and nothing else
/// would show it: webhooks are still answered and screens still open.
/// </summary>
public sealed class Heartbeats(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Worker, Heartbeat> _beating = new();

    public IReadOnlyList<WorkerSign> Read() => [.. _beating.ToArray().OrderBy(beat => beat.Key).Select(beat => beat.Value.Read())];

    /// <summary>Begins the watch; dispose it when the worker stops.</summary>
    internal Heartbeat Start(Worker worker, TimeSpan silentAtMost)
    {
        var beat = new Heartbeat(worker, silentAtMost, clock, gone => _beating.TryRemove(new(worker, gone)));
        _beating[worker] = beat;
        return beat;
    }
}

internal sealed class Heartbeat(Worker worker, TimeSpan silentAtMost, TimeProvider clock, Action<Heartbeat> gone) : IDisposable
{
    private long _last = clock.GetTimestamp();

    public void Beat() => Volatile.Write(ref _last, clock.GetTimestamp());

    public WorkerSign Read()
    {
        var silence = clock.GetElapsedTime(Volatile.Read(ref _last));
        return new WorkerSign(worker, silence, silence > silentAtMost);
    }

    public void Dispose() => gone(this);
}
