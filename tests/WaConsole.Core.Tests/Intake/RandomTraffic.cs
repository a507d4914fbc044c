using System.Globalization;
using System.Text.Json.Nodes;
using WaConsole.Core.Conversations;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>
/// Bodies of a small town: few people, few messages, everything about them in any order and often twice, so that all that can meet does.
/// The same seed makes the same bodies.
/// </summary>
internal sealed class RandomTraffic(int seed)
{
    public const int Sent = 12;

    private static readonly string[] Words = ["sent", "delivered", "read", "played", "failed", "glanced_at"];
    private static readonly int[] Errors = [131047, 131050, 131026];

    private readonly Random _random = new(seed);
    private readonly List<(string Field, string List, JsonObject Item)> _earlier = [];
    private int _messages;

    public static string SentWamid(int number) => string.Create(CultureInfo.InvariantCulture, $"wamid.out{number}");

    /// <summary>Our own id of a message whose answer was lost; the first half have one that is known.</summary>
    public static Guid SentKey(int number) => new(number, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]);

    public static bool IsNamed(int number) => number < Sent / 2;

    public static string PhoneOf(int person) => string.Create(CultureInfo.InvariantCulture, $"49170000000{person}");

    public byte[] NextBody() => Hooks.Body([.. Enumerable.Range(0, _random.Next(1, 7)).Select(_ => NextChange())]);

    private JsonObject NextChange()
    {
        var (field, list, item) = _earlier.Count > 0 && Chance(12) ? _earlier[_random.Next(_earlier.Count)] : Next();
        _earlier.Add((field, list, item));
        var change = Hooks.Change(field, list, (JsonObject)item.DeepClone());
        if (Chance(10))
        {
            change["value"]!["metadata"] = Hooks.Metadata(TestAccount.SecondPhoneNumberId);
        }

        return change;
    }

    private (string Field, string List, JsonObject Item) Next() => _random.Next(20) switch
    {
        < 7 => ("messages", "messages", Arriving()),
        < 14 => ("messages", "statuses", Status()),
        14 => ("messages", "messages", Hooks.Reaction(NewWamid(), AnyWamid(), Chance(30) ? "" : "👍", Time())),
        15 => ("messages", "messages", Change()),
        16 => ("messages", "messages", Hooks.System(NewWamid(), "user_changed_number", Chance(50) ? PhoneOf(_random.Next(5)) : null, from: PhoneOf(_random.Next(5)))),
        17 => ("smb_message_echoes", "message_echoes", Echo()),
        18 => ("user_preferences", "user_preferences", Hooks.Preference(Chance(50) ? "stop" : "resume", Time(), PhoneOf(_random.Next(6)))),
        _ => Odd(),
    };

    private JsonObject Arriving()
    {
        var person = _random.Next(5);
        var phone = Chance(75) ? PhoneOf(person) : null;
        var userId = phone is null || Chance(50) ? UserIdOf(person) : null;
        var message = Chance(20)
            ? Hooks.Message(NewWamid(), "image", new JsonObject { ["id"] = "media-1", ["mime_type"] = "image/jpeg", ["caption"] = "Look" }, Time(), phone, userId)
            : Hooks.Text(NewWamid(), "Hello " + _messages, Time(), phone, userId);
        if (Chance(20))
        {
            message["context"] = new JsonObject { ["id"] = AnyWamid() };
        }

        if (Chance(10))
        {
            message["referral"] = new JsonObject { ["headline"] = "An ad", ["source_url"] = "https://example.com/ad" };
        }

        if (Chance(5))
        {
            message["from_parent_user_id"] = "DE.parent1";
        }

        return message;
    }

    private JsonObject Status()
    {
        var number = _random.Next(Sent + 2);
        var word = Words[_random.Next(Words.Length)];
        var status = Hooks.Status(
            SentWamid(number),
            word,
            Time(),
            Chance(50) && number < Sent ? SentKey(number).ToString("N") : null,
            word == "failed" ? Errors[_random.Next(Errors.Length)] : null);
        if (Chance(30))
        {
            status["recipient_user_id"] = UserIdOf(number % 5);
        }

        if (Chance(30))
        {
            status["pricing"] = new JsonObject { ["type"] = "free_entry_point", ["category"] = "service" };
            status["conversation"] = new JsonObject { ["id"] = "c", ["expiration_timestamp"] = Hooks.Unix(Time().AddDays(3)) };
        }

        return status;
    }

    private JsonObject Change() => Chance(50)
        ? Hooks.Message(NewWamid(), "revoke", new JsonObject { ["original_message_id"] = AnyWamid() }, Time(), PhoneOf(_random.Next(5)))
        : Hooks.Message(
            NewWamid(),
            "edit",
            new JsonObject
            {
                ["original_message_id"] = AnyWamid(),
                ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = "Changed" } },
            },
            Time(),
            PhoneOf(_random.Next(5)));

    private JsonObject Echo() => new()
    {
        ["id"] = NewWamid(),
        ["from"] = "493023125100",
        ["to"] = PhoneOf(_random.Next(5)),
        ["timestamp"] = Hooks.Unix(Time()),
        ["type"] = "text",
        ["text"] = new JsonObject { ["body"] = "From the phone" },
    };

    private (string Field, string List, JsonObject Item) Odd() => _random.Next(4) switch
    {
        0 => ("messages", "messages", new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = "Without an id" } }),
        1 => ("new_field", "things", new JsonObject { ["id"] = "1" }),
        2 => ("messages", "messages", OfGroup()),
        _ => ("messages", "messages", Hooks.Text(NewWamid(), "From nobody", Time(), from: null)),
    };

    private JsonObject OfGroup()
    {
        var message = Hooks.Text(NewWamid(), "Hello all", Time(), PhoneOf(_random.Next(5)));
        message["group_id"] = "group-1";
        return message;
    }

    /// <summary>Few enough that a message and what is about it meet, before or after.</summary>
    private string NewWamid() => string.Create(CultureInfo.InvariantCulture, $"wamid.in{_messages++}");

    private string AnyWamid() => Chance(30)
        ? SentWamid(_random.Next(Sent))
        : string.Create(CultureInfo.InvariantCulture, $"wamid.in{_random.Next(_messages + 5)}");

    /// <summary>Mostly of the same person; now and then a number comes with somebody else's id, or with a new one.</summary>
    private string UserIdOf(int person) => Chance(15)
        ? string.Create(CultureInfo.InvariantCulture, $"DE.user{_random.Next(7)}")
        : string.Create(CultureInfo.InvariantCulture, $"DE.user{person}");

    private DateTime Time() => Hooks.Noon.AddSeconds(_random.Next(-90_000, 90_000));

    private bool Chance(int percent) => _random.Next(100) < percent;
}
