using System.Globalization;
using System.Text;

namespace WaConsole.Simulator.Scenarios;

/// <summary>What a run came to.</summary>
public sealed record ScenarioSummary
{
    public required string Name { get; init; }
    public required TimeSpan Took { get; init; }

    /// <summary>Customers' messages by kind.</summary>
    public required IReadOnlyDictionary<string, int> Written { get; init; }

    /// <summary>Messages customers could not send, with the reason.</summary>
    public required IReadOnlyDictionary<string, int> NotWritten { get; init; }

    /// <summary>Accepted sends by type.</summary>
    public required IReadOnlyDictionary<string, int> Sent { get; init; }

    /// <summary>Accepted sends by the state they reached.</summary>
    public required IReadOnlyDictionary<string, int> States { get; init; }

    /// <summary>Failed sends by code.</summary>
    public required IReadOnlyDictionary<string, int> Failures { get; init; }

    public required long WebhooksTaken { get; init; }
    public required long WebhookBodies { get; init; }
    public required long WebhooksRefused { get; init; }
    public required long WebhooksPending { get; init; }

    /// <summary>Customers' messages that a send to the same customer followed.</summary>
    public required int Answered { get; init; }

    /// <summary>From a customer's message to the first answer; null without answers.</summary>
    public required TimeSpan? MedianAnswer { get; init; }

    /// <summary>What was expected and did not come true.</summary>
    public required IReadOnlyList<string> Missed { get; init; }

    /// <summary>0 when everything expected came true, otherwise 1.</summary>
    public int ExitCode => Missed.Count == 0 ? 0 : 1;

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Name}: {Took.TotalSeconds:0.0} s");
        text.AppendLine(CultureInfo.InvariantCulture, $"  customers wrote   {Total(Written)}  {List(Written)}");
        if (NotWritten.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  could not write   {Total(NotWritten)}  {List(NotWritten)}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"  business sent     {Total(Sent)}  {List(Sent)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  reached           {List(States)}");
        if (Failures.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  failed            {List(Failures)}");
        }

        var median = MedianAnswer is { } answer ? string.Create(CultureInfo.InvariantCulture, $", median {answer.TotalSeconds:0.00} s") : "";
        text.AppendLine(CultureInfo.InvariantCulture, $"  answered          {Answered} of {Total(Written)}{median}");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"  webhooks          {WebhooksTaken} taken in {WebhookBodies} bodies, {WebhooksRefused} attempts refused, {WebhooksPending} still waiting");
        foreach (var missed in Missed)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  MISSED            {missed}");
        }

        text.Append(Missed.Count == 0 ? "  as expected" : "  not as expected");
        return text.ToString();
    }

    private static int Total(IReadOnlyDictionary<string, int> counts) => counts.Values.Sum();

    private static string List(IReadOnlyDictionary<string, int> counts) => string.Join(
        ", ", counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
}
