using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Sending;

/// <summary>Notes in the transaction that queues messages whom they tell what, and whom they reach outside their window; that once more when they leave later.</summary>
internal static class RecordTold
{
    private const int MostTogether = 250;

    public static async Task ApplyAsync(
        WaConsoleDb db, IReadOnlyList<(GateQuestion Question, GateAnswer.Granted Answer, Message Message)> queued, DateTime nowUtc,
        DateTime whatsAppNowUtc, CancellationToken cancellationToken)
    {
        List<(string Portfolio, long Person)> reached = [];
        foreach (var (question, answer, message) in queued)
        {
            if (question.Content is not ReplyContent.Template wanted || answer.Template is not { } template)
            {
                continue;
            }

            db.ToldNotices.Add(new ToldNotice
            {
                ContactId = question.Conversation.ContactId,
                BusinessAccountId = answer.AccountId,
                Fingerprint = NoticeFingerprint.Of(wanted.Name, wanted.Values),
                IsMarketing = GateLimits.IsMarketing(template),
                AtUtc = nowUtc,
                Message = message,
                IsAgain = question.InsteadOf is not null,
            });
            if (!ServiceWindow.IsOpen(question.Conversation.WindowExpiresAtUtc, whatsAppNowUtc))
            {
                reached.Add((answer.PortfolioId, question.Conversation.ContactId));
            }
        }

        await ReachAsync(db, reached, nowUtc, cancellationToken);
    }

    /// <summary>In few statements for any number of people.</summary>
    public static async Task ReachAsync(
        WaConsoleDb db, IReadOnlyList<(string Portfolio, long Person)> reached, DateTime nowUtc, CancellationToken cancellationToken)
    {
        // In one order, so that two transactions never wait for each other.
        foreach (var some in reached.Distinct().OrderBy(pair => pair.Portfolio, StringComparer.Ordinal).ThenBy(pair => pair.Person).Chunk(MostTogether))
        {
            var values = string.Join(", ", some.Select((_, at) => $"({{{1 + at * 2}}}, {{{2 + at * 2}}}, {{0}})"));
            await db.Database.ExecuteSqlAsync(
                FormattableStringFactory.Create(
                    """INSERT INTO "PortfolioReaches" ("PortfolioId", "PersonId", "AtUtc") VALUES """ + values
                    + """ ON CONFLICT ("PortfolioId", "PersonId") DO UPDATE SET "AtUtc" = excluded."AtUtc" """,
                    [nowUtc, .. some.SelectMany(pair => new object[] { pair.Portfolio, pair.Person })]),
                cancellationToken);
        }
    }
}
