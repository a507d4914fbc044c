using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace WaConsole.Benchmarks.Agents;

/// <summary>The second process: all circuits, so that what they cost stands apart from the console and from the load.</summary>
internal sealed class HoldCircuits(Uri console)
{
    /// <summary>Opened at the same time. People come one after the other.</summary>
    private const int Together = 4;

    private readonly List<Circuit> _circuits = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<CookieContainer>>> _signedIn = new(StringComparer.Ordinal);
    private int _addresses;

    /// <summary>Until there are no more orders.</summary>
    public static async Task<int> RunAsync(string address)
    {
        var held = new HoldCircuits(new Uri(address));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var answer = await held.DoAsync(JsonSerializer.Deserialize<CircuitsOrder>(line)!);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer));
        }

        await Task.WhenAll(held._circuits.Select(circuit => circuit.DisposeAsync().AsTask()));
        return 0;
    }

    private async Task<CircuitsAnswer> DoAsync(CircuitsOrder order)
    {
        try
        {
            if (order.Open is { } screens)
            {
                await OpenAsync(screens);
            }

            if (order.Forget)
            {
                _circuits.ForEach(circuit => circuit.Forget());
            }

            var fault = _circuits.Select(circuit => circuit.Fault).FirstOrDefault(words => words is not null);
            return new CircuitsAnswer(fault, order.Read ? [.. _circuits.Select(circuit => circuit.Read())] : null);
        }
        catch (Exception fault) when (fault is CircuitFaultException or HttpRequestException)
        {
            return new CircuitsAnswer(fault.Message);
        }
    }

    private async Task OpenAsync(IReadOnlyList<Screen> screens)
    {
        var opened = new Circuit[screens.Count];
        await Parallel.ForAsync(0, screens.Count, new ParallelOptions { MaxDegreeOfParallelism = Together }, async (at, cancel) =>
        {
            var screen = screens[at];
            var cookies = await _signedIn.GetOrAdd(screen.Email, _ => new(() => SignInAsync(screen, cancel))).Value;
            opened[at] = await Circuit.OpenAsync(console, screen, cookies, cancel);
        });
        _circuits.AddRange(opened);
    }

    private Task<CookieContainer> SignInAsync(Screen screen, CancellationToken cancellationToken)
    {
        // All of 127/8 is this machine on Linux.
        var number = Interlocked.Increment(ref _addresses);
        var from = new IPAddress([127, 1, (byte)(number / 250), (byte)(number % 250 + 1)]);
        return SignInForm.SubmitAsync(console, screen.Email, screen.Password, from, cancellationToken);
    }
}
