using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class StatusReading
{
    public static WebhookItem Read(ItemPlace place, JsonElement status, ContactBook contacts)
    {
        var type = status.Text("type"u8);
        if (type is "call")
        {
            return CallReading.Status(place, status, contacts);
        }

        if (status.Text("id"u8) is not { Length: > 0 } id)
        {
            return place.Unreadable("The status has no id.", status);
        }

        if (status.Text("status"u8) is not { Length: > 0 } word)
        {
            return place.Unreadable("The status does not say which.", status);
        }

        if ((status.UnixTime("timestamp"u8) ?? place.EntryTime) is not { } time)
        {
            return place.Unreadable("The status has no readable time.", status);
        }

        var recipientId = status.Text("recipient_id"u8);
        var recipientUserId = status.Text("recipient_user_id"u8);
        var contact = contacts.Find(recipientUserId, recipientId);
        return new StatusItem
        {
            Index = place.Index,
            BusinessAccountId = place.BusinessAccountId,
            Field = place.Field,
            PhoneNumberId = place.PhoneNumberId,
            DisplayPhoneNumber = place.DisplayPhoneNumber,
            EntryTime = place.EntryTime,
            Part = place.Part,
            IsListed = place.IsListed,
            RawJson = RawJsonText.WithContact("status"u8, status, contact),
            Wamid = id,
            Status = word,
            Kind = KindOf(word),
            TimestampUtc = time,
            RecipientId = recipientId,
            RecipientUserId = recipientUserId ?? contact?.Text("user_id"u8),
            RecipientParentUserId = status.Text("recipient_parent_user_id"u8)
                ?? status.Text("parent_recipient_user_id"u8)
                ?? contact?.Text("parent_user_id"u8),
            ParticipantId = status.Text("recipient_participant_id"u8) ?? status.Text("participant_recipient_id"u8),
            ParticipantUserId = status.Text("recipient_participant_user_id"u8)
                ?? status.Text("participant_recipient_user_id"u8),
            CallbackData = status.Text("biz_opaque_callback_data"u8),
            Pricing = ReadPricing(status),
            Conversation = ReadConversation(status),
            Errors = CloudApiErrorReading.FromWebhook(status),
            ContactWaId = contact?.Text("wa_id"u8),
            ContactName = contact?.ProfileName(),
            ContactUsername = contact?.Username(),
            RecipientType = status.Text("recipient_type"u8),
            ParticipantParentUserId = status.Text("recipient_participant_parent_user_id"u8)
                ?? status.Text("participant_recipient_parent_user_id"u8),
            TemplateId = status.Text("template_id"u8),
            IdentityKeyHash = status.Text("recipient_identity_key_hash"u8),
            IsPayment = type is "payment",
            Payment = type is "payment" && status.Object("payment"u8) is { } payment ? ReadPayment(payment) : null,
        };
    }

    private static StatusKind KindOf(string word) => word switch
    {
        "sent" => StatusKind.Sent,
        "delivered" => StatusKind.Delivered,
        "read" => StatusKind.Read,
        "played" => StatusKind.Played,
        "failed" => StatusKind.Failed,
        _ => StatusKind.Unknown,
    };

    private static StatusPricing? ReadPricing(JsonElement status) => status.Object("pricing"u8) is { } pricing
        ? new(
            pricing.Text("type"u8),
            pricing.Text("category"u8),
            pricing.Bool("billable"u8),
            pricing.Text("pricing_model"u8),
            pricing.Text("subtype"u8))
        {
            Cost = pricing.Object("cost"u8)?.Decimal("amount"u8),
            CostCurrency = pricing.Object("cost"u8)?.Text("currency"u8),
        }
        : null;

    /// <summary>Money goes as a whole number and what to divide it by.</summary>
    private static PaymentProgress ReadPayment(JsonElement payment)
    {
        var amount = payment.Object("amount"u8);
        return new(
            payment.Text("reference_id"u8),
            amount?.Decimal("value"u8) is { } value && amount?.Decimal("offset"u8) is >= 1 and { } offset
                ? value / offset
                : null,
            payment.Text("currency"u8),
            payment.Object("transaction"u8)?.GetRawText());
    }

    private static StatusConversation? ReadConversation(JsonElement status) =>
        status.Object("conversation"u8) is { } conversation
            ? new(
                conversation.Text("id"u8),
                conversation.UnixTime("expiration_timestamp"u8),
                conversation.Object("origin"u8)?.Text("type"u8))
            : null;
}
