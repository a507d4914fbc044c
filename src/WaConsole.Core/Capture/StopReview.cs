namespace WaConsole.Core.Capture;

public enum StopDecision
{
    /// <summary>It was a wish to stop.</summary>
    OptedOut = 1,

    NoStop = 2,
}

/// <summary>A customer's message that looks like a wish to stop, for a person to decide.</summary>
internal sealed class StopReview
{
    public long MessageId { get; set; }

    /// <summary>The thread of the message: the gate asks for whom one waits, however many wait.</summary>
    public long ConversationId { get; set; }

    public DateTime HeardAtUtc { get; set; }

    public StopDecision? Decision { get; set; }

    public DateTime? DecidedAtUtc { get; set; }

    public string DecidedBy { get; set; } = "";
}
