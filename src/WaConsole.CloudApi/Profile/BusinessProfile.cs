using System.Text.Json;
using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

/// <summary>What customers see about the business (business profile, December 2025).</summary>
/// <param name="Vertical">For example <c>RETAIL</c>; <c>UNDEFINED</c> and <c>NOT_A_BIZ</c> only come, never go.</param>
public sealed record BusinessProfile(
    string? About,
    string? Address,
    string? Description,
    string? Email,
    string? PictureUrl,
    IReadOnlyList<string> Websites,
    string? Vertical)
{
    internal static BusinessProfile Read(JsonElement row) => new(
        row.Text("about"u8),
        row.Text("address"u8),
        row.Text("description"u8),
        row.Text("email"u8),
        row.Text("profile_picture_url"u8),
        [.. row.Items("websites"u8).Select(site => site.AsText()).OfType<string>()],
        row.Text("vertical"u8));
}

/// <summary>What to change; null stays as it is. Limits in characters.</summary>
public sealed record ProfileUpdate
{
    /// <summary>Up to 139, not empty.</summary>
    public string? About { get; init; }

    /// <summary>Up to 256.</summary>
    public string? Address { get; init; }

    /// <summary>Up to 512.</summary>
    public string? Description { get; init; }

    /// <summary>Up to 128.</summary>
    public string? Email { get; init; }

    /// <summary>Up to 2 of 256 each, with http:// or https://.</summary>
    public IReadOnlyList<string>? Websites { get; init; }

    /// <summary>One of Meta's words, such as <c>RESTAURANT</c>.</summary>
    public string? Vertical { get; init; }

    /// <summary>From <see cref="CloudApiClient.UploadForHandleAsync"/>.</summary>
    public string? PictureHandle { get; init; }

    internal JsonObject ToJson() => JsonBytes.Of(
        ("messaging_product", "whatsapp"),
        ("about", About),
        ("address", Address),
        ("description", Description),
        ("email", Email),
        ("websites", Websites is { } sites ? JsonBytes.List(sites) : null),
        ("vertical", Vertical),
        ("profile_picture_handle", PictureHandle));
}

public enum QrImage
{
    Svg,
    Png,
}

/// <summary>A short link that opens the chat. It never expires, and nobody counts its uses.</summary>
/// <param name="Link"><c>https://wa.me/message/CODE</c>.</param>
/// <param name="ImageUrl">Only where a picture was asked for.</param>
public sealed record QrLink(string Code, string? Message, string? Link, string? ImageUrl)
{
    internal static QrLink? Read(JsonElement row) => row.Text("code"u8) is { } code
        ? new(code, row.Text("prefilled_message"u8), row.Text("deep_link_url"u8), row.Text("qr_image_url"u8))
        : null;
}

/// <summary>Questions to tap and commands to type (conversational components, 2026).</summary>
/// <param name="Prompts">Up to 4 of 80 characters each, no emoji.</param>
/// <param name="Commands">Up to 30.</param>
public sealed record ConversationalComponents(
    IReadOnlyList<string> Prompts,
    IReadOnlyList<ConversationalCommand> Commands)
{
    internal static ConversationalComponents Read(JsonElement number)
    {
        var found = number.Object("conversational_automation"u8);
        return found is not { } components
            ? new([], [])
            : new(
                [.. components.Items("prompts"u8).Select(prompt => prompt.AsText()).OfType<string>()],
                [.. components.Items("commands"u8).Select(command => new ConversationalCommand(
                    command.Text("command_name"u8) ?? "", command.Text("command_description"u8) ?? ""))]);
    }

    internal JsonObject ToJson() => new()
    {
        ["prompts"] = JsonBytes.List(Prompts),
        ["commands"] = JsonBytes.List(Commands.Select(command => (JsonNode)new JsonObject
        {
            ["command_name"] = command.Name,
            ["command_description"] = command.Description,
        })),
    };
}

/// <param name="Name">Up to 32, without the slash.</param>
/// <param name="Description">Up to 256.</param>
public sealed record ConversationalCommand(string Name, string Description);

/// <param name="IsCartEnabled">Customers may put products into a cart.</param>
/// <param name="IsCatalogVisible">The catalogue's button shows; without it links to it do not work.</param>
public sealed record CommerceSettings(bool IsCartEnabled, bool IsCatalogVisible);
