using System.Text.Json;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    /// <summary>Hands a message to WhatsApp. The answer means accepted, not sent.</summary>
    /// <exception cref="CloudApiException">Look at <see cref="CloudApiException.Fate"/> before trying
    /// again.</exception>
    /// <exception cref="OperationCanceledException">
    /// The caller asked, perhaps after the message had left: treat it like <see cref="SendFate.MaybeSent"/>.
    /// </exception>
    public async Task<SendAccepted> SendAsync(
        CloudApiAccount account, string phoneNumberId, OutboundMessage message, CancellationToken cancellationToken)
    {
        using var answer = await _graph.CallAsync(
            account,
            new(
                HttpMethod.Post,
                $"{GraphId.Check(phoneNumberId)}/messages",
                JsonBody(message.ToUtf8()),
                options.SendTimeout),
            cancellationToken);
        return ReadAccepted(answer.RootElement);
    }

    /// <summary>
    /// Hands a marketing template to the Marketing Messages API: same body, its own delivery (Marketing Messages API,
    /// November 2025). New templates need about ten minutes before it takes them (134101).
    /// </summary>
    /// <exception cref="CloudApiException">As <see cref="SendAsync"/>; 134100 for other templates.</exception>
    public async Task<SendAccepted> SendMarketingAsync(
        CloudApiAccount account,
        string phoneNumberId,
        OutboundMessage message,
        MarketingOptions marketing,
        CancellationToken cancellationToken)
    {
        using var answer = await _graph.CallAsync(
            account,
            new(
                HttpMethod.Post,
                $"{GraphId.Check(phoneNumberId)}/marketing_messages",
                JsonBody(message.ToUtf8(marketing)),
                options.SendTimeout),
            cancellationToken);
        return ReadAccepted(answer.RootElement);
    }

    /// <summary>Turns an inbound message's ticks blue; earlier ones of the chat follow.</summary>
    /// <param name="typing">
    /// Also shows "typing…" until the reply or for 25 seconds. Not possible without the ticks.
    /// </param>
    public async Task MarkReadAsync(
        CloudApiAccount account, string phoneNumberId, string wamid, bool typing, CancellationToken cancellationToken)
    {
        var mark = new WireReadMark(wamid, typing ? new WireTyping("text") : null);
        using var answer = await _graph.CallAsync(
            account,
            new(
                HttpMethod.Post,
                $"{GraphId.Check(phoneNumberId)}/messages",
                JsonBody(JsonSerializer.SerializeToUtf8Bytes(mark, WireJson.Readable.WireReadMark)),
                options.SendTimeout),
            cancellationToken);
    }

    private static SendAccepted ReadAccepted(JsonElement answer)
    {
        var sent = answer.First("messages"u8);
        if (sent?.Text("id"u8) is not { Length: > 0 } wamid)
        {
            throw Unreadable(SendFate.MaybeSent);
        }

        var contact = answer.First("contacts"u8);
        return new SendAccepted(
            wamid,
            contact?.Text("wa_id"u8),
            contact?.Text("user_id"u8),
            contact?.Text("parent_user_id"u8),
            sent?.Text("message_status"u8))
        {
            GroupId = sent?.Text("group_id"u8),
        };
    }
}
