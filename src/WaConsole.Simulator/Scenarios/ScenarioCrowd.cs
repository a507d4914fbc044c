using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Scenarios;

/// <summary>Many customers who write at a rate and in a mix. The same seed gives the same messages in the same order.</summary>
internal sealed class ScenarioCrowd(
    SimulatedWhatsApp world, ScenarioTraffic traffic, IReadOnlyList<Customer> people, int seed, ScenarioTally tally, TimeProvider time, double speed)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

#pragma warning disable CA5394 // Scenarios must be repeatable, not unpredictable.
    private readonly Random _dice = new(seed);
#pragma warning restore CA5394
    private readonly Dictionary<string, (int Story, int Line)> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MessageContent> _samples = new(StringComparer.Ordinal);

    public async Task WriteAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var total = (long)Math.Round(traffic.PerMinute * duration.TotalMinutes);
        long written = 0;
        using var beat = new PeriodicTimer(Beat, time);
        while (written < total && await beat.WaitForNextTickAsync(cancellationToken))
        {
            var due = Math.Min(total, (long)(time.GetElapsedTime(started).TotalMinutes * speed * traffic.PerMinute) + 1);
            for (; written < due; written++)
            {
                tally.Add(WriteOne());
            }
        }
    }

    private WriteOutcome WriteOne()
    {
#pragma warning disable CA5394
        var customer = people[_dice.Next(people.Count)];
        var numbers = world.Numbers;
        var number = numbers[_dice.Next(numbers.Count)].Id;
        var kind = KindAt(_dice.NextDouble());
#pragma warning restore CA5394
        var last = kind is "reaction" or "tap"
            ? world.FindChat(customer.Id, number)?.Lines.LastOrDefault(line => !line.FromCustomer && line.OnPhone)
            : null;
        if (kind == "tap" && last is { Content.Buttons: [{ } button, ..] })
        {
            return world.Tap(customer.Id, last.Id, button.Value ?? button.Title);
        }

        var content = kind == "reaction" && last is not null
            ? new MessageContent { Kind = "reaction", Reaction = new ReactionPart(last.Id, "👍") }
            : ContentOf(kind, customer);
        return world.Write(customer.Id, new CustomerMessage(content) { NumberId = number });
    }

    private string KindAt(double share)
    {
        var at = share * traffic.Mix.Values.Sum();
        foreach (var (kind, weight) in traffic.Mix)
        {
            at -= weight;
            if (at < 0)
            {
                return kind;
            }
        }

        return "text";
    }

    // A sample is put on the media shelf once, however often it is sent.
    private MessageContent ContentOf(string kind, Customer customer)
    {
        if (Samples.Kinds.Contains(kind))
        {
            if (!_samples.TryGetValue(kind, out var sample) || world.Media.Find(sample.Media!.Id!) is null)
            {
                _samples[kind] = sample = Samples.Message(kind, null, world);
            }

            return sample;
        }

        return kind switch
        {
            "location" => new MessageContent { Kind = "location", Location = new LocationPart(52.5031, 13.4184, "Alder & Oak", "Lindenstraße 14") },
            "contacts" => new MessageContent { Kind = "contacts", Contacts = [new ContactPart(customer.Name, "+" + customer.Phone, customer.Phone)] },
            "order" => new MessageContent
            {
                Kind = "order",
                SubKind = world.Account.CatalogId,
                Order = [.. world.Catalog.All.Where(product => product.InStock).Take(2)
                    .Select(product => new OrderItem(product.RetailerId, 1, product.Price, product.Currency))],
            },
            _ => MessageContent.OfText(NextLine(customer)),
        };
    }

    private string NextLine(Customer customer)
    {
        if (traffic.Stories.Count == 0)
        {
            return "Hello, are you there?";
        }

#pragma warning disable CA5394
        if (!_told.TryGetValue(customer.Id, out var place) || place.Line >= traffic.Stories[place.Story].Count)
        {
            place = (_dice.Next(traffic.Stories.Count), 0);
        }
#pragma warning restore CA5394

        _told[customer.Id] = (place.Story, place.Line + 1);
        return traffic.Stories[place.Story][place.Line];
    }
}
