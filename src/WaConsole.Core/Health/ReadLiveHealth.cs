using WaConsole.Core.Intake;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Health;

/// <summary>How this node does at this moment. Times in seconds; <see cref="Recent"/> is the last minute.</summary>
/// <param name="Queues">Ages of the queues.</param>
/// <param name="Webhooks">From a webhook's arrival to its commit into conversations.</param>
/// <param name="Sends">Answers of WhatsApp to messages sent.</param>
/// <param name="Refreshes">Parts of screens that read again and drew.</param>
/// <param name="Listeners">Parts of screens that listen.</param>
/// <param name="Workers">Signs of life.</param>
/// <param name="Relay">To the other nodes.</param>
/// <param name="Store">Whether the database takes what comes.</param>
public sealed record LiveHealth(
    QueueAge Queues, Recent Webhooks, Recent Sends, Recent Refreshes, int Listeners, IReadOnlyList<WorkerSign> Workers, RelayCondition Relay,
    StoreTrouble Store);

/// <summary>What needs an admin's eye, worst first.</summary>
public enum HealthConcern
{
    WorkerSilent = 1,
    IntakeLate = 2,
    RepliesLate = 3,
    RelayAway = 4,
    ScreensSlow = 5,
    DiskFull = 6,
    StoreRefusing = 7,
}

/// <summary>How the live parts of this node do, for admins. Reads nothing from the database.</summary>
public sealed class ReadLiveHealth(
    QueueAges ages, RecentMeasures measures, LiveUpdates live, Heartbeats heartbeats, RelayState relay, StoreCondition store)
{
    /// <summary>A screen that needs longer than this on average does not feel live.</summary>
    public const double SlowRefreshSeconds = 0.25;

    private const int EnoughRefreshes = 20;

    public LiveHealth Run(Caller caller)
    {
        caller.MustBeAdmin();
        return new LiveHealth(
            ages.Current,
            measures.Read(IntakeMeter.ProjectionLag.Name),
            measures.Read(SendMeter.AnswersName),
            measures.Read(LiveMeter.RefreshDuration.Name),
            live.Subscriptions,
            heartbeats.Read(),
            relay.Condition,
            store.Current);
    }

    /// <summary>Pure: what is wrong.</summary>
    public static IReadOnlyList<HealthConcern> ConcernsOf(LiveHealth health)
    {
        List<HealthConcern> concerns = [];
        Add(HealthConcern.DiskFull, health.Store == StoreTrouble.DiskFull);
        Add(HealthConcern.StoreRefusing, health.Store == StoreTrouble.Refusing);
        Add(HealthConcern.WorkerSilent, health.Workers.Any(worker => worker.IsSilent));
        Add(HealthConcern.IntakeLate, health.Queues.IntakeIsLate);
        Add(HealthConcern.RepliesLate, health.Queues.RepliesAreLate);
        Add(HealthConcern.RelayAway, health.Relay == RelayCondition.Away);
        Add(HealthConcern.ScreensSlow, health.Refreshes.Count >= EnoughRefreshes && health.Refreshes.Mean > SlowRefreshSeconds);
        return concerns;

        void Add(HealthConcern concern, bool applies)
        {
            if (applies)
            {
                concerns.Add(concern);
            }
        }
    }
}
