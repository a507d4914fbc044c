using System.Text.Json;

namespace WaConsole.Core.Hours;

/// <summary>Business hours of a number and the message that goes out beyond them.</summary>
internal sealed class NumberHours
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public long NumberId { get; set; }

    public string TimeZone { get; set; } = "";

    /// <summary>The spans of the week.</summary>
    public string WeekJson { get; set; } = "[]";

    public string HolidaysJson { get; set; } = "[]";

    public bool AwayOn { get; set; }

    public string AwayText { get; set; } = "";

    /// <summary>Since when it is on, on WhatsApp's clock: who wrote before is not answered by it.</summary>
    public DateTime? AwaySinceUtc { get; set; }

    public OpeningHours Hours
    {
        get => new(TimeZone, JsonSerializer.Deserialize<List<OpenSpan>>(WeekJson, Options) ?? [], JsonSerializer.Deserialize<List<DateOnly>>(HolidaysJson, Options) ?? []);
        set => (TimeZone, WeekJson, HolidaysJson) =
            (value.TimeZone, JsonSerializer.Serialize(value.Week, Options), JsonSerializer.Serialize(value.Holidays, Options));
    }
}

/// <summary>What the away message knows of a conversation: up to where it has looked, and when it last answered.</summary>
internal sealed class AwayAnswer
{
    public long ConversationId { get; set; }

    /// <summary>The newest line that was looked at.</summary>
    public long SeenMessageId { get; set; }

    /// <summary>On WhatsApp's clock; null while it never answered.</summary>
    public DateTime? AnsweredAtUtc { get; set; }
}
