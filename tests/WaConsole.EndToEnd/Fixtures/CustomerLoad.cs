using System.Collections.Concurrent;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>
/// Customers of the simulator, who write one after the other: what comes in counts against what may go out. The simulator repeats each webhook until it gets its 200: at rest each of
/// these messages has got one.
/// </summary>
internal sealed class CustomerLoad(SimulatorControl simulator)
{
    private readonly List<string> _customers = [];
    private readonly ConcurrentBag<string> _written = [];
    private int _sequence;

    public IReadOnlyCollection<string> Written => _written;

    /// <summary>A customer whose first message opens the window.</summary>
    public async Task AddAsync(string phone)
    {
        _customers.Add(await simulator.MakeCustomerAsync("Crash Test", phone));
        await WriteAsync(_customers[^1], "Open the window, please");
    }

    public Task WriteNextAsync()
    {
        var number = _sequence++;
        return WriteAsync(_customers[number % _customers.Count], $"Question {number}");
    }

    private async Task WriteAsync(string customer, string text) => _written.Add(await simulator.WriteAsync(customer, text));
}
