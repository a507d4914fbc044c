using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Webhooks;

/// <summary>
/// One thing a webhook tells, as JSON bytes ready to be put into a body. An item of <c>messages</c> or <c>statuses</c> can share
/// its change with others; anything else is a whole <c>value</c>.
/// </summary>
internal sealed class WebhookItem
{
    public required string Field { get; init; }

    /// <summary>The opening of the value, <c>{"messaging_product":…,"metadata":{…}</c>, without its closing brace.</summary>
    public byte[]? Head { get; init; }

    /// <summary><c>messages</c> or <c>statuses</c>; null when <see cref="Json"/> is the whole value.</summary>
    public string? List { get; init; }

    public required byte[] Json { get; init; }
    public byte[]? Contact { get; init; }

    /// <summary>The portfolio, for the few events that are about it; otherwise the account.</summary>
    public string? EntryId { get; init; }

    /// <summary>Where the message history keeps what became of this webhook.</summary>
    public StatusEvent? Report { get; init; }

    /// <summary>Tells the message history how this webhook fares.</summary>
    public void Tell(string state, string? trouble)
    {
        if (Report is { } report && report.Webhook != "FAILED")
        {
            report.Webhook = state;
            report.Trouble = trouble;
        }
    }
}
