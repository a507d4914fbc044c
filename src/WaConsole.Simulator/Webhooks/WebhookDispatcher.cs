using System.Text;
using Microsoft.Extensions.Logging;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Webhooks;

/// <summary>
/// Delivers webhooks: signed, in order for each customer, repeated with growing pauses until the answer is 200. They wait in
/// memory, and none is lost before seven days of simulated time.
/// </summary>
public sealed class WebhookDispatcher : IDisposable
{
    private static readonly TimeSpan SwapWait = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, WebhookLane> _lanes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopped = new();
    private readonly WebhookSender _sender;
    private readonly SimulatorOptions _options;
    private readonly FaultBoard _faults;
    private readonly Agenda _agenda;
    private readonly SimulatorClock _clock;
    private readonly WebhookCounts _counts = new();
    private WebhookBatching _batching;
    private bool _holding;
    private Uri? _target;

    internal WebhookDispatcher(SimulatorOptions options, FaultBoard faults, Agenda agenda, SimulatorClock clock, TimeProvider time, ILogger log)
    {
        _sender = new WebhookSender(Encoding.UTF8.GetBytes(options.AppSecret), time, log);
        _options = options;
        _batching = options.WebhookBatching;
        _faults = faults;
        _agenda = agenda;
        _clock = clock;
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
            StartAll(wake: true);
        }
    }

    /// <summary>How many things share a body. Takes effect with the next webhook.</summary>
    public WebhookBatching Batching
    {
        get => Volatile.Read(ref _batching);
        set => Volatile.Write(ref _batching, value);
    }

    /// <summary>No app is subscribed to the account: nothing is told, and nothing is kept for later.</summary>
    internal bool Muted { get; set; }

    /// <summary>While true, webhooks gather and none leaves.</summary>
    public bool Holding => Volatile.Read(ref _holding);

    /// <summary>Webhooks not yet answered with 200.</summary>
    public long Pending => _counts.Pending;

    /// <summary>Webhooks answered with 200; one that was doubled counts twice.</summary>
    public long Delivered => _counts.Delivered;

    /// <summary>Attempts that were not answered with 200.</summary>
    public long Refused => _counts.Refused;

    /// <summary>Webhooks given up after seven days without a 200.</summary>
    public long Lost => _counts.Lost;

    /// <summary>Bodies answered with 200; with batching fewer than <see cref="Delivered"/>.</summary>
    public long Bodies => _counts.Bodies;

    /// <summary>Completes when every webhook so far was answered with 200.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken) => _counts.WhenNonePendingAsync(cancellationToken);

    /// <summary>Asks the receiver to prove itself, as Meta does when a callback address is set.</summary>
    public Task<bool> HandshakeAsync(Uri target, string verifyToken, CancellationToken cancellationToken) =>
        _sender.HandshakeAsync(target, verifyToken, cancellationToken);

    /// <summary>From now on webhooks gather until <see cref="Release"/>.</summary>
    public void Hold() => Volatile.Write(ref _holding, true);

    /// <summary>Lets what gathered go, several to a body when asked to; 0 keeps the usual way.</summary>
    public void Release(int together = 0)
    {
        lock (_gate)
        {
            if (together > 0)
            {
                var all = new WebhookLane("released", null) { Together = together };
                foreach (var lane in _lanes.Values.Where(lane => lane.Running is null && lane.Override is null).ToList())
                {
                    lane.MoveTo(all);
                    _lanes.Remove(lane.Name);
                }

                if (all.Waiting.Count > 0)
                {
                    _lanes[all.Name] = all;
                }
            }

            Volatile.Write(ref _holding, false);
        }

        StartAll(wake: false);
    }

    public void Dispose()
    {
        _stopped.Cancel();
        _sender.Dispose();
    }

    /// <summary>Queues one item. Items of the same lane are delivered in this order.</summary>
    /// <param name="lane">Usually the customer; what must not wait for another goes into a lane of its own.</param>
    /// <param name="item">What to tell.</param>
    /// <param name="target">Where it goes instead of <see cref="Target"/>.</param>
    internal void Enqueue(string lane, WebhookItem item, Uri? target = null)
    {
        if (Muted)
        {
            return;
        }

        if (target is not null)
        {
            lane = $"{lane}@{target}";
        }

        if (_faults.Take(FaultKind.WebhookDoubled) is not null)
        {
            Put(lane, item, target);
        }

        if (_faults.Take(FaultKind.WebhookLate) is { } late)
        {
            _counts.Pend(1);
            _agenda.After(TimeSpan.FromMilliseconds(late.Milliseconds), () =>
            {
                Put($"{lane}/late/{Guid.CreateVersion7()}", item, target);
                _counts.Pend(-1);
            });
            return;
        }

        Put(lane, item, target, swap: _faults.Take(FaultKind.WebhookOutOfOrder) is not null);
    }

    internal void Clear()
    {
        lock (_gate)
        {
            foreach (var lane in _lanes.Values)
            {
                _counts.Pend(-lane.Waiting.Count - (lane.Held is null ? 0 : 1));
                lane.Waiting.Clear();
                lane.Held = null;
            }

            Volatile.Write(ref _holding, false);
        }
    }

    /// <summary>Completes when this lane is empty or its next delivery has failed.</summary>
    internal Task WhenLaneRestsAsync(string name)
    {
        lock (_gate)
        {
            return _lanes.TryGetValue(LaneName(name), out var lane) && lane.Running is { } running ? running : Task.CompletedTask;
        }
    }

    // With batching on, customers share a few lanes, so that what happens at the same time can share a body in order.
    private string LaneName(string name) => Batching.Most > 1 && !name.Contains('/', StringComparison.Ordinal)
        ? $"shared/{(uint)string.GetHashCode(name, StringComparison.Ordinal) % 4}"
        : name;

    private void Put(string name, WebhookItem item, Uri? target, bool swap = false)
    {
        name = target is null ? LaneName(name) : name;
        WebhookLane? lane;
        lock (_gate)
        {
            if (!_lanes.TryGetValue(name, out lane))
            {
                _lanes.Add(name, lane = new WebhookLane(name, target));
            }

            _counts.Pend(1);
            if (swap && lane.Held is null)
            {
                lane.Held = item;
            }
            else
            {
                lane.Waiting.Enqueue(item);
                lane.ReleaseHeld();
            }
        }

        if (swap)
        {
            _agenda.After(SwapWait, () =>
            {
                lock (_gate)
                {
                    lane.ReleaseHeld();
                }

                Start(lane);
            });
        }

        Start(lane);
    }

    private void StartAll(bool wake)
    {
        List<WebhookLane> lanes;
        lock (_gate)
        {
            lanes = [.. _lanes.Values];
            lanes.ForEach(lane => lane.Resting &= !wake);
        }

        lanes.ForEach(Start);
    }

    private void Start(WebhookLane lane)
    {
        lock (_gate)
        {
            if (lane.Running is null && !lane.Resting && !_holding && lane.Waiting.Count > 0 && (lane.Override ?? Target) is not null)
            {
                lane.Running = Task.Run(() => RunAsync(lane), CancellationToken.None);
            }
        }
    }

    private async Task RunAsync(WebhookLane lane)
    {
        while (true)
        {
            var batching = Batching;
            if (batching.Most > 1 && batching.Wait > TimeSpan.Zero && lane.Waiting.Count < batching.Most)
            {
                await Task.Delay(batching.Wait, _clock, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (Next(lane, batching) is not { } items)
            {
                return;
            }

            var body = WebhookBody.Write(items, batching.Shape, _options.BusinessAccountId, _clock.GetUtcNow());
            var trouble = (lane.Override ?? Target) is { } target
                ? await _sender.DeliverAsync(target, body, _stopped.Token)
                : "There is no address.";
            if (trouble is null)
            {
                Done(lane, items.Count);
                continue;
            }

            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            Rest(lane, items, trouble);
            return;
        }
    }

    // Meta repeats at once, then ever less often, for up to seven days ("Webhooks overview", September 2026).
    private void Rest(WebhookLane lane, List<WebhookItem> items, string trouble)
    {
        TimeSpan pause;
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            var first = lane.FailingSince ??= now;
            if (now - first >= TimeSpan.FromDays(7))
            {
                items.ForEach(item => item.Tell("FAILED", trouble));
                lane.Take(items.Count);
                lane.FailingSince = null;
                _counts.GivenUp(items.Count);
            }
            else
            {
                items.ForEach(item => item.Tell("RETRYING", trouble));
            }

            var unit = _options.WebhookRetryUnit;
            pause = lane.Failures == 0 ? TimeSpan.Zero : unit * Math.Pow(2, Math.Min(lane.Failures - 1, 12));
            pause = pause < unit * 600 ? pause : unit * 600;
            lane.Failures++;
            lane.Resting = true;
            lane.Running = null;
        }

        _agenda.After(pause, () =>
        {
            lock (_gate)
            {
                lane.Resting = false;
            }

            Start(lane);
        });

        // Last: whoever sees it counted and moves the clock finds the repetition planned.
        _counts.NotTaken();
        Attempted?.Invoke(this, EventArgs.Empty);
    }

    private List<WebhookItem>? Next(WebhookLane lane, WebhookBatching batching)
    {
        lock (_gate)
        {
            if (lane.Waiting.Count > 0 && !_holding && (lane.Override ?? Target) is not null && !_stopped.IsCancellationRequested)
            {
                return lane.Peek(Math.Min(lane.Together ?? batching.Most, WebhookBody.MostItems));
            }

            lane.Running = null;
            if (lane is { Waiting.Count: 0, Held: null })
            {
                _lanes.Remove(lane.Name);
            }

            return null;
        }
    }

    private void Done(WebhookLane lane, int count)
    {
        lock (_gate)
        {
            lane.Failures = 0;
            lane.FailingSince = null;
            _counts.Taken(lane.Take(count));
        }

        Attempted?.Invoke(this, EventArgs.Empty);
    }
}
