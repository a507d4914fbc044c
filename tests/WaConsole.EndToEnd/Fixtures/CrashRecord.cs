using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>A status of a message: its wamid and WhatsApp's word.</summary>
internal readonly record struct ToldStatus(string Wamid, string Word);

/// <summary>What those around the console know of a run, and what its database holds afterwards.</summary>
internal sealed record CrashRecord
{
    /// <summary>Wamids of the load's messages that got their 200, and of customers' messages whose webhooks the simulator got a 200 for.</summary>
    public IReadOnlyCollection<string> Acknowledged { get; init; } = [];

    /// <summary>Statuses whose webhooks the simulator got a 200 for.</summary>
    public IReadOnlyCollection<ToldStatus> Told { get; init; } = [];

    /// <summary>Texts the console promised to send.</summary>
    public IReadOnlyCollection<string> Promised { get; init; } = [];

    /// <summary>Client keys of what the simulator received, in its order.</summary>
    public IReadOnlyList<string> Received { get; init; } = [];

    /// <summary>How often the simulator took a message and never answered.</summary>
    public int Silences { get; init; }

    /// <summary>Client keys of what was marked as leaving when the console was killed: of these alone nobody may know the outcome.</summary>
    public IReadOnlyCollection<string> Leaving { get; init; } = [];

    public IReadOnlyList<StoredMessage> Stored { get; init; } = [];

    public IReadOnlyCollection<ToldStatus> StoredStatuses { get; init; } = [];
}
