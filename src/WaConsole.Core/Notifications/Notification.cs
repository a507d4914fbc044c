namespace WaConsole.Core.Notifications;

public enum NotificationKind
{
    /// <summary>Named in a note.</summary>
    Mention = 1,

    /// <summary>A note in a conversation the person takes part in.</summary>
    Note = 2,

    /// <summary>A colleague gave the person a conversation.</summary>
    Assigned = 3,

    /// <summary>A conversation of the person is no longer snoozed. Nobody did it: the time came.</summary>
    Woken = 4,

    /// <summary>A customer waits and the service window closes soon. Nobody did it: the time came.</summary>
    Closing = 5,

    /// <summary>The customer wrote: one for a conversation of the person, or that is nobody's, while it is unread.</summary>
    Message = 6,

    /// <summary>A reply of the person, or in a conversation of theirs, did not arrive. Why is said by its message.</summary>
    Failed = 7,

    /// <summary>A draft of the person that waited for the customer was not sent, and is a draft again. The preview is why, as KeptText keeps it.</summary>
    DraftKept = 8,

    /// <summary>A page sends no more questions for now: too many are unanswered. The preview is its name, the conversation that of the last one.</summary>
    QuestionsHeld = 9,
}

/// <summary>Something a person is told about. Who may no longer see the conversation no longer sees it.</summary>
internal sealed class Notification
{
    public const int MaxPreview = 200;

    public long Id { get; set; }

    public long AgentId { get; set; }

    public NotificationKind Kind { get; set; }

    public long ConversationId { get; set; }

    public long? MessageId { get; set; }

    public string ActorName { get; set; } = "";

    public string Preview { get; set; } = "";

    public DateTime AtUtc { get; set; }

    public DateTime? ReadAtUtc { get; set; }
}
