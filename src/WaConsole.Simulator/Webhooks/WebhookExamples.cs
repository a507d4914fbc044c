using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Webhooks;

/// <summary>
/// An example of every kind of webhook of every field, in the shapes of Meta's pages of 2025 and 2026 and filled with the
/// simulated world: its numbers, a customer, a template.
/// </summary>
internal static class WebhookExamples
{
    private static readonly Lazy<IReadOnlyDictionary<string, JsonElement>> All = new(Read);

    public static IEnumerable<string> Names => All.Value.Keys;

    /// <summary>False when there is no such example, customer or number.</summary>
    public static bool Tell(string name, SimulatedWhatsApp world, string? customerId, string? numberId)
    {
        var number = numberId is null ? world.Numbers[0] : world.FindNumber(numberId);
        var customer = customerId is null ? world.Customers.FirstOrDefault() : world.FindCustomer(customerId);
        if (!All.Value.TryGetValue(name, out var example) || number is null || (customer is null && customerId is not null))
        {
            return false;
        }

        var value = JsonNode.Parse(Fill(example.GetProperty("value").GetRawText(), world, number, customer))!.AsObject();
        if (example.TryGetProperty("envelope", out var wants) && wants.GetBoolean())
        {
            var whole = MessageWebhook.Envelope(number);
            foreach (var (key, node) in value.ToList())
            {
                whole[key] = node?.DeepClone();
            }

            value = whole;
        }

        var portfolio = example.TryGetProperty("portfolio", out var about) && about.GetBoolean();
        world.Tell(name.Split('/')[0], value, portfolio ? world.Account.PortfolioId : null, customerId);
        return true;
    }

    private static string Fill(string json, SimulatedWhatsApp world, BusinessNumber number, Customer? customer)
    {
        var now = world.Clock.GetUtcNow().ToUnixTimeSeconds();
        var template = world.Templates.All.Count > 0 ? world.Templates.All[0] : null;
        (string Token, string Text)[] tokens =
        [
            ("@NOW+1D@", (now + 86_400).ToString(CultureInfo.InvariantCulture)),
            ("@NOW@", now.ToString(CultureInfo.InvariantCulture)),
            ("@PHONE@", number.Phone),
            ("@NUMBER@", number.Id),
            ("@ACCOUNT@", world.Options.BusinessAccountId),
            ("@PORTFOLIO@", world.Account.PortfolioId),
            ("@APP@", world.Options.AppId),
            ("@WA@", customer?.Phone ?? "4917604069099"),
            ("@USER@", customer?.UserId ?? "DE.1000000000000001"),
            ("@NAME@", JsonEncodedText.Encode(customer?.Name ?? "Somebody").ToString()),
            ("@TEMPLATE_ID@", template?.Id ?? "730000000000001"),
            ("@TEMPLATE@", template?.Name ?? "order_shipped"),
            ("@WAMID@", SimulatedWhatsApp.NewWamid()),
            ("@WAMID2@", SimulatedWhatsApp.NewWamid()),
        ];
        // A number in the example is written as "#@NOW@#" so that the file is JSON before it is filled.
        return tokens.Aggregate(json, (text, token) => text
            .Replace($"\"#{token.Token}#\"", token.Text, StringComparison.Ordinal)
            .Replace(token.Token, token.Text, StringComparison.Ordinal));
    }

    private static Dictionary<string, JsonElement> Read()
    {
        using var stream = typeof(WebhookExamples).Assembly.GetManifestResourceStream("WaConsole.Simulator.WebhookExamples.json")
            ?? throw new InvalidOperationException("The webhook examples are missing from the assembly.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.Clone(), StringComparer.Ordinal);
    }
}
