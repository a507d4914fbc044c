using System.Text.Json.Nodes;

namespace WaConsole.Simulator.World;

/// <summary>A short link of a number: <c>https://wa.me/message/CODE</c>.</summary>
internal sealed record QrLink(string Code, string Prefilled, string? ImageKind);

/// <summary>What a business keeps with a number: profile, links, blocked people, PIN. Only touched under its own lock.</summary>
internal sealed class NumberDesk
{
    public Lock Gate { get; } = new();

    public JsonObject Profile { get; } = new()
    {
        ["about"] = "Hand-made boots and shoes since 1987",
        ["address"] = "Lindenstraße 14, 10969 Berlin",
        ["description"] = "We make and mend boots and shoes in our own workshop.",
        ["email"] = "hello@alder-oak.example",
        ["websites"] = new JsonArray("https://alder-oak.example/"),
        ["vertical"] = "APPAREL",
    };

    public List<QrLink> Links { get; } = [];
    public List<string> BlockedUserIds { get; } = [];
    public HashSet<string> Blocked { get; } = new(StringComparer.Ordinal);
    public JsonObject Automation { get; set; } = new() { ["enable_welcome_message"] = false };
    public bool CartEnabled { get; set; } = true;
    public bool CatalogVisible { get; set; }

    public string? Pin { get; set; }
    public int WrongPins { get; set; }
    public DateTimeOffset? LastWrongPinAt { get; set; }
    public string? Code { get; set; }
    public DateTimeOffset? CodeUntil { get; set; }
    public int CodeRequests { get; set; }
    public List<DateTimeOffset> Registrations { get; } = [];
    public DateTimeOffset? DeletedAt { get; set; }
    public HashSet<string> SyncsRequested { get; } = new(StringComparer.Ordinal);
}
