using System.Text.Json.Nodes;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Webhooks;

/// <summary>The object of each kind of message a customer can send. Source: Meta, "messages webhook", 2026.</summary>
internal static class MessageContentJson
{
    public static void Add(JsonObject message, MessageContent content, MediaShelf media, Uri baseUri)
    {
        switch (content.Kind)
        {
            case var _ when content.Wire is { } wire:
                foreach (var member in JsonObject.Create(wire)!.ToList())
                {
                    message[member.Key] = member.Value?.DeepClone();
                }

                break;
            case var _ when content.ErrorCode is { } code && content.Kind != "unsupported":
                message["errors"] = new JsonArray(Graph.GraphError.Of(code, "The content could not be delivered.").ToWebhook());
                break;
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
                message["interactive"] = Interactive(content);
                break;
            case "edit":
                message["edit"] = new JsonObject
                {
                    ["original_message_id"] = content.TargetId,
                    ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = content.Text } },
                };
                break;
            case "revoke":
                message["revoke"] = new JsonObject { ["original_message_id"] = content.TargetId };
                break;
            case "order":
                message["order"] = Order(content);
                break;
            case "unsupported":
                message["errors"] = new JsonArray(
                    Graph.GraphError.Of(content.ErrorCode ?? 131051, "Message type is currently not supported.").ToWebhook());
                if (content.SubKind is not null)
                {
                    message["unsupported"] = new JsonObject { ["type"] = content.SubKind };
                }

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

    private static JsonObject Interactive(MessageContent content) => content switch
    {
        { Form: { } form } => new JsonObject
        {
            ["type"] = "nfm_reply",
            ["nfm_reply"] = new JsonObject { ["name"] = form.Name, ["body"] = form.Body, ["response_json"] = form.ResponseJson },
        },
        { CallPermission: { } permission } => new JsonObject
        {
            ["type"] = "call_permission_reply",
            ["call_permission_reply"] = CallPermission(permission),
        },
        _ => Answer(content.Answer!),
    };

    private static JsonObject CallPermission(CallPermissionPart permission)
    {
        var written = new JsonObject { ["response"] = permission.Accepted ? "accept" : "reject" };
        if (permission.Accepted)
        {
            written["is_permanent"] = permission.Permanent;
            if (permission.Until is { } until)
            {
                written["expiration_timestamp"] = until.ToUnixTimeSeconds();
            }
        }

        written["response_source"] = permission.Automatic ? "automatic" : "user_action";
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
}
