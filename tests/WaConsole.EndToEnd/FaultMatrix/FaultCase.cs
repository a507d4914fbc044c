namespace WaConsole.EndToEnd.FaultMatrix;

/// <summary>One switch of the simulator and what is done while it is on.</summary>
/// <param name="Switch">As the control API writes it.</param>
/// <param name="About">What WhatsApp, or the customer, does.</param>
internal sealed record FaultCase(string Switch, string About, Func<FaultStage, Task> PlayAsync);

/// <summary>What was there at one moment of a case.</summary>
/// <param name="When">The moment, in words.</param>
/// <param name="State">The state of our message, or how often a customer's is kept.</param>
/// <param name="Screen">What the agent reads.</param>
/// <param name="Taken">How often WhatsApp took our message; null where a customer wrote.</param>
internal sealed record Seen(string When, string State, string Screen, int? Taken = null);
