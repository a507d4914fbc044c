using WaConsole.CloudApi;

namespace WaConsole.Core.Sending;

/// <summary>What became of a row. <see cref="Holder"/> is who held it; null for a row that nobody holds any more.</summary>
internal abstract record SendResult(OutboxRow Row, Guid? Holder)
{
    /// <summary>It was marked as leaving and no request left: its place in the customer's pace is free again.</summary>
    public bool Unused { get; init; }

    /// <summary>WhatsApp has it. <see cref="Kept"/>: it holds the message for a check of its template.</summary>
    public sealed record Accepted(OutboxRow Row, Guid? Holder, string Wamid, bool Kept) : SendResult(Row, Holder);

    /// <summary>The message did not leave and goes back into the queue.</summary>
    public sealed record Again(OutboxRow Row, Guid? Holder, TimeSpan Wait) : SendResult(Row, Holder);

    /// <summary>WhatsApp said no: kept with its code, so that screens say it in words.</summary>
    public sealed record Failed(OutboxRow Row, Guid? Holder, CloudApiError Error) : SendResult(Row, Holder);

    /// <summary>Not sent for a reason of ours, as <see cref="Resources.KeptText"/> keeps it.</summary>
    public sealed record NotSent(OutboxRow Row, Guid? Holder, string Sentence) : SendResult(Row, Holder);

    /// <summary>It may have gone out. Never repeated by itself.</summary>
    public sealed record Unknown(OutboxRow Row, Guid? Holder) : SendResult(Row, Holder);
}
