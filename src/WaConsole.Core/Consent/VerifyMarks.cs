using System.Data;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>Whether the marks of those who were erased are the ones that follow from the entries.</summary>
internal static class VerifyMarks
{
    private const int Step = 1_000;

    /// <param name="isAdopted">See <see cref="AdoptMarks.IsDueAsync"/>.</param>
    /// <returns>How many marks there are.</returns>
    public static async Task<long> RunAsync(WaConsoleDb db, bool isAdopted, List<Tampering> found, Action<int> read, CancellationToken cancellationToken)
    {
        var (marks, wrong) = await CompareAsync(db, isAdopted, read, cancellationToken);
        if (wrong.Count > 0)
        {
            // Somebody may have been erased between the two questions.
            await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            (marks, wrong) = await CompareAsync(db, isAdopted, _ => read(0), cancellationToken);
        }

        found.AddRange(wrong.Take(VerifyConsent.Enough - found.Count));
        return marks;
    }

    private static async Task<(long Marks, List<Tampering> Wrong)> CompareAsync(WaConsoleDb db, bool isAdopted, Action<int> read, CancellationToken cancellationToken)
    {
        var set = await SetAsync(db, read, cancellationToken);
        List<Tampering> wrong = [];
        var count = 0L;
        await foreach (var mark in db.ConsentSuppressions.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (++count % Step == 0)
            {
                read(Step);
            }

            if (set.Remove(mark.Mark, out var by))
            {
                if (EntryMac.Kept(mark.AtUtc) != by.AtUtc)
                {
                    wrong.Add(Of(TamperKind.MarkChanged, by.EntryId, mark.Mark));
                }
            }
            else if (isAdopted)
            {
                wrong.Add(Of(TamperKind.MarkExtra, null, mark.Mark));
            }
        }

        wrong.AddRange(set.OrderBy(mark => mark.Value.EntryId).Select(mark => Of(TamperKind.MarkMissing, mark.Value.EntryId, mark.Key)));
        return (count, wrong);
    }

    private static async Task<Dictionary<string, (DateTime AtUtc, long EntryId)>> SetAsync(WaConsoleDb db, Action<int> read, CancellationToken cancellationToken)
    {
        Dictionary<string, (DateTime, long)> set = [];
        var last = 0L;
        while (true)
        {
            read(0);
            var behind = last;
            var page = await MarkDeeds.In(db).Where(e => e.Id > behind).OrderBy(e => e.Id).Take(Step)
                .Select(e => new { e.Id, e.Action, e.AtUtc, Marks = e.Marks! }).ToListAsync(cancellationToken);
            foreach (var entry in page)
            {
                foreach (var mark in MarkDeeds.Unpack(entry.Marks))
                {
                    if (entry.Action == ConsentAction.Erased)
                    {
                        set[mark] = (entry.AtUtc, entry.Id);
                    }
                    else
                    {
                        set.Remove(mark);
                    }
                }
            }

            if (page.Count == 0)
            {
                return set;
            }

            last = page[^1].Id;
        }
    }

    private static Tampering Of(TamperKind kind, long? entryId, string mark) => new(kind, entryId, null) { Mark = mark };
}
