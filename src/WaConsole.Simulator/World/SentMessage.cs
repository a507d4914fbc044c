using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

/// <summary>One status of a message and what became of its webhook.</summary>
internal sealed class StatusEvent(string id, ReceiptState state, DateTimeOffset at)
{
    public string Id { get; } = id;
    public ReceiptState State { get; } = state;
    public DateTimeOffset At { get; } = at;

    /// <summary>PENDING, RETRYING, DELIVERED or FAILED, as the message history API words it.</summary>
    public string Webhook { get; set; } = "PENDING";

    public string? Trouble { get; set; }
}

/// <summary>An accepted send, from its acceptance to its last status. What can change is only touched under the world's lock.</summary>
internal sealed class SentMessage
{
    public required long Sequence { get; init; }
    public required string Wamid { get; init; }
    public required Chat Chat { get; init; }
    public required string Recipient { get; init; }
    public required string Type { get; init; }
    public required string? CallbackData { get; init; }
    public required string BodyHash { get; init; }
    public required DateTimeOffset At { get; init; }
    public required bool ToPhone { get; init; }
    public required bool Held { get; init; }
    public required PriceTag Price { get; init; }
    public required string Country { get; init; }
    public GraphError? Later { get; init; }
    public ReactionPart? Reaction { get; init; }
    public bool Voice { get; init; }
    public string? TemplateId { get; init; }

    /// <summary>The group it went to instead of one person.</summary>
    public CustomerGroup? Group { get; init; }

    /// <summary>When an undelivered message is dropped without a word.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    public ReceiptState State { get; set; } = ReceiptState.Accepted;

    /// <summary>What made it fail after it was accepted without trouble.</summary>
    public GraphError? Failure { get; set; }

    public int? ErrorCode { get; set; }
    public bool Begun { get; set; }
    public bool Waiting { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    public List<StatusEvent> Events { get; } = new(3);
    public Dictionary<(string Kind, string Button), int>? Clicks { get; set; }

    /// <summary>Whether no status of its own accord can follow.</summary>
    public bool Over => State is ReceiptState.Failed or ReceiptState.Played
        || (State == ReceiptState.Read && !Voice) || (State == ReceiptState.Sent && Reaction is not null);

    public LedgerEntry ToEntry() => new(
        Sequence, Wamid, Chat.NumberId, Chat.CustomerId, Recipient, Type, CallbackData, BodyHash, At, State, ErrorCode);
}
