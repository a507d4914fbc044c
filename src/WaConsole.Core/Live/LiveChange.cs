namespace WaConsole.Core.Live;

/// <summary>Says that something changed, with ids only. Who cares re-reads with its own permissions.</summary>
public abstract record LiveChange;

/// <summary>A row of the inbox list changed: activity, status, assignee, unread, window.</summary>
public sealed record InboxChanged(long NumberId, long ConversationId) : LiveChange;

/// <summary>Something in one conversation changed: a message, a tick, a reaction, a media file, its window.</summary>
public sealed record ConversationChanged(long NumberId, long ConversationId) : LiveChange;

public sealed record TemplatesChanged(long BusinessAccountId) : LiveChange;

/// <summary>State or settings of a number or of its account changed, sending stopped or resumed included.</summary>
public sealed record NumbersChanged(long BusinessAccountId) : LiveChange;

/// <summary>Role, numbers or disabled mark of a person changed: open circuits re-read who they are.</summary>
public sealed record AgentChanged(long AgentId) : LiveChange;

/// <summary>Something was queued for a number: whichever node sends for it looks at once.</summary>
public sealed record OutboxChanged(long NumberId) : LiveChange;

/// <summary>Counters of intake changed: diagnostics.</summary>
public sealed record IntakeChanged : LiveChange;

/// <summary>WhatsApp's clock was moved (simulator).</summary>
public sealed record ClockChanged : LiveChange;

/// <summary>A label was made, renamed, recoloured or deleted.</summary>
public sealed record LabelsChanged : LiveChange;

/// <summary>A person changed: names, identifiers, labels, fields, notes, blocks, or was merged with another.</summary>
public sealed record ContactChanged(long ContactId) : LiveChange;

/// <summary>The fields that people have were added, renamed or deleted.</summary>
public sealed record ContactFieldsChanged : LiveChange;
