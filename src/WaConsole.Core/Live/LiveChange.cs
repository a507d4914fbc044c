namespace WaConsole.Core.Live;

/// <summary>Says that something changed, with ids only. Who cares re-reads with its own permissions.</summary>
public abstract record LiveChange
{
    /// <summary>What listeners of this kind are found by, so that a change costs those who care and nobody else.</summary>
    internal virtual long? Key => null;
}

/// <summary>A row of the inbox list changed: activity, status, assignee, unread, window.</summary>
/// <param name="StaysWith">
/// Whose conversation it was and is, when it neither came to a list nor left one: lists of other people's conversations, and of nobody's, need
/// not look. Null when that is not known.
/// </param>
public sealed record InboxChanged(long NumberId, long ConversationId, long? StaysWith = null) : LiveChange
{
    internal override long? Key => NumberId;
}

/// <summary>Anything of one conversation may have changed: whoever shows it reads all of it again.</summary>
public sealed record ConversationChanged(long NumberId, long ConversationId) : LiveChange
{
    internal override long? Key => ConversationId;
}

/// <summary>One line of a conversation came or changed: a message, a tick, a reaction, its file. The rest stands.</summary>
public sealed record MessageChanged(long NumberId, long ConversationId, long MessageId) : LiveChange
{
    internal override long? Key => ConversationId;
}

/// <summary>What stands around the lines of a conversation changed: status, assignee, unread, window, contact, files. No line did.</summary>
public sealed record HeaderChanged(long NumberId, long ConversationId) : LiveChange
{
    internal override long? Key => ConversationId;
}

public sealed record TemplatesChanged(long BusinessAccountId) : LiveChange;

/// <summary>The reading of an account's templates is one page further.</summary>
public sealed record TemplateSyncMoved(long BusinessAccountId) : LiveChange;

/// <summary>WhatsApp was asked how often links of templates were opened.</summary>
public sealed record LinkClicksChanged(long BusinessAccountId) : LiveChange;

/// <summary>State or settings of a number or of its account changed, sending stopped or resumed included.</summary>
public sealed record NumbersChanged(long BusinessAccountId) : LiveChange;

/// <summary>Role, numbers or disabled mark of a person changed: open circuits re-read who they are.</summary>
public sealed record AgentChanged(long AgentId) : LiveChange;

/// <summary>Something was queued for a number: whichever node sends for it looks at once, and <see cref="Urgent"/> without gathering more.</summary>
public sealed record OutboxChanged(long NumberId, bool Urgent) : LiveChange;

/// <summary>Counters of intake changed: diagnostics.</summary>
public sealed record IntakeChanged : LiveChange;

/// <summary>A queue became late, later, or caught up, or the database stopped or began to take what comes. Told on the node that saw it only.</summary>
public sealed record QueuesChanged : LiveChange;

/// <summary>WhatsApp's clock was moved (simulator).</summary>
public sealed record ClockChanged : LiveChange;

/// <summary>A label was made, renamed, recoloured or deleted.</summary>
public sealed record LabelsChanged : LiveChange;

/// <summary>A customer began to wait in a conversation that is nobody's. The node that took the message in tells of it.</summary>
public sealed record CustomerWaits(long NumberId, long ConversationId) : LiveChange;

/// <summary>A person was told something, or has seen it.</summary>
public sealed record NotificationsChanged(long AgentId) : LiveChange;

/// <summary>Somebody opened a conversation, writes in it, or left it. See Team.Presence.</summary>
public sealed record PresenceTold(long ConversationId, long AgentId, PresenceKind Kind) : LiveChange
{
    internal override long? Key => ConversationId;
}

/// <summary>Somebody's browser is connected to a screen. See Team.WhoIsHere.</summary>
public sealed record AgentHere(long AgentId) : LiveChange;

public enum PresenceKind
{
    Gone = 0,
    Viewing = 1,
    Typing = 2,
}

/// <summary>A view of the inbox was saved or deleted.</summary>
public sealed record SavedViewsChanged : LiveChange;

/// <summary>A canned reply was made, changed or deleted.</summary>
public sealed record CannedRepliesChanged : LiveChange;

/// <summary>A person changed: names, identifiers, labels, fields, notes, blocks, or was merged with another.</summary>
public sealed record ContactChanged(long ContactId) : LiveChange;

/// <summary>The fields that people have were added, renamed or deleted.</summary>
public sealed record ContactFieldsChanged : LiveChange;

/// <summary>An import of opt-ins is further, or another state.</summary>
public sealed record ImportChanged(long ImportId) : LiveChange
{
    internal override long? Key => ImportId;
}

/// <summary>The registry is to be read as a whole, is further, or was.</summary>
public sealed record RegistryCheckChanged(bool IsAsked) : LiveChange;

/// <summary>Words of opt-ins, their pages, or what waits to be looked at as a possible stop changed.</summary>
public sealed record CaptureChanged : LiveChange;
