using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>The part of an outgoing message that the result of a send changes.</summary>
internal sealed record SettledMessage(
    long Id, DeliveryStatus Status, DateTime? StatusAtUtc, string? Wamid, int? ErrorCode, string? ErrorTitle, string? ErrorDetails)
{
    private const int ErrorTextLength = 2000;

    /// <summary>Pure: an answer that says no more than a status already did changes nothing.</summary>
    public SettledMessage After(SendResult result, DateTime nowUtc) => result switch
    {
        SendResult.Accepted accepted =>
            (this with { Wamid = Wamid ?? accepted.Wamid }).Moved(accepted.Kept ? DeliveryStatus.Held : DeliveryStatus.Accepted, nowUtc),
        SendResult.Again when Status is DeliveryStatus.Sending or DeliveryStatus.Unknown =>
            this with { Status = DeliveryStatus.Queued, StatusAtUtc = null },
        SendResult.Unknown when Status is DeliveryStatus.Queued or DeliveryStatus.Sending =>
            this with { Status = DeliveryStatus.Unknown, StatusAtUtc = nowUtc },
        SendResult.NotSent notSent when Status <= DeliveryStatus.Unknown => this with
        {
            Status = DeliveryStatus.Failed,
            StatusAtUtc = nowUtc,
            ErrorCode = null,
            ErrorTitle = notSent.Sentence,
            ErrorDetails = null,
        },
        SendResult.Failed { Error: var error } when Status.After(DeliveryStatus.Failed) == DeliveryStatus.Failed => Moved(DeliveryStatus.Failed, nowUtc) with
        {
            ErrorCode = error.Code == CloudApiError.NoCode ? null : error.Code,
            ErrorTitle = Cut(error.Title ?? ErrorBook.Find(error).Title),
            ErrorDetails = Cut(error.Details ?? error.Message),
        },
        _ => this,
    };

    private SettledMessage Moved(DeliveryStatus reported, DateTime nowUtc)
    {
        var after = Status.After(reported);
        return after == Status ? this : this with { Status = after, StatusAtUtc = nowUtc };
    }

    private static string? Cut(string? text) => StoredText.CleanOrNull(text, ErrorTextLength);
}
