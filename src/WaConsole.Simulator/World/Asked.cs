using System.Globalization;
using System.Text.Json;

namespace WaConsole.Simulator.World;

/// <summary>One blank of a form, or one answer.</summary>
public sealed record FormBlank(string Name, string? Value = null, string? Error = null);

public sealed record SavedAddress(string Id, IReadOnlyList<FormBlank> Values);

/// <summary>A form to fill in. <see cref="Kind"/> is <c>flow</c> or <c>address_message</c>.</summary>
public sealed record AskedForm(string Kind, string? Token, IReadOnlyList<FormBlank> Blanks, IReadOnlyList<SavedAddress> Saved);

public sealed record ShopSection(string? Title, IReadOnlyList<string> ProductIds);

/// <summary>Products to choose from. Without sections it is the whole catalogue.</summary>
public sealed record Shop(string? CatalogId, IReadOnlyList<ShopSection> Sections, string? Thumbnail = null)
{
    public static Shop Of(string? catalogId, string productId) => new(catalogId, [new ShopSection(null, [productId])]);

    public string? Single => Sections is [{ ProductIds: [var only] }] ? only : null;
}

/// <summary>An order the business wants paid, or tells the state of.</summary>
public sealed record Bill(string Reference, string? State, string? About, decimal? Total, string? Currency);

/// <summary>
/// What a message of the business offers beyond its words, read from the request as it came. Nothing here is checked: what
/// makes no sense is left out.
/// </summary>
internal static class Asked
{
    private static readonly string[] AddressBlanks =
    [
        "name", "phone_number", "in_pin_code", "house_number", "floor_number", "tower_number", "building_name", "address",
        "landmark_area", "city", "state",
    ];

    // A Flow's screens live at Meta, so these stand in for them when the business sends nothing along.
    private static readonly string[] FlowBlanks = ["name", "date", "comment"];

    public static AskedForm? Form(ChatLine line)
    {
        if (Interactive(line) is { } interactive && Text(interactive, "type") is { } type)
        {
            var parameters = At(interactive, "action", "parameters");
            return type switch
            {
                "flow" => Flow(Text(parameters, "flow_token"), At(parameters, "flow_action_payload", "data")),
                "address_message" => Address(parameters),
                _ => null,
            };
        }

        return line.Content.Buttons.Any(button => button.Kind == "flow")
            ? Flow(Text(ButtonAction(line, "flow"), "flow_token"), At(ButtonAction(line, "flow"), "flow_action_data"))
            : null;
    }

    public static Shop? Shop(ChatLine line)
    {
        if (line.Content.Product is { } product && !line.FromCustomer)
        {
            return World.Shop.Of(product.CatalogId, product.ProductId);
        }

        if (Interactive(line) is { } interactive)
        {
            var action = At(interactive, "action");
            return Text(interactive, "type") switch
            {
                "product" => World.Shop.Of(Text(action, "catalog_id"), Text(action, "product_retailer_id") ?? ""),
                "product_list" => new Shop(Text(action, "catalog_id"), Sections(action)),
                "catalog_message" => new Shop(null, [], Text(At(action, "parameters"), "thumbnail_product_retailer_id")),
                _ => null,
            };
        }

        var several = ButtonAction(line, "mpm");
        return line.Content.Buttons.Any(button => button.Kind == "mpm")
                ? new Shop(null, Sections(several), Text(several, "thumbnail_product_retailer_id"))
            : line.Content.Buttons.Any(button => button.Kind == "catalog")
                ? new Shop(null, [], Text(ButtonAction(line, "catalog"), "thumbnail_product_retailer_id"))
            : null;
    }

    public static Bill? Bill(ChatLine line)
    {
        var parameters = Interactive(line) is { } interactive && Text(interactive, "type") is "order_details" or "order_status"
            ? At(interactive, "action", "parameters")
            : At(ButtonAction(line, "order_details"), "order_details");
        return Text(parameters, "reference_id") is not { } reference ? null : new Bill(
            reference,
            Text(At(parameters, "order"), "status"),
            Text(At(parameters, "order"), "description"),
            Amount(At(parameters, "total_amount")),
            Text(parameters, "currency"));
    }

    /// <summary>When a limited-time offer ends; null when it does not, or when there is none.</summary>
    public static DateTimeOffset? OfferEnd(ChatLine line)
    {
        var given = At(Parameters(Component(line, "limited_time_offer")).FirstOrDefault(), "limited_time_offer", "expiration_time_ms");
        return given.ValueKind == JsonValueKind.Number && given.TryGetInt64(out var ms)
            && ms > 0 && ms < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
                : null;
    }

    /// <summary>What a contact card says below its name: firm, numbers, mail and web addresses.</summary>
    public static IReadOnlyList<string> CardLines(ChatLine line, int index)
    {
        var cards = Items(Root(line), "contacts");
        if (index >= cards.Count)
        {
            var part = line.Content.Contacts[index];
            return part.Phone is null ? [] : [part.Phone];
        }

        var card = cards[index];
        return
        [
            .. new[] { Text(At(card, "org"), "company"), Text(At(card, "org"), "title") }.OfType<string>(),
            .. Items(card, "phones").Select(phone => Text(phone, "phone")).OfType<string>(),
            .. Items(card, "emails").Select(mail => Text(mail, "email")).OfType<string>(),
            .. Items(card, "urls").Select(url => Text(url, "url")).OfType<string>(),
        ];
    }

    /// <summary>The answers in a form's <c>response_json</c>, without the token.</summary>
    public static IReadOnlyList<FormBlank> Answers(FormPart form)
    {
        try
        {
            using var document = JsonDocument.Parse(form.ResponseJson);
            var root = document.RootElement;
            return [.. Blanks(form.Name == "address_message" && At(root, "values") is { ValueKind: JsonValueKind.Object } values ? values : root)
                .Where(answer => answer.Name is not ("flow_token" or "saved_address_id"))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static AskedForm Flow(string? token, JsonElement data)
    {
        var given = Blanks(data);
        return new AskedForm("flow", token ?? "unused", given.Count > 0 ? given : [.. FlowBlanks.Select(name => new FormBlank(name))], []);
    }

    private static AskedForm Address(JsonElement parameters)
    {
        var values = Blanks(At(parameters, "values"));
        var errors = Blanks(At(parameters, "validation_errors"));
        return new AskedForm(
            "address_message",
            null,
            [.. AddressBlanks.Select(name => new FormBlank(name, values.Find(v => v.Name == name)?.Value, errors.Find(e => e.Name == name)?.Value))],
            [.. Items(parameters, "saved_addresses").Select(saved => new SavedAddress(Text(saved, "id") ?? "", Blanks(At(saved, "value"))))]);
    }

    private static List<ShopSection> Sections(JsonElement action) =>
        [.. Items(action, "sections").Select(section => new ShopSection(
            Text(section, "title"),
            [.. Items(section, "product_items").Select(item => Text(item, "product_retailer_id")).OfType<string>()]))];

    // Money is a whole number and what to divide it by.
    private static decimal? Amount(JsonElement amount) =>
        decimal.TryParse(Text(amount, "value"), NumberStyles.Number, CultureInfo.InvariantCulture, out var units)
        && decimal.TryParse(Text(amount, "offset"), NumberStyles.Number, CultureInfo.InvariantCulture, out var by) && by > 0
            ? units / by
            : null;

    private static List<FormBlank> Blanks(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object ? [.. json.EnumerateObject().Select(field => new FormBlank(field.Name, Words(field.Value)))] : [];

    private static JsonElement Root(ChatLine line) => line.Wire ?? default;

    private static JsonElement? Interactive(ChatLine line) =>
        At(Root(line), "interactive") is { ValueKind: JsonValueKind.Object } found ? found : null;

    private static JsonElement ButtonAction(ChatLine line, string kind) => At(
        Parameters(Items(At(Root(line), "template"), "components").Find(component =>
            Is(component, "type", "button") && Is(component, "sub_type", kind))).FirstOrDefault(),
        "action");

    private static JsonElement Component(ChatLine line, string type) =>
        Items(At(Root(line), "template"), "components").Find(component => Is(component, "type", type));

    private static List<JsonElement> Parameters(JsonElement component) => Items(component, "parameters");

    private static bool Is(JsonElement parent, string name, string value) =>
        string.Equals(Text(parent, name), value, StringComparison.OrdinalIgnoreCase);

    private static List<JsonElement> Items(JsonElement parent, string name) =>
        At(parent, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    private static JsonElement At(JsonElement parent, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            parent = parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) ? found : default;
        }

        return parent;
    }

    private static string? Text(JsonElement parent, string name) =>
        At(parent, name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } found ? found.ToString() : null;

    private static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Words)),
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.ToString(),
    };
}
