using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>Of the questions that wait in the registry, those that somebody may have in their hand, and those that never left.</summary>
internal static class OpenQuestions
{
    /// <param name="waiting">See ConsentLedger.Waiting.</param>
    public static async Task<IReadOnlyList<OpenQuestion>> OfAsync(WaConsoleDb db, IEnumerable<LedgerLine> waiting, CancellationToken cancellationToken)
    {
        List<LedgerLine> lines = [.. waiting];
        var keys = lines.Select(line => line.AskKey).OfType<Guid>().ToArray();
        var asked = keys.Length == 0
            ? []
            : await db.Messages.Where(m => m.ClientKey != null && keys.Contains(m.ClientKey.Value))
                .Select(m => new { Key = m.ClientKey!.Value, m.Status }).ToDictionaryAsync(m => m.Key, m => m.Status, cancellationToken);
        return lines.ConvertAll(line => new OpenQuestion(
            line, asked.TryGetValue(line.AskKey!.Value, out var status) ? (status == DeliveryStatus.Failed ? QuestionTrip.Failed : QuestionTrip.Asked) : QuestionTrip.Refused));
    }
}

internal sealed record OpenQuestion(LedgerLine Line, QuestionTrip Trip);

internal enum QuestionTrip
{
    /// <summary>Its message is on its way or there; also when nobody knows.</summary>
    Asked = 1,

    /// <summary>Its message did not reach them, and will not.</summary>
    Failed = 2,

    /// <summary>It was refused before there was a message.</summary>
    Refused = 3,
}
