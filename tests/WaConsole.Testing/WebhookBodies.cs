using System.Globalization;
using System.Text.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Testing;

/// <summary>Webhook bodies in the shape WhatsApp sends them, addressed to <see cref="TestAccount"/>.</summary>
public static class WebhookBodies
{
    public static byte[] Text(string phone, string name, string wamid, string text, DateTimeOffset? at = null) =>
        TextTo(TestAccount.PhoneNumberId, phone, name, wamid, text, at);

    /// <summary>To one of the account's numbers.</summary>
    public static byte[] TextTo(string number, string phone, string name, string wamid, string text, DateTimeOffset? at = null) => MessagesTo(
        number,
        phone,
        name,
        new Dictionary<string, object?>
        {
            ["from"] = phone,
            ["id"] = wamid,
            ["timestamp"] = Seconds(at),
            ["type"] = "text",
            ["text"] = new { body = text },
        });

    public static byte[] Status(string wamid, string status, string? callbackData = null, DateTimeOffset? at = null) => Value(new Dictionary<string, object?>
    {
        ["statuses"] = new object[]
        {
            new Dictionary<string, object?>
            {
                ["id"] = wamid,
                ["status"] = status,
                ["timestamp"] = Seconds(at),
                ["recipient_id"] = "491713920001",
                ["biz_opaque_callback_data"] = callbackData,
            },
        },
    });

    public static byte[] Messages(string phone, string name, params object[] messages) => MessagesTo(TestAccount.PhoneNumberId, phone, name, messages);

    /// <summary>One change of the field messages, with these keys beside product and metadata.</summary>
    public static byte[] Value(IReadOnlyDictionary<string, object?> value, string field = "messages", string number = TestAccount.PhoneNumberId) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        @object = "whatsapp_business_account",
        entry = new object[]
        {
            new
            {
                id = TestAccount.WhatsAppId,
                changes = new object[]
                {
                    new
                    {
                        field,
                        value = new Dictionary<string, object?>(value)
                        {
                            ["messaging_product"] = "whatsapp",
                            ["metadata"] = new { display_phone_number = "493023125100", phone_number_id = number },
                        },
                    },
                },
            },
        },
    });

    /// <summary>Somebody the simulator answers or reports about has one user id: another one means that the number passed on.</summary>
    private static byte[] MessagesTo(string number, string phone, string name, params object[] messages) => Value(
        new Dictionary<string, object?>
        {
            ["contacts"] = new object[] { new { profile = new { name }, wa_id = phone, user_id = SimulatedWhatsApp.UserIdOf(phone) } },
            ["messages"] = messages,
        },
        number: number);

    private static string Seconds(DateTimeOffset? at) =>
        (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
