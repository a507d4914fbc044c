using WaConsole.Benchmarks.Live;

namespace WaConsole.Benchmarks.Agents;

/// <summary>Who sits in front of which page.</summary>
internal sealed record Screen(string Email, string Password, string Path);

/// <summary>What one circuit was sent since it was last told to forget.</summary>
internal sealed record CircuitSeen(IReadOnlyList<Seen> Messages, int Batches, long Bytes);

/// <summary>What the process with the circuits is told, a line each. Exactly one part is set.</summary>
internal sealed record CircuitsOrder(IReadOnlyList<Screen>? Open = null, bool Forget = false, bool Read = false);

/// <summary>And what it says to each. <see cref="Fault"/>: in words, why nothing it measured counts.</summary>
internal sealed record CircuitsAnswer(string? Fault = null, IReadOnlyList<CircuitSeen>? Seen = null);
