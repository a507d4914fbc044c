namespace WaConsole.Benchmarks.Agents;

/// <summary>Somebody could not sign in, or a circuit did not start, drew nothing or ended. What was measured then counts for nothing.</summary>
internal sealed class CircuitFaultException(string message, Exception? inner = null) : Exception(message, inner);
