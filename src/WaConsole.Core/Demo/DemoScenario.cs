using System.Text.Json;
using System.Text.Json.Serialization;

namespace WaConsole.Core.Demo;

/// <summary>A small business with chats of all kinds, as the simulator's scenario file holds it. Times are minutes before now.</summary>
public sealed record DemoScenario(string Business, IReadOnlyList<DemoConversation> Conversations)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <exception cref="JsonException">The file is not a scenario.</exception>
    public static DemoScenario Read(Stream json) =>
        JsonSerializer.Deserialize<DemoScenario>(json, Options) ?? throw new JsonException("The scenario is empty.");
}

/// <summary><see cref="Number"/> and <see cref="Assignee"/> are keys the host resolves ("berlin", "ana"), <see cref="OptedOut"/> is the way a stop came ("QuickReply").</summary>
public sealed record DemoConversation(
    string Name,
    string Number,
    IReadOnlyList<DemoStep> Steps,
    string? Phone = null,
    string? UserId = null,
    string? Username = null,
    string? Assignee = null,
    string? Status = null,
    int Unread = 0,
    string? OptedOut = null);

/// <summary><see cref="By"/>: customer, system, activity, or the key of a person. <see cref="File"/> names a file beside the scenario.</summary>
public sealed record DemoStep(
    [property: JsonPropertyName("m")] int MinutesFromNow,
    string By,
    string Kind = "text",
    string? Text = null,
    string? File = null,
    string? Status = null,
    int? Code = null,
    int? Reply = null,
    string? Reaction = null,
    string? Template = null,
    string? Language = null,
    string? Category = null,
    string? Footer = null,
    string? HeaderFile = null,
    IReadOnlyList<string>? Buttons = null,
    string? Type = null,
    string? Actor = null,
    string? Target = null,
    double Latitude = 0,
    double Longitude = 0,
    string? PlaceName = null,
    string? Address = null,
    string? CardName = null,
    string? CardPhone = null,
    string? Unsupported = null,
    string? Currency = null,
    IReadOnlyList<DemoOrderLine>? Lines = null,
    DemoReferral? Referral = null);

public sealed record DemoOrderLine(string Id, int Quantity, decimal Price);

public sealed record DemoReferral(string Headline, string Body, string Url, string Type);
