namespace WaConsole.Core.Intake;

public enum DeliveryState
{
    Pending = 0,
    Done = 1,
}

/// <summary>One webhook body exactly as it came, on disk before WhatsApp got its 200.</summary>
internal sealed class Delivery
{
    public long Id { get; set; }

    public byte[] Body { get; set; } = [];

    public long BusinessAccountId { get; set; }

    public DateTime ReceivedAtUtc { get; set; }

    public DeliveryState State { get; set; }

    /// <summary>Number of items found when it was first read; zero until then.</summary>
    public int ItemCount { get; set; }

    /// <summary>Items before this one are handled: a long body is worked off in several short transactions.</summary>
    public int NextItem { get; set; }

    public DateTime? ProcessedAtUtc { get; set; }
}

/// <summary>Running totals in items, one row per business account, changed in the transaction that handles the item: they outlive pruning.</summary>
internal sealed class IntakeCounter
{
    public long BusinessAccountId { get; set; }

    public long Received { get; set; }

    public long Stored { get; set; }

    public long Duplicates { get; set; }
}

/// <summary>A status, reaction, edit or revoke whose message is not stored yet. Kept eight days: WhatsApp retries webhooks for seven.</summary>
internal sealed class ParkedItem
{
    public long Id { get; set; }

    public long BusinessAccountId { get; set; }

    /// <summary>The message it waits for.</summary>
    public string Wamid { get; set; } = "";

    /// <summary>SHA-256 of the item, hex: the same item delivered twice is parked once.</summary>
    public string ItemHash { get; set; } = "";

    /// <summary>A webhook body that holds only this item.</summary>
    public byte[] Body { get; set; } = [];

    public DateTime ParkedAtUtc { get; set; }

    public DateTime ExpiresAtUtc { get; set; }
}

/// <summary>An item that could not be handled, with its reason. An admin can replay it.</summary>
internal sealed class QuarantinedItem
{
    public long Id { get; set; }

    public long BusinessAccountId { get; set; }

    public long? DeliveryId { get; set; }

    public int ItemIndex { get; set; }

    public string ItemHash { get; set; } = "";

    /// <summary>A webhook body that holds only this item, or the whole body when it could not be read at all.</summary>
    public byte[] Body { get; set; } = [];

    public string Reason { get; set; } = "";

    public DateTime QuarantinedAtUtc { get; set; }

    public int Replays { get; set; }
}

/// <summary>
/// Marks an item that leaves no row with a unique key of its own (reaction, edit, opt-out, call, template news) as handled,
/// so that the same item delivered twice acts once. Kept longer than WhatsApp retries.
/// </summary>
internal sealed class HandledItem
{
    /// <summary>SHA-256 of the item, hex.</summary>
    public string ItemHash { get; set; } = "";

    public DateTime HandledAtUtc { get; set; }
}
