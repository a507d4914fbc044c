using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Webhooks;

/// <summary>What a send will cost, as statuses report it.</summary>
internal sealed record PriceTag(string Type, string Category, string? ConversationId, DateTimeOffset? ConversationExpires);

/// <summary>Writes a status as an item of <c>statuses</c>. Source: Meta, "status webhook", 14 September 2026.</summary>
internal static class StatusWebhook
{
    private static readonly ConcurrentDictionary<(string Id, string Phone), byte[]> Heads = new();

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public static string Word(ReceiptState state) => state switch
    {
        ReceiptState.Sent => "sent",
        ReceiptState.Delivered => "delivered",
        ReceiptState.Read => "read",
        ReceiptState.Played => "played",
        ReceiptState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <param name="price">Given with <c>sent</c> and with the first of <c>delivered</c> and <c>read</c>.</param>
    public static WebhookItem Write(
        SentMessage sent, string word, DateTimeOffset at, Customer customer, BusinessNumber number, bool numberShown,
        PriceTag? price, GraphError? error, StatusEvent? report)
    {
        var failed = word == "failed";
        var json = Written(writer =>
        {
            writer.WriteString("id"u8, sent.Wamid);
            writer.WriteString("status"u8, word);
            writer.WriteString("timestamp"u8, MessageWebhook.Seconds(at));
            if (sent.Group is { } group)
            {
                writer.WriteString("recipient_id"u8, group.Id);
                writer.WriteString("recipient_type"u8, "group");
                writer.WriteString("recipient_participant_id"u8, customer.Phone);
                writer.WriteString("recipient_participant_user_id"u8, customer.UserId);
            }
            else if (numberShown || sent.ToPhone)
            {
                writer.WriteString("recipient_id"u8, customer.Phone);
            }

            if (sent.Group is null && (!failed || !sent.ToPhone))
            {
                writer.WriteString("recipient_user_id"u8, customer.UserId);
                WriteFilled(writer, "recipient_parent_user_id", customer.ParentUserId);
            }

            WriteFilled(writer, "recipient_identity_key_hash", number.IdentityCheck ? customer.IdentityHash : null);
            WriteFilled(writer, "biz_opaque_callback_data", sent.CallbackData);
            WritePrice(writer, price, word);
            if (error is not null)
            {
                writer.WritePropertyName("errors"u8);
                writer.WriteStartArray();
                error.ToWebhook().WriteTo(writer);
                writer.WriteEndArray();
            }
        });
        return new WebhookItem
        {
            Field = "messages",
            List = "statuses",
            Head = Head(number),
            Json = json,
            Contact = failed ? null : Contact(customer, numberShown || sent.ToPhone, word != "sent"),
            Report = report,
        };
    }

    public static byte[] Head(BusinessNumber number) => Heads.GetOrAdd((number.Id, number.Phone), static key =>
    {
        var whole = Written(writer =>
        {
            writer.WriteString("messaging_product"u8, "whatsapp");
            writer.WriteStartObject("metadata"u8);
            writer.WriteString("display_phone_number"u8, key.Phone);
            writer.WriteString("phone_number_id"u8, key.Id);
            writer.WriteEndObject();
        });
        return whole[..^1];
    });

    private static byte[] Contact(Customer customer, bool numberShown, bool withUsername) => Written(writer =>
    {
        writer.WriteStartObject("profile"u8);
        writer.WriteString("name"u8, customer.Name);
        WriteFilled(writer, "username", withUsername ? customer.Username : null);
        writer.WriteEndObject();
        WriteFilled(writer, "wa_id", numberShown ? customer.Phone : null);
        writer.WriteString("user_id"u8, customer.UserId);
        WriteFilled(writer, "parent_user_id", customer.ParentUserId);
    });

    private static void WritePrice(Utf8JsonWriter writer, PriceTag? price, string word)
    {
        if (price is null)
        {
            return;
        }

        if (price.ConversationId is not null)
        {
            writer.WriteStartObject("conversation"u8);
            writer.WriteString("id"u8, price.ConversationId);
            if (word == "sent" && price.ConversationExpires is { } expires)
            {
                writer.WriteString("expiration_timestamp"u8, MessageWebhook.Seconds(expires));
            }

            writer.WriteStartObject("origin"u8);
            writer.WriteString("type"u8, "referral_conversion");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteStartObject("pricing"u8);
        writer.WriteBoolean("billable"u8, price.Type == "regular");
        writer.WriteString("pricing_model"u8, "PMP");
        writer.WriteString("type"u8, price.Type);
        writer.WriteString("category"u8, price.Category);
        writer.WriteEndObject();
    }

    private static void WriteFilled(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
