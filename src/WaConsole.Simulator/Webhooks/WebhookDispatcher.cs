using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Webhooks;

/// <summary>
/// Delivers webhooks: signed, one after the other for each customer, repeated with growing pauses until the answer
/// is 200. They wait in memory and none is lost while the simulator runs.
/// </summary>
public sealed class WebhookDispatcher : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SwapWait = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopped = new();
    private readonly WebhookSender _sender;
    private readonly string _businessAccountId;
    private readonly FaultBoard _faults;
    private readonly Agenda _agenda;
    private TaskCompletionSource _idle = Completed();
    private long _pending;
    private long _delivered;
    private long _refused;
    private Uri? _target;

    internal WebhookDispatcher(
        string appSecret, string businessAccountId, FaultBoard faults, Agenda agenda, TimeProvider clock, ILogger log)
    {
        _sender = new WebhookSender(Encoding.UTF8.GetBytes(appSecret), clock, log);
        _businessAccountId = businessAccountId;
        _faults = faults;
        _agenda = agenda;
    }

    /// <summary>Raised after each attempt, when it was counted and its repetition planned.</summary>
    public event EventHandler? Attempted;

    /// <summary>Where webhooks go. Setting it tries everything that waits at once.</summary>
    public Uri? Target
    {
        get => Volatile.Read(ref _target);
        set
        {
            Volatile.Write(ref _target, value);
            List<Lane> lanes;
            lock (_gate)
            {
                lanes = [.. _lanes.Values];
                lanes.ForEach(lane => lane.Resting = false);
            }

            lanes.ForEach(Start);
        }
    }

    /// <summary>Webhooks not yet answered with 200.</summary>
    public long Pending => Interlocked.Read(ref _pending);

    /// <summary>Webhooks answered with 200; one that was doubled counts twice.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Attempts that were not answered with 200.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Completes when every webhook so far was answered with 200.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Asks the receiver to prove itself, as Meta does when a callback address is set.</summary>
    public Task<bool> HandshakeAsync(Uri target, string verifyToken, CancellationToken cancellationToken) =>
        _sender.HandshakeAsync(target, verifyToken, cancellationToken);

    public void Dispose()
    {
        _stopped.Cancel();
        _sender.Dispose();
    }

    /// <summary>Queues one change. Changes of the same lane are delivered in this order.</summary>
    internal void Enqueue(string lane, string field, JsonObject value)
    {
        var body = Encoding.ASCII.GetBytes(new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = _businessAccountId,
                ["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = field }),
            }),
        }.ToJsonString());

        if (_faults.Take(FaultKind.WebhookDoubled) is not null)
        {
            Put(lane, body);
        }

        if (_faults.Take(FaultKind.WebhookLate) is { } late)
        {
            Count(1);
            _agenda.After(TimeSpan.FromMilliseconds(late.Milliseconds), () =>
            {
                Put($"{lane}/late/{Guid.CreateVersion7()}", body);
                Count(-1);
            });
            return;
        }

        Put(lane, body, swap: _faults.Take(FaultKind.WebhookOutOfOrder) is not null);
    }

    internal void Clear()
    {
        lock (_gate)
        {
            foreach (var lane in _lanes.Values)
            {
                Count(-lane.Waiting.Count - (lane.Held is null ? 0 : 1));
                lane.Waiting.Clear();
                lane.Held = null;
            }
        }
    }

    /// <summary>Completes when this lane is empty or its next delivery has failed.</summary>
    internal Task WhenLaneRestsAsync(string name)
    {
        lock (_gate)
        {
            return _lanes.TryGetValue(name, out var lane) && lane.Running is { } running ? running : Task.CompletedTask;
        }
    }

    private void Put(string name, byte[] body, bool swap = false)
    {
        Lane? lane;
        lock (_gate)
        {
            if (!_lanes.TryGetValue(name, out lane))
            {
                _lanes.Add(name, lane = new Lane(name));
            }

            Count(1);
            if (swap && lane.Held is null)
            {
                lane.Held = body;
            }
            else
            {
                lane.Waiting.Enqueue(body);
                ReleaseHeld(lane);
            }
        }

        if (swap)
        {
            _agenda.After(SwapWait, () =>
            {
                lock (_gate)
                {
                    ReleaseHeld(lane);
                }

                Start(lane);
            });
        }

        Start(lane);
    }

    private static void ReleaseHeld(Lane lane)
    {
        if (lane.Held is { } held)
        {
            lane.Held = null;
            lane.Waiting.Enqueue(held);
        }
    }

    private void Start(Lane lane)
    {
        lock (_gate)
        {
            if (lane.Running is null && !lane.Resting && lane.Waiting.Count > 0 && Target is not null)
            {
                lane.Running = Task.Run(() => RunAsync(lane), CancellationToken.None);
            }
        }
    }

    private async Task RunAsync(Lane lane)
    {
        while (Next(lane) is { } body)
        {
            if (Target is { } target && await _sender.DeliverAsync(target, body, _stopped.Token))
            {
                Done(lane);
                continue;
            }

            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            // Meta repeats at once, then ever less often, for up to seven days ("Webhooks overview", September 2026).
            var pause = lane.Failures == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(lane.Failures - 1, 12)));
            lock (_gate)
            {
                lane.Failures++;
                lane.Resting = true;
                lane.Running = null;
            }

            Interlocked.Increment(ref _refused);
            _agenda.After(pause < LongestPause ? pause : LongestPause, () =>
            {
                lock (_gate)
                {
                    lane.Resting = false;
                }

                Start(lane);
            });
            Attempted?.Invoke(this, EventArgs.Empty);
            return;
        }
    }

    private byte[]? Next(Lane lane)
    {
        lock (_gate)
        {
            if (lane.Waiting.TryPeek(out var body) && Target is not null && !_stopped.IsCancellationRequested)
            {
                return body;
            }

            lane.Running = null;
            if (lane is { Waiting.Count: 0, Held: null })
            {
                _lanes.Remove(lane.Name);
            }

            return null;
        }
    }

    private void Done(Lane lane)
    {
        Interlocked.Increment(ref _delivered);
        lock (_gate)
        {
            lane.Failures = 0;
            if (lane.Waiting.TryDequeue(out _))
            {
                Count(-1);
            }
        }

        Attempted?.Invoke(this, EventArgs.Empty);
    }

    private void Count(int by)
    {
        lock (_gate)
        {
            var now = Interlocked.Add(ref _pending, by);
            if (now == 0)
            {
                _idle.TrySetResult();
            }
            else if (_idle.Task.IsCompleted)
            {
                _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }

    private sealed class Lane(string name)
    {
        public string Name { get; } = name;
        public Queue<byte[]> Waiting { get; } = new();
        public byte[]? Held { get; set; }
        public Task? Running { get; set; }
        public bool Resting { get; set; }
        public int Failures { get; set; }
    }
}
