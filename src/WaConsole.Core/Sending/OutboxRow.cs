namespace WaConsole.Core.Sending;

/// <summary>Which row a sender holds.</summary>
internal sealed record OutboxRow(long Id, long MessageId, long NumberId, long ConversationId, OutboxLane Lane, int Attempts);

/// <summary>A row that is due, with what its message asks for. <see cref="ReplyJson"/> never changes once it is written.</summary>
internal sealed record DueRow(
    OutboxRow Row, Guid? ClientKey, string? ReplyJson, string? ReplyToWamid, long? MediaFileId, long PairPaidUntil,
    DateTime DeadlineAtUtc);
