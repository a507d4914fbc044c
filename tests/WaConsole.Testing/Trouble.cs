using WaConsole.Core.Health;
using WaConsole.Core.Live;

namespace WaConsole.Testing;

/// <summary>What a node looks like that does not do well.</summary>
public static class Trouble
{
    /// <summary>A worker that hangs. Dispose it to end that.</summary>
    public static IDisposable SilentWorker(Heartbeats heartbeats, Worker worker) => heartbeats.Start(worker, TimeSpan.FromTicks(-1));

    /// <summary>Queues that are behind, as the last look at them saw it.</summary>
    public static void LateQueues(CoreHost host, TimeSpan intake, TimeSpan replies)
    {
        host.Get<QueueAges>().Current = new QueueAge(intake, replies, replies);
        host.Get<LiveUpdates>().Deliver(new QueuesChanged());
    }
}
