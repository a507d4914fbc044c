namespace WaConsole.Core.Sending;

public enum OutboxLane
{
    /// <summary>A person waits for it. Overtakes the other lanes.</summary>
    Agent = 0,
    Automation = 1,
    Broadcast = 2,
}

public enum OutboxState
{
    Waiting = 0,

    /// <summary>Leased by a sender; bytes may have left.</summary>
    Sending = 1,
    Done = 2,

    /// <summary>The answer was lost; settled by a status webhook or a person.</summary>
    Unknown = 3,
}

/// <summary>The right to send one message, written in the transaction that made the message.</summary>
internal sealed class OutboxEntry
{
    public long Id { get; set; }

    public long MessageId { get; set; }

    public Conversations.Message Message { get; set; } = null!;

    public long NumberId { get; set; }

    /// <summary>Order is kept per conversation.</summary>
    public long ConversationId { get; set; }

    public OutboxLane Lane { get; set; }

    public OutboxState State { get; set; }

    public DateTime NextAttemptAtUtc { get; set; }

    public DateTime? LeasedUntilUtc { get; set; }

    public Guid? LeasedBy { get; set; }

    public int Attempts { get; set; }

    /// <summary>Past it the message goes back to the person as not sent (or stays unknown when bytes had left).</summary>
    public DateTime DeadlineAtUtc { get; set; }

    public DateTime CreatedAtUtc { get; set; }

    /// <summary>What a reply changed of its conversation, should it be taken back or fail: its status, null for what answers nobody.</summary>
    public Conversations.ConversationStatus? StatusBefore { get; set; }

    public DateTime? WaitingSinceBeforeUtc { get; set; }

    public DateTime? SnoozedUntilBeforeUtc { get; set; }

    /// <summary>How long a message may wait for WhatsApp before it goes back to the person.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    public static OutboxEntry For(SendGate.SendPermit permit, Conversations.Message message, OutboxLane lane, DateTime nowUtc)
    {
        permit.Use(message.ClientKey, nowUtc);
        return new OutboxEntry
        {
            Message = message,
            NumberId = message.NumberId,
            ConversationId = message.ConversationId,
            Lane = lane,
            State = OutboxState.Waiting,
            NextAttemptAtUtc = nowUtc,
            DeadlineAtUtc = nowUtc + Patience,
            CreatedAtUtc = nowUtc,
        };
    }
}
