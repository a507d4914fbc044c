using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Webhooks;

/// <summary>Writes what a customer sent as an item of <c>messages</c>. Source: Meta, "messages webhook", 2026.</summary>
internal static class MessageWebhook
{
    /// <param name="numberShown">Whether the business may see the customer's phone number.</param>
    /// <param name="quotedFrom">Sender of the quoted message, digits only.</param>
    public static WebhookItem Write(
        ChatLine line, Customer customer, BusinessNumber number, bool numberShown, string? quotedFrom, MediaShelf media, Uri baseUri)
    {
        var message = new JsonObject();
        AddSender(message, customer, numberShown);
        if (line.GroupId is not null)
        {
            message["group_id"] = line.GroupId;
        }

        message["id"] = line.Id;
        message["timestamp"] = Seconds(line.At);
        message["type"] = line.Content.Kind;
        if (Context(line, quotedFrom) is { Count: > 0 } context)
        {
            message["context"] = context;
        }

        if (line.Referral is { } referral)
        {
            message["referral"] = Referral(referral);
        }

        MessageContentJson.Add(message, line.Content, media, baseUri);
        return Item(message, number, Contact(customer, numberShown, withUsername: true, number.IdentityCheck));
    }

    /// <summary>A system notice; it comes without contacts.</summary>
    public static WebhookItem WriteSystem(
        string id, DateTimeOffset at, BusinessNumber number, string? from, string userId, JsonObject system, JsonObject? identity = null)
    {
        var message = new JsonObject();
        if (from is not null)
        {
            message["from"] = from;
        }

        message["from_user_id"] = userId;
        message["id"] = id;
        message["timestamp"] = Seconds(at);
        message["type"] = "system";
        message["system"] = system;
        if (identity is not null)
        {
            message["identity"] = identity;
        }

        return Item(message, number, null);
    }

    /// <summary>Something other than a message, as the whole value of its field.</summary>
    public static WebhookItem Whole(string field, JsonObject value, string? entryId = null) =>
        new() { Field = field, Json = Bytes(value), EntryId = entryId };

    public static JsonObject Envelope(BusinessNumber number) => new()
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = new JsonObject
        {
            ["display_phone_number"] = number.Phone,
            ["phone_number_id"] = number.Id,
        },
    };

    public static JsonObject Contact(Customer customer, bool numberShown, bool withUsername, bool withIdentity = false)
    {
        var profile = new JsonObject { ["name"] = customer.Name };
        if (withUsername && customer.Username is not null)
        {
            profile["username"] = customer.Username;
        }

        var contact = new JsonObject { ["profile"] = profile };
        if (numberShown)
        {
            contact["wa_id"] = customer.Phone;
        }

        contact["user_id"] = customer.UserId;
        if (customer.ParentUserId is not null)
        {
            contact["parent_user_id"] = customer.ParentUserId;
        }

        if (withIdentity)
        {
            contact["identity_key_hash"] = customer.IdentityHash;
        }

        return contact;
    }

    public static void AddSender(JsonObject message, Customer customer, bool numberShown)
    {
        if (numberShown)
        {
            message["from"] = customer.Phone;
        }

        message["from_user_id"] = customer.UserId;
        if (customer.ParentUserId is not null)
        {
            message["from_parent_user_id"] = customer.ParentUserId;
        }
    }

    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>ASCII alone: Meta writes everything else as <c>\u</c> escapes.</summary>
    public static byte[] Bytes(JsonNode json) => Encoding.ASCII.GetBytes(json.ToJsonString());

    private static WebhookItem Item(JsonObject message, BusinessNumber number, JsonObject? contact) => new()
    {
        Field = "messages",
        List = "messages",
        Head = StatusWebhook.Head(number),
        Json = Bytes(message),
        Contact = contact is null ? null : Bytes(contact),
    };

    private static JsonObject Context(ChatLine line, string? quotedFrom)
    {
        var context = new JsonObject();
        if (line.ReplyTo is not null)
        {
            if (quotedFrom is not null)
            {
                context["from"] = quotedFrom;
            }

            context["id"] = line.ReplyTo;
        }

        if (line.Content.Product is { } product)
        {
            context["referred_product"] = new JsonObject
            {
                ["catalog_id"] = product.CatalogId,
                ["product_retailer_id"] = product.ProductId,
            };
        }

        if (line.Content.Forwarded > 0)
        {
            context[line.Content.Forwarded > 1 ? "frequently_forwarded" : "forwarded"] = true;
        }

        return context;
    }

    private static JsonObject Referral(ReferralPart referral)
    {
        var written = new JsonObject
        {
            ["source_url"] = referral.SourceUrl,
            ["source_id"] = referral.SourceId,
            ["source_type"] = referral.SourceType,
            ["headline"] = referral.Headline ?? "",
            ["body"] = referral.Body ?? "",
            ["media_type"] = referral.MediaType,
        };
        foreach (var (name, text) in new[]
        {
            ("image_url", referral.ImageUrl), ("video_url", referral.VideoUrl), ("thumbnail_url", referral.ThumbnailUrl),
            ("ctwa_clid", referral.ClickId), ("ref", referral.Ref),
        })
        {
            if (text is not null)
            {
                written[name] = text;
            }
        }

        if (referral.Welcome is not null)
        {
            written["welcome_message"] = new JsonObject { ["text"] = referral.Welcome };
        }

        return written;
    }
}
