using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>Webhook bodies as WhatsApp writes them, for the test account.</summary>
internal static class Hooks
{
    public const string Amina = "491701234567";
    public const string AminaId = "DE.1029384756";

    public static readonly DateTime Noon = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    public static byte[] Body(params JsonObject[] changes) => Bytes(new JsonObject
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray(new JsonObject
        {
            ["id"] = TestAccount.WhatsAppId,
            ["changes"] = new JsonArray([.. changes]),
        }),
    });

    public static byte[] Messages(params JsonObject[] messages) => Body(Change("messages", "messages", messages));

    public static byte[] Statuses(params JsonObject[] statuses) => Body(Change("messages", "statuses", statuses));

    public static JsonObject Change(string field, string list, params JsonObject[] items)
    {
        var people = items
            .Where(item => list == "messages" && (item["from"] ?? item["from_user_id"]) is not null && item["type"]?.GetValue<string>() != "system")
            .Select(Person);
        return new JsonObject
        {
            ["field"] = field,
            ["value"] = new JsonObject
            {
                ["messaging_product"] = "whatsapp",
                ["metadata"] = Metadata(),
                ["contacts"] = new JsonArray([.. people]),
                [list] = new JsonArray([.. items]),
            },
        };
    }

    public static JsonObject Metadata(string phoneNumberId = TestAccount.PhoneNumberId) => new()
    {
        ["display_phone_number"] = "493023125100",
        ["phone_number_id"] = phoneNumberId,
    };

    public static JsonObject Text(
        string wamid, string text, DateTime? at = null, string? from = Amina, string? userId = null) => Message(
        wamid, "text", new JsonObject { ["body"] = text }, at, from, userId);

    public static JsonObject Message(
        string wamid, string type, JsonNode? content, DateTime? at = null, string? from = Amina, string? userId = null)
    {
        var message = new JsonObject { ["id"] = wamid, ["timestamp"] = Unix(at ?? Noon), ["type"] = type };
        if (content is not null)
        {
            message[type] = content;
        }

        if (from is not null)
        {
            message["from"] = from;
        }

        if (userId is not null)
        {
            message["from_user_id"] = userId;
        }

        return message;
    }

    public static JsonObject Status(string wamid, string status, DateTime? at = null, string? callback = null, int? error = null)
    {
        var item = new JsonObject { ["id"] = wamid, ["status"] = status, ["timestamp"] = Unix(at ?? Noon), ["recipient_id"] = Amina };
        if (callback is not null)
        {
            item["biz_opaque_callback_data"] = callback;
        }

        if (error is { } code)
        {
            item["errors"] = new JsonArray(new JsonObject
            {
                ["code"] = code,
                ["title"] = "Title",
                ["error_data"] = new JsonObject { ["details"] = "Details" },
            });
        }

        return item;
    }

    public static JsonObject Reaction(string wamid, string target, string? emoji, DateTime? at = null) => Message(
        wamid, "reaction", new JsonObject { ["message_id"] = target, ["emoji"] = emoji }, at);

    public static JsonObject System(string wamid, string type, string? newPhone, string? newUserId = null, string? from = Amina) => Message(
        wamid, "system", new JsonObject { ["type"] = type, ["body"] = "A changed", ["wa_id"] = newPhone, ["user_id"] = newUserId }, from: from);

    public static JsonObject Preference(string value, DateTime at, string waId = Amina) => new()
    {
        ["wa_id"] = waId,
        ["category"] = "marketing_messages",
        ["value"] = value,
        ["timestamp"] = new DateTimeOffset(at).ToUnixTimeSeconds(),
    };

    public static JsonObject SignUp(string link, DateTime at)
    {
        var preference = Preference("signup", at);
        preference["signup_id"] = link;
        return preference;
    }

    public static string Unix(DateTime at) => new DateTimeOffset(at).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static JsonNode Person(JsonObject message)
    {
        var person = new JsonObject { ["profile"] = new JsonObject { ["name"] = "Amina Berg", ["username"] = "amina.b" } };
        if (message["from"]?.GetValue<string>() is { } phone)
        {
            person["wa_id"] = phone;
        }

        if (message["from_user_id"]?.GetValue<string>() is { } userId)
        {
            person["user_id"] = userId;
        }

        return person;
    }
}
