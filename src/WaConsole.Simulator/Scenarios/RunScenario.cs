using System.Globalization;
using System.Text.Json;
using WaConsole.Simulator.Control;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Scenarios;

/// <summary>Plays a scenario on a running simulator. Pauses are in the simulated clock's own time divided by the speed.</summary>
public sealed class RunScenario
{
    private readonly SimulatedWhatsApp _world;
    private readonly Scenario _scenario;
    private readonly TimeProvider _time;
    private readonly double _speed;
    private readonly ScenarioTally _tally = new();

    public RunScenario(SimulatorServer simulator, Scenario scenario, TimeProvider time, double speed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _world = simulator.World;
        _scenario = scenario;
        _time = time;
        _speed = speed;
    }

    public async Task<ScenarioSummary> RunAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var before = (_world.Webhooks.Delivered, _world.Webhooks.Bodies, _world.Webhooks.Refused, Ledger: _world.LedgerAfter(0, int.MaxValue).Count);
        var people = MakePeople();
        List<Task> parts = [.. _scenario.Faults.Select(fault => FaultAsync(fault, cancellationToken))];
        parts.AddRange(people.Where(person => person.Part is not null).Select(person =>
            new ScenarioPart(_world, person.Customer.Id, person.Part!, _tally, PauseAsync).PlayAsync(cancellationToken)));
        if (_scenario.Traffic is { } traffic)
        {
            parts.Add(new ScenarioCrowd(_world, traffic, [.. people.Select(person => person.Customer)], _scenario.Seed, _tally, _time, _speed)
                .WriteAsync(_scenario.Duration, cancellationToken));
        }
        else
        {
            parts.Add(_scenario.Customers.Any(customer => customer.Script.Count > 0) ? Task.CompletedTask : PauseAsync(_scenario.Duration, cancellationToken));
        }

        await Task.WhenAll(parts);
        _world.Faults.Clear();
        await DrainAsync(cancellationToken);
        var ledger = _world.LedgerAfter(before.Ledger, int.MaxValue);
        return Summarise(_time.GetElapsedTime(started), ledger, before.Delivered, before.Bodies, before.Refused);
    }

    private List<(Customer Customer, ScenarioCustomer? Part)> MakePeople()
    {
        List<(Customer, ScenarioCustomer?)> people = [];
        foreach (var wanted in _scenario.Customers)
        {
            var known = wanted.Phone is null ? null : _world.FindByPhone(wanted.Phone);
            var made = known is not null ? new CustomerOutcome.Done(known)
                : _world.MakeCustomer(new NewCustomer(wanted.Name, wanted.Phone, wanted.Username, wanted.HiddenNumber));
            people.Add(made is CustomerOutcome.Done done
                ? (done.Customer, wanted)
                : throw new FormatException($"{wanted.Name}: {((CustomerOutcome.Refused)made).Why}"));
        }

        for (var i = 1; i <= _scenario.Crowd; i++)
        {
            if (_world.MakeCustomer(new NewCustomer("Guest " + i.ToString(CultureInfo.InvariantCulture))) is CustomerOutcome.Done done)
            {
                people.Add((done.Customer, null));
            }
        }

        return people.Count > 0 ? people : [.. _world.Customers.Select(customer => (customer, (ScenarioCustomer?)null))];
    }

    private async Task FaultAsync(ScenarioFault wanted, CancellationToken cancellationToken)
    {
        await PauseAsync(wanted.At, cancellationToken);
        _world.Faults.Set(new Fault
        {
            Kind = wanted.Kind,
            Next = wanted.Next,
            Rate = wanted.Rate,
            Milliseconds = wanted.Milliseconds,
            Code = wanted.Code,
        });
        if (wanted.For is { } time)
        {
            await PauseAsync(time, cancellationToken);
            _world.Faults.Clear(wanted.Kind);
        }
    }

    // Until every webhook is taken and no send is on its way, or until patience ends.
    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_scenario.Drain, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var quiet = 0;
        try
        {
            while (quiet < 3)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), _time, either.Token);
                quiet = _world.Webhooks.Pending == 0 && !_world.AnythingOnItsWay() ? quiet + 1 : 0;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is still open is told in the summary.
        }
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) =>
        pause <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(pause / _speed, _time, cancellationToken);

    private ScenarioSummary Summarise(TimeSpan took, IReadOnlyList<LedgerEntry> ledger, long delivered, long bodies, long refused)
    {
        var (answered, median) = _tally.Answers(ledger);
        var summary = new ScenarioSummary
        {
            Name = _scenario.Name,
            Took = took,
            Written = _tally.Written,
            NotWritten = _tally.NotWritten,
            Sent = Count(ledger, entry => entry.Type),
            States = Count(ledger, entry => JsonNamingPolicy.CamelCase.ConvertName(entry.State.ToString())),
            Failures = Count(ledger.Where(entry => entry.ErrorCode is not null), entry => entry.ErrorCode!.Value.ToString(CultureInfo.InvariantCulture)),
            WebhooksTaken = _world.Webhooks.Delivered - delivered,
            WebhookBodies = _world.Webhooks.Bodies - bodies,
            WebhooksRefused = _world.Webhooks.Refused - refused,
            WebhooksPending = _world.Webhooks.Pending,
            Answered = answered,
            MedianAnswer = median,
            Missed = [],
        };
        return summary with { Missed = Missed(summary) };
    }

    private List<string> Missed(ScenarioSummary summary)
    {
        var (expect, wrote) = (_scenario.Expect, summary.Written.Values.Sum());
        var (sent, failed) = (summary.Sent.Values.Sum(), summary.Failures.Values.Sum());
        List<string> missed = [];
        if (expect.AllWebhooksTaken && summary.WebhooksPending > 0)
        {
            missed.Add($"{summary.WebhooksPending} webhooks were not answered with 200");
        }

        if (summary.Answered < expect.Answered * wrote)
        {
            missed.Add(string.Create(CultureInfo.InvariantCulture, $"{expect.Answered:P0} of the messages were to be answered"));
        }

        if (failed > expect.MostFailed)
        {
            missed.Add($"{failed} sends failed, {expect.MostFailed} at most were expected");
        }

        if (sent < expect.LeastSent)
        {
            missed.Add($"{sent} sends were accepted, {expect.LeastSent} at least were expected");
        }

        return missed;
    }

    private static Dictionary<string, int> Count(IEnumerable<LedgerEntry> entries, Func<LedgerEntry, string> of) =>
        entries.GroupBy(of, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
}
