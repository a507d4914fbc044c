using System.Diagnostics.Metrics;

namespace WaConsole.Core.Sending;

/// <summary>Measures of sending, as docs/operations.md lists them.</summary>
internal static class SendMeter
{
    private static readonly Meter Meter = new("WaConsole.Sending");

    public static readonly Gauge<double> ReplyAge = Meter.CreateGauge<double>(
        "waconsole.sending.reply.age", "s", "How long the oldest due reply of a person has waited to leave; 0 when none waits.");

    public static readonly Gauge<double> OutboxAge = Meter.CreateGauge<double>(
        "waconsole.sending.outbox.age", "s", "How long the oldest due message of any lane has waited to leave; 0 when none waits.");

    private static readonly Counter<long> Answers = Meter.CreateCounter<long>(
        "waconsole.sending.answers", "{message}", "Messages by what became of the attempt to send them.");

    public static string AnswersName => Answers.Name;

    /// <summary>What became of attempts to send: "accepted", "refused", "again" (a later attempt) or "unknown".</summary>
    public static void Answered(string outcome, int messages = 1) => Answers.Add(messages, new KeyValuePair<string, object?>("outcome", outcome));
}
