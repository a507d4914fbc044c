using System.Text.Json;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Control;

/// <summary>A message as the control API takes it. <see cref="Type"/> decides which of the rest is read.</summary>
internal sealed record MessageBody
{
    public string? Type { get; init; }
    public string? Text { get; init; }
    public string? Caption { get; init; }
    public string? NumberId { get; init; }
    public string? GroupId { get; init; }
    public string? ReplyTo { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public string? Name { get; init; }
    public string? Address { get; init; }
    public IReadOnlyList<ContactPart>? Contacts { get; init; }
    public string? Origin { get; init; }
    public string? MessageId { get; init; }
    public string? Emoji { get; init; }
    public string? CatalogId { get; init; }
    public string? ProductId { get; init; }
    public IReadOnlyList<OrderItem>? Items { get; init; }
    public string? UnsupportedType { get; init; }
    public int? Code { get; init; }
    public ReferralPart? Referral { get; init; }
    public string? Forwarded { get; init; }
    public string? FlowToken { get; init; }
    public JsonElement? Response { get; init; }
    public bool Accept { get; init; } = true;
    public bool Permanent { get; init; }
    public bool Automatic { get; init; }
    public string? Id { get; init; }
    public string? Title { get; init; }
    public string? Description { get; init; }
    public string? Payload { get; init; }

    /// <summary>Members for the webhook's message as they stand; then <see cref="Type"/> may be anything.</summary>
    public JsonElement? Wire { get; init; }

    /// <summary>Tells an edit or a deletion as numbers hear it that also live in the app.</summary>
    public bool AsOnBusinessApp { get; init; }

    /// <summary>Null when what the type needs is missing.</summary>
    public CustomerMessage? ToMessage(SimulatedWhatsApp world)
    {
        var content = Wire is { ValueKind: JsonValueKind.Object } wire && Type is { Length: > 0 }
            ? new MessageContent { Kind = Type, Text = Text, Wire = wire }
            : ContentOf(world);
        return content is null ? null : new CustomerMessage(content with { Forwarded = Forwarded switch { null => 0, "frequently" => 2, _ => 1 } })
        {
            NumberId = NumberId,
            GroupId = GroupId,
            ReplyTo = ReplyTo ?? (Type is "flow" or "address" or "callPermission" or "buttonReply" or "listReply" or "button" ? MessageId : null),
            Referral = Referral,
            AsOnBusinessApp = AsOnBusinessApp,
        };
    }

    private MessageContent? ContentOf(SimulatedWhatsApp world) => Type switch
    {
        "text" when Text is not null => MessageContent.OfText(Text) with
        {
            Product = ProductId is null ? null : new ProductPart(CatalogId ?? world.Account.CatalogId, ProductId),
        },
        "image" or "video" or "audio" or "voice" or "document" or "sticker" => Samples.Message(Type, Caption, world) with { ErrorCode = Code },
        "location" when this is { Latitude: { } latitude, Longitude: { } longitude } => new MessageContent
        {
            Kind = "location",
            Location = new LocationPart(latitude, longitude, Name, Address),
        },
        "contacts" when Contacts is { Count: > 0 } => new MessageContent { Kind = "contacts", Contacts = Contacts, SubKind = Origin },
        "reaction" when MessageId is not null => new MessageContent { Kind = "reaction", Reaction = new ReactionPart(MessageId, Emoji ?? "") },
        "order" when Items is { Count: > 0 } =>
            new MessageContent { Kind = "order", SubKind = CatalogId ?? world.Account.CatalogId, Text = Text, Order = Items },
        "unsupported" => new MessageContent { Kind = "unsupported", SubKind = UnsupportedType ?? "poll_creation", ErrorCode = Code },
        "edit" when this is { MessageId: not null, Text: not null } => new MessageContent { Kind = "edit", TargetId = MessageId, Text = Text },
        "revoke" when MessageId is not null => new MessageContent { Kind = "revoke", TargetId = MessageId },
        _ => AnswerOf(world),
    };

    private MessageContent? AnswerOf(SimulatedWhatsApp world) => Type switch
    {
        "flow" => new MessageContent { Kind = "interactive", Text = Text ?? "Sent", Form = new FormPart("flow", Text ?? "Sent", FlowJson()) },
        "address" => new MessageContent
        {
            Kind = "interactive",
            Text = Text ?? "Address",
            Form = new FormPart("address_message", Text ?? "Address", Response?.GetRawText() ?? "{\"values\":{}}"),
        },
        "callPermission" => new MessageContent
        {
            Kind = "interactive",
            CallPermission = new CallPermissionPart(
                Accept, Permanent, Accept && !Permanent ? world.Clock.GetUtcNow().AddDays(7) : null, Automatic),
        },
        "buttonReply" when this is { Id: not null, Title: not null } =>
            new MessageContent { Kind = "interactive", Text = Title, Answer = new AnswerPart("button_reply", Id, Title) },
        "listReply" when this is { Id: not null, Title: not null } =>
            new MessageContent { Kind = "interactive", Text = Title, Answer = new AnswerPart("list_reply", Id, Title, Description) },
        "button" when Text is not null =>
            new MessageContent { Kind = "button", Text = Text, Answer = new AnswerPart("button", Payload ?? Text, Text) },
        _ => null,
    };

    // The answers are a text that holds JSON, with the token beside them.
    private string FlowJson()
    {
        var answers = Response is { ValueKind: JsonValueKind.Object } given
            ? System.Text.Json.Nodes.JsonObject.Create(given)!
            : [];
        answers["flow_token"] = FlowToken ?? "unused";
        return answers.ToJsonString();
    }
}
