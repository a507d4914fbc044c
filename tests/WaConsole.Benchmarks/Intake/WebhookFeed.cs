using System.Globalization;
using System.Text;

namespace WaConsole.Benchmarks.Intake;

/// <summary>
/// The webhooks of a busy business, by running number: of four, three are the statuses of one message that was sent and the fourth is a
/// customer's reply. One message or status each, as WhatsApp sends them.
/// </summary>
internal sealed class WebhookFeed(string name)
{
    public const int Customers = 5_000;
    public const int PerMessage = 4;

    private static readonly string[] Words = ["sent", "delivered", "read"];

    private readonly long _startedAt = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public static string PhoneOf(int customer) => string.Create(CultureInfo.InvariantCulture, $"4917155{customer:000000}");

    public static string UserIdOf(int customer) => string.Create(CultureInfo.InvariantCulture, $"DE.9{customer:000000000}");

    public static string WamidOf(string name, int message) => string.Create(
        CultureInfo.InvariantCulture, $"wamid.HBgMNDkxNzE1NTAwMDAwFQIAERgS{name}{message:00000000}AA==");

    /// <summary>Writes the body and returns its length.</summary>
    public int Write(int number, Span<byte> body)
    {
        var message = number / PerMessage;
        var customer = message % Customers;
        var part = number % PerMessage;
        var text = part < Words.Length ? Status(message, customer, Words[part]) : Reply(message, customer);
        return Encoding.UTF8.GetBytes(text, body);
    }

    private string Status(int message, int customer, string word) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"710000000000001","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"493023125100","phone_number_id":"720000000000001"},"statuses":[{"id":"{{{WamidOf(name, message)}}}","status":"{{{word}}}","timestamp":"{{{_startedAt}}}","recipient_id":"{{{PhoneOf(customer)}}}","recipient_user_id":"{{{UserIdOf(customer)}}}","pricing":{"billable":true,"pricing_model":"PMP","category":"utility","type":"regular"}}]},"field":"messages"}]}]}
        """);

    private string Reply(int message, int customer) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"710000000000001","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"493023125100","phone_number_id":"720000000000001"},"contacts":[{"profile":{"name":"Amina Diallo"},"wa_id":"{{{PhoneOf(customer)}}}","user_id":"{{{UserIdOf(customer)}}}"}],"messages":[{"from":"{{{PhoneOf(customer)}}}","from_user_id":"{{{UserIdOf(customer)}}}","id":"{{{WamidOf(name + "R", message)}}}","timestamp":"{{{_startedAt}}}","type":"text","text":{"body":"Good morning, is my order {{{message}}} on its way? I would like to have it before the weekend."}}]},"field":"messages"}]}]}
        """);
}
