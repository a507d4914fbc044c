using System.Diagnostics;
using System.Text.Json;
using WaConsole.Benchmarks.Intake;

namespace WaConsole.Benchmarks.Agents;

/// <summary>Circuits in a process of their own.</summary>
internal sealed class OpenCircuits(Uri console) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly ChildProcess _process = ChildProcess.StartSelf("agents-circuits", console.ToString());

    public double CpuSeconds => _process.CpuSeconds;

    /// <summary>Signs in who is not signed in yet, and returns once every list was drawn.</summary>
    /// <exception cref="CircuitFaultException">One of them was not.</exception>
    public Task OpenAsync(IReadOnlyList<Screen> screens) => AskAsync(new CircuitsOrder(Open: screens));

    public Task ForgetAsync() => AskAsync(new CircuitsOrder(Forget: true));

    /// <summary>Waits, for a while, until they saw what they should.</summary>
    /// <returns>What each saw, in the order they were opened.</returns>
    /// <exception cref="CircuitFaultException">A circuit ended.</exception>
    public async Task<IReadOnlyList<CircuitSeen>> SeenAsync(Func<IReadOnlyList<CircuitSeen>, bool> isAll, TimeSpan atMost)
    {
        using var timer = new PeriodicTimer(Look);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var seen = (await AskAsync(new CircuitsOrder(Read: true))).Seen!;
            if (isAll(seen) || clock.Elapsed > atMost)
            {
                return seen;
            }

            await timer.WaitForNextTickAsync();
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task<CircuitsAnswer> AskAsync(CircuitsOrder order)
    {
        await _process.Input.WriteLineAsync(JsonSerializer.Serialize(order));
        await _process.Input.FlushAsync();
        var answer = await _process.Output.ReadLineAsync() is { } line
            ? JsonSerializer.Deserialize<CircuitsAnswer>(line)!
            : new CircuitsAnswer("The process with the circuits ended.");
        return answer.Fault is null ? answer : throw new CircuitFaultException(answer.Fault);
    }
}
