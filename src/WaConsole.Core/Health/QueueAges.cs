namespace WaConsole.Core.Health;

/// <summary>How long the oldest of each queue has waited; zero when nothing waits.</summary>
/// <param name="Intake">Webhooks that are stored and not worked off.</param>
/// <param name="Replies">Replies of people that are due.</param>
/// <param name="Outbox">Messages of any lane that are due.</param>
public sealed record QueueAge(TimeSpan Intake, TimeSpan Replies, TimeSpan Outbox)
{
    /// <summary>From here on it is said: customers' messages, or people's replies, come later than anybody expects.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    public static QueueAge None { get; } = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);

    public bool IntakeIsLate => Intake >= Late;

    public bool RepliesAreLate => Replies >= Late;

    public bool IsLate => IntakeIsLate || RepliesAreLate;
}

/// <summary>The ages as this node last saw them, a few seconds ago at most.</summary>
public sealed class QueueAges
{
    private QueueAge _current = QueueAge.None;

    public QueueAge Current
    {
        get => Volatile.Read(ref _current);
        internal set => Volatile.Write(ref _current, value);
    }
}
