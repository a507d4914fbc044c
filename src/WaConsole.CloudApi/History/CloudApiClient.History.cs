using System.Text.Json;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    private const string HistoryFields =
        "id,message_id,events{delivery_status,webhook_update_state,timestamp,application,webhook_uri,error_description}";

    /// <summary>
    /// What Meta knows of one message: how far it came, and whether our webhook took the news. No content and no
    /// callback data, so it needs the message's id. How long Meta keeps it is not documented (message history, v23.0).
    /// </summary>
    public async Task<IReadOnlyList<MessageEvent>> GetMessageHistoryAsync(
        CloudApiAccount account, string phoneNumberId, string wamid, CancellationToken cancellationToken)
    {
        var query = Query.Of(("message_id", wamid), ("fields", HistoryFields), ("limit", "100"));
        using var answer = await GetAsync(
            account, $"{GraphId.Check(phoneNumberId)}/message_history{query}", cancellationToken);
        return
        [
            .. answer.RootElement.Items("data"u8)
                .SelectMany(message => message.Object("events"u8)?.Items("data"u8).AsEnumerable() ?? [])
                .Select(MessageEvent.Read),
        ];
    }
}

/// <param name="Status"><c>SENT</c>, <c>DELIVERED</c>, <c>READ</c>, <c>FAILED</c> or <c>DELETED</c>.</param>
/// <param name="WebhookState"><c>PENDING</c>, <c>DELIVERED</c>, <c>FAILED</c> or <c>RETRYING</c>.</param>
/// <param name="WebhookUri">Where Meta sent it.</param>
/// <param name="Error">Meta's sentence about our webhook.</param>
public sealed record MessageEvent(
    string? Status,
    DateTime? TimestampUtc,
    string? WebhookState,
    string? WebhookUri,
    string? Error)
{
    internal static MessageEvent Read(JsonElement row) => new(
        row.Text("delivery_status"u8),
        row.UnixTime("timestamp"u8),
        row.Text("webhook_update_state"u8),
        row.Text("webhook_uri"u8),
        row.Text("error_description"u8));
}
