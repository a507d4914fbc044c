using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Graph.Sending;

namespace WaConsole.Simulator.Templates;

/// <summary>A few ready-made templates in our own words, in the shape of Meta's library.</summary>
internal static class TemplateLibrary
{
    public static IReadOnlyList<JsonObject> All { get; } =
    [
        Item("delivery_update_1", "ORDER_MANAGEMENT", "DELIVERY_UPDATE", "Good news, {{1}}! Your order {{2}} arrives on {{3}}. Follow it with the link below.",
            ["Ines", "A-1042", "2 December"], ["TEXT", "TEXT", "DATE"], """[{"type":"URL","text":"Track order","url":"https://www.example.com/{{1}}"}]"""),
        Item("order_pick_up_1", "ORDER_MANAGEMENT", "ORDER_PICK_UP", "Hello {{1}}, your order {{2}} waits for you at {{3}}. We are glad to see you.",
            ["Ines", "A-1042", "Mill Lane 4"], ["TEXT", "TEXT", "ADDRESS"], """[{"type":"QUICK_REPLY","text":"On my way"}]"""),
        Item("payment_due_1", "PAYMENTS", "PAYMENT_DUE_REMINDER", "Hello {{1}}, your invoice of {{2}} is due on {{3}}. Please pay in time.",
            ["Ines", "EUR 89.00", "2 December"], ["TEXT", "AMOUNT", "DATE"], """[{"type":"URL","text":"Pay now","url":"https://www.example.com/{{1}}"},{"type":"PHONE_NUMBER","text":"Call us","phone_number":"+10000000000"}]"""),
        Item("account_change_1", "ACCOUNT_UPDATE", "ACCOUNT_CREATION_CONFIRMATION", "Welcome {{1}}, your account with the address {{2}} is ready to use.",
            ["Ines", "ines@example.com"], ["TEXT", "EMAIL"], "[]"),
        Item("feedback_1", "CUSTOMER_FEEDBACK", "FEEDBACK_SURVEY", "Thank you for your order {{1}} of {{2}}. How did we do? We read every answer.",
            ["A-1042", "2 December"], ["TEXT", "DATE"], """[{"type":"QUICK_REPLY","text":"Well"},{"type":"QUICK_REPLY","text":"Not so well"}]"""),
    ];

    /// <summary>The components of a template made from the library, with the caller's buttons put in.</summary>
    public static JsonElement Components(string name, string language, JsonElement request, SendChecks checks)
    {
        if (All.FirstOrDefault(item => item["name"]!.GetValue<string>() == name) is not { } found
            || !(language.StartsWith("en", StringComparison.Ordinal)))
        {
            checks.Refuse(100, "There is no such template in the library, or not in this language.");
            return default;
        }

        List<JsonElement> inputs = [.. SendChecks.Items(request, "library_template_button_inputs")];
        var buttons = (JsonArray)found["buttons"]!.DeepClone();
        foreach (var button in buttons.OfType<JsonObject>())
        {
            FillIn(button, inputs.Find(input => TemplateRules.Type(input) == button["type"]!.GetValue<string>().ToLowerInvariant()), checks);
        }

        var components = new JsonArray(new JsonObject
        {
            ["type"] = "BODY",
            ["text"] = found["body"]!.GetValue<string>(),
            ["example"] = new JsonObject { ["body_text"] = new JsonArray(found["body_params"]!.DeepClone()) },
        });
        if (buttons.Count > 0)
        {
            components.Add(new JsonObject { ["type"] = "BUTTONS", ["buttons"] = buttons });
        }

        return JsonSerializer.SerializeToElement(components);
    }

    private static void FillIn(JsonObject button, JsonElement input, SendChecks checks)
    {
        switch (button["type"]!.GetValue<string>())
        {
            case "URL":
                var url = SendChecks.Member(input, "url");
                var address = SendChecks.Member(url, "base_url").ToString();
                if (address.Length == 0)
                {
                    checks.Refuse(100, "library_template_button_inputs needs the url of the button.");
                    return;
                }

                button["url"] = address;
                button["example"] = new JsonArray(SendChecks.Member(url, "url_suffix_example").ToString());
                break;
            case "PHONE_NUMBER":
                var phone = SendChecks.Member(input, "phone_number").ToString();
                if (phone.Length == 0)
                {
                    checks.Refuse(100, "library_template_button_inputs needs the phone_number of the button.");
                    return;
                }

                button["phone_number"] = phone;
                break;
        }
    }

    private static JsonObject Item(
        string name, string topic, string useCase, string body, string[] samples, string[] types, string buttons) => new()
        {
            ["name"] = name,
            ["language"] = "en_US",
            ["category"] = "UTILITY",
            ["topic"] = topic,
            ["usecase"] = useCase,
            ["industry"] = new JsonArray("E_COMMERCE"),
            ["body"] = body,
            ["body_params"] = new JsonArray([.. samples.Select(sample => (JsonNode)sample)]),
            ["body_param_types"] = new JsonArray([.. types.Select(type => (JsonNode)type)]),
            ["buttons"] = JsonNode.Parse(buttons),
            ["id"] = (780000000000000 + name.Sum(c => c)).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
}
