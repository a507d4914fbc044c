namespace WaConsole.Core.Conversations;

/// <summary>
/// Which messages a search looks at: sent from a moment on, before another, of one kind. A person who is found by name counts when such a
/// message is in the conversation.
/// </summary>
public sealed record SearchBounds(DateTime? FromUtc = null, DateTime? BeforeUtc = null, MessageKind? Kind = null)
{
    public static SearchBounds None { get; } = new();
}
