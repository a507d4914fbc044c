using System.Globalization;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Webhooks;

/// <summary>Writes what a customer sent as the <c>value</c> of a <c>messages</c> change. Source: Meta, "messages webhook", 2026.</summary>
internal static class MessageWebhook
{
    /// <param name="numberShown">Whether the business may see the customer's phone number.</param>
    /// <param name="quotedFrom">Sender of the quoted message, digits only.</param>
    public static JsonObject Write(
        ChatLine line, Customer customer, BusinessNumber number, bool numberShown, string? quotedFrom, MediaShelf media, Uri baseUri)
    {
        var message = new JsonObject();
        if (numberShown)
        {
            message["from"] = customer.Phone;
        }

        message["from_user_id"] = customer.UserId;
        message["id"] = line.Id;
        message["timestamp"] = Seconds(line.At);
        message["type"] = line.Content.Kind;
        if (line.ReplyTo is not null)
        {
            var context = new JsonObject { ["id"] = line.ReplyTo };
            if (quotedFrom is not null)
            {
                context["from"] = quotedFrom;
            }

            message["context"] = context;
        }

        if (line.Referral is { } referral)
        {
            message["referral"] = Referral(referral);
        }

        Content(message, line.Content, media, baseUri);
        var value = Envelope(number);
        value["contacts"] = new JsonArray(Contact(customer, numberShown, withUsername: true));
        value["messages"] = new JsonArray(message);
        return value;
    }

    /// <summary>A system notice; it comes without contacts.</summary>
    public static JsonObject WriteSystem(string id, DateTimeOffset at, BusinessNumber number, string? from, string userId, JsonObject system)
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
        var value = Envelope(number);
        value["messages"] = new JsonArray(message);
        return value;
    }

    public static JsonObject Envelope(BusinessNumber number) => new()
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = new JsonObject
        {
            ["display_phone_number"] = number.Phone,
            ["phone_number_id"] = number.Id,
        },
    };

    public static JsonObject Contact(Customer customer, bool numberShown, bool withUsername)
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
        return contact;
    }

    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static void Content(JsonObject message, MessageContent content, MediaShelf media, Uri baseUri)
    {
        switch (content.Kind)
        {
            case "text":
                message["text"] = new JsonObject { ["body"] = content.Text };
                break;
            case "image" or "video" or "audio" or "document" or "sticker":
                message[content.Kind] = Media(content, media, baseUri);
                break;
            case "location":
                message["location"] = Location(content.Location!);
                break;
            case "contacts":
                message["contacts"] = new JsonArray([.. content.Contacts.Select(Card)]);
                if (content.SubKind is not null)
                {
                    message["origin"] = content.SubKind;
                }

                break;
            case "reaction":
                var reaction = new JsonObject { ["message_id"] = content.Reaction!.MessageId };
                if (content.Reaction.Emoji.Length > 0)
                {
                    reaction["emoji"] = content.Reaction.Emoji;
                }

                message["reaction"] = reaction;
                break;
            case "button":
                message["button"] = new JsonObject { ["payload"] = content.Answer!.Id, ["text"] = content.Answer.Title };
                break;
            case "interactive":
                message["interactive"] = Answer(content.Answer!);
                break;
            case "order":
                message["order"] = Order(content);
                break;
            case "unsupported":
                message["errors"] = new JsonArray(Graph.GraphError.Of(131051, "Message type is currently not supported.").ToWebhook());
                message["unsupported"] = new JsonObject { ["type"] = content.SubKind };
                break;
            default:
                throw new InvalidOperationException("A customer cannot send this kind of message.");
        }
    }

    private static JsonObject Media(MessageContent content, MediaShelf shelf, Uri baseUri)
    {
        var part = content.Media!;
        var file = shelf.Find(part.Id!) ?? throw new InvalidOperationException("The file of the message is gone.");
        var written = new JsonObject
        {
            ["id"] = file.Id,
            ["mime_type"] = file.MimeType,
            ["sha256"] = Convert.ToBase64String(file.Sha256.Span),
            ["url"] = new Uri(baseUri, shelf.SignUrl(file.Id)).ToString(),
        };
        if (content.Text is { Length: > 0 })
        {
            written["caption"] = content.Text;
        }

        switch (content.Kind)
        {
            case "document":
                written["filename"] = part.FileName ?? "document";
                break;
            case "audio":
                written["voice"] = part.Voice;
                break;
            case "sticker":
                written["animated"] = WebP.Measure(file.Bytes.Span).Animated;
                break;
        }

        return written;
    }

    private static JsonObject Location(LocationPart location)
    {
        var written = new JsonObject { ["latitude"] = location.Latitude, ["longitude"] = location.Longitude };
        if (location.Name is not null)
        {
            written["name"] = location.Name;
        }

        if (location.Address is not null)
        {
            written["address"] = location.Address;
        }

        return written;
    }

    private static JsonObject Card(ContactPart card)
    {
        var written = new JsonObject
        {
            ["name"] = new JsonObject { ["formatted_name"] = card.Name, ["first_name"] = card.Name.Split(' ')[0] },
        };
        if (card.Phone is not null)
        {
            var phone = new JsonObject { ["phone"] = card.Phone, ["type"] = "CELL" };
            if (card.WaId is not null)
            {
                phone["wa_id"] = card.WaId;
            }

            written["phones"] = new JsonArray(phone);
        }

        return written;
    }

    private static JsonObject Answer(AnswerPart answer)
    {
        var reply = new JsonObject { ["id"] = answer.Id, ["title"] = answer.Title };
        if (answer.Description is not null)
        {
            reply["description"] = answer.Description;
        }

        return new JsonObject { ["type"] = answer.Kind, [answer.Kind] = reply };
    }

    private static JsonObject Order(MessageContent content) => new()
    {
        ["catalog_id"] = content.SubKind,
        ["text"] = content.Text ?? "",
        ["product_items"] = new JsonArray([.. content.Order.Select(item => new JsonObject
        {
            ["product_retailer_id"] = item.ProductId,
            ["quantity"] = item.Quantity,
            ["item_price"] = item.Price,
            ["currency"] = item.Currency,
        })]),
    };

    private static JsonObject Referral(ReferralPart referral)
    {
        var written = new JsonObject
        {
            ["source_url"] = referral.SourceUrl,
            ["source_id"] = referral.SourceId,
            ["source_type"] = referral.SourceType,
            ["headline"] = referral.Headline ?? "",
            ["body"] = referral.Body ?? "",
            ["media_type"] = "image",
        };
        if (referral.ClickId is not null)
        {
            written["ctwa_clid"] = referral.ClickId;
        }

        return written;
    }
}
