using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.Web.Api;

/// <summary>Body of POST /conversations/{id}/messages and POST /messages: which fields are needed depends on <see cref="Type"/>.</summary>
internal sealed record SendBody
{
    [Description("text, image, video, audio, document, sticker, interactive or template.")]
    public string? Type { get; init; }

    [Description("For type text: up to 4,096 characters.")]
    public string? Text { get; init; }

    [Description("For media types: mediaId of POST /media.")]
    public string? MediaId { get; init; }

    [Description("For image, video and document: up to 1,024 characters.")]
    public string? Caption { get; init; }

    [Description("For document: the name the customer sees.")]
    public string? FileName { get; init; }

    [Description("For type interactive: what there is to tap.")]
    public SendInteractive? Interactive { get; init; }

    [Description("For type template: its name.")]
    public string? Name { get; init; }

    [Description("For type template: its language, such as en_US.")]
    public string? Language { get; init; }

    [Description("For type template: values of its variables; left out when it has none.")]
    public SendParameters? Parameters { get; init; }

    [Description("Id of the message of the same conversation this one answers.")]
    public string? ReplyTo { get; init; }

    [Description("normal (the default) or bulk: bulk waits for agents' replies and for three normal messages of every four.")]
    public string? Priority { get; init; }

    [Description("POST /messages only: phone number with country code, in any usual spelling. Either this or userId.")]
    public string? To { get; init; }

    [Description("POST /messages only: business-scoped user id. Either this or to.")]
    public string? UserId { get; init; }

    [Description("POST /messages only: id of the business number that sends, from GET /numbers.")]
    public string? NumberId { get; init; }
}

internal sealed record SendParameters
{
    [Description("""Value of the header: {"text":"…"}, {"mediaId":"…"} or {"latitude":…,"longitude":…,"name":"…","address":"…"}.""")]
    public SendHeader? Header { get; init; }

    [Description("""Values of the body: a list for numbered variables, ["Ana","12"], or an object for named ones, {"first_name":"Ana"}.""")]
    public JsonElement? Body { get; init; }

    [Description("""Values of buttons by their place in the template from 0: {"0":"end of the link or coupon code"}.""")]
    public IReadOnlyDictionary<string, string>? Buttons { get; init; }

    [Description("""Anything else by its field: {"card.0.body.1":"boots","card.0.button.1":"boots","offer.ends":"2026-12-01T10:00:00Z","catalog":"…","header.product":"…"}.""")]
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    [Description("""Files of a carousel's cards: {"card.0.header.media":"mediaId of POST /media"}.""")]
    public IReadOnlyDictionary<string, string>? Files { get; init; }

    [Description("For a template with several products: up to 30 products in up to 10 groups.")]
    public IReadOnlyList<SendProducts?>? Products { get; init; }

    [Description("For a carousel of products with more cards than the template defines: how many, up to 10.")]
    public int? Cards { get; init; }
}

internal sealed record SendProducts
{
    [Description("Up to 24 characters; needed with more than one group.")]
    public string? Title { get; init; }

    [Description("Content ids of the connected catalogue.")]
    public IReadOnlyList<string?>? ProductIds { get; init; }
}

internal sealed record SendHeader
{
    public string? Text { get; init; }

    [Description("With text, when the template's variables are named: the name of the header's variable.")]
    public string? Parameter { get; init; }

    public string? MediaId { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public string? Name { get; init; }

    public string? Address { get; init; }
}

/// <summary>Body of POST /messages/bulk.</summary>
internal sealed record BulkBody
{
    [Description("Id of the business number that sends, from GET /numbers.")]
    public string? NumberId { get; init; }

    [Description("1 to 1,000 messages as for POST /messages, each with to or userId, without numberId, replyTo and priority.")]
    public IReadOnlyList<SendBody?>? Messages { get; init; }
}

[JsonSerializable(typeof(SendBody))]
[JsonSerializable(typeof(BulkBody))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, PropertyNameCaseInsensitive = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.Strict)]
internal sealed partial class SendBodyJson : JsonSerializerContext;
