using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>
/// Checks or runs one import that is due, in short transactions that go behind everybody else's. What was done and how far it went are
/// committed together: after a kill the next worker goes on with the next row.
/// </summary>
internal sealed partial class RunImport(
    Store store, WriterLane lane, MediaStore files, TakeRows take, LiveUpdates live, TimeProvider clock, ILogger<RunImport> log)
{
    /// <summary>A SQLite database is held for some ten milliseconds by so many.</summary>
    public const int RowsAtOnce = 200;

    public const int MostRows = 2_000_000;

    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private const int Tries = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>False when none is due.</returns>
    public async Task<bool> RunNextAsync(Action beat, CancellationToken cancellationToken)
    {
        if (await TakeAsync(cancellationToken) is not { } import)
        {
            return false;
        }

        try
        {
            await WorkAsync(import, beat, cancellationToken);
        }
        catch (SheetFault fault)
        {
            LogUnreadable(import.Id, fault.Message);
            await EndAsync(import, ImportState.Failed, Texts.Imports.Keep("NotAList"), cancellationToken);
        }

        return true;
    }

    private async Task<ConsentImport?> TakeAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.ConsentImports
            .Where(i => (i.State == ImportState.Checking || i.State == ImportState.Running) && i.LeasedUntilUtc <= now)
            .OrderBy(i => i.Id).Select(i => i.Id).FirstOrDefaultAsync(cancellationToken);
        if (due == 0)
        {
            return null;
        }

        var until = now + Lease;
        var taken = await db.ConsentImports
            .Where(i => i.Id == due && (i.State == ImportState.Checking || i.State == ImportState.Running) && i.LeasedUntilUtc <= now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(i => i.LeasedUntilUtc, until).SetProperty(i => i.PhaseAtUtc, now).SetProperty(i => i.PhaseRows, i => i.Rows),
                cancellationToken);
        return taken == 1 ? await db.ConsentImports.AsNoTracking().SingleAsync(i => i.Id == due, cancellationToken) : null;
    }

    private async Task WorkAsync(ConsentImport import, Action beat, CancellationToken cancellationToken)
    {
        var terms = ImportTerms.Read(import.TermsJson)!;
        var run = new Progress(import, import.State == ImportState.Checking);
        if (run.IsCheck)
        {
            await BeginAnewAsync(import, cancellationToken);
            run.Rows = 0;
        }

        using var sheet = OpenSheet.Run(files, import);
        var rows = People(sheet, terms).Skip(run.Rows).GetEnumerator();
        using (rows)
        {
            while (true)
            {
                beat();
                List<SheetRow> some = [];
                while (some.Count < RowsAtOnce && rows.MoveNext())
                {
                    some.Add(rows.Current);
                }

                if (run.Rows + some.Count > MostRows)
                {
                    throw new SheetFault("It has more rows than a list may have.");
                }

                run.Share = some.Count < RowsAtOnce ? 1000 : (int)(sheet.Share * 999);
                if (!await StepAsync(run, terms, some, cancellationToken))
                {
                    return;
                }

                if (some.Count < RowsAtOnce)
                {
                    break;
                }
            }
        }

        await EndAsync(import, run.IsCheck ? ImportState.Checked : ImportState.Done, null, cancellationToken);
    }

    private static IEnumerable<SheetRow> People(Sheet sheet, ImportTerms terms) =>
        sheet.Rows().Skip(terms.HasHeader ? 1 : 0).Where(row => row.Unreadable || !row.IsEmpty);

    private async Task BeginAnewAsync(ConsentImport import, CancellationToken cancellationToken)
    {
        using var place = await lane.EnterForBatchAsync(cancellationToken);
        await using var db = await store.OpenAsync(cancellationToken);
        await db.ConsentImportProblems.Where(p => p.ImportId == import.Id).ExecuteDeleteAsync(cancellationToken);
        await db.ConsentImports.Where(i => i.Id == import.Id).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Rows, 0).SetProperty(i => i.PhaseRows, 0).SetProperty(i => i.Added, 0).SetProperty(i => i.Known, 0)
                .SetProperty(i => i.Refused, 0),
            cancellationToken);
    }

    /// <returns>False when somebody stopped it, or goes on with it.</returns>
    private async Task<bool> StepAsync(Progress run, ImportTerms terms, List<SheetRow> some, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = some.ConvertAll(row => ReadImportRow.Of(row, terms, now));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await TryStepAsync(run, terms, rows, cancellationToken) is { } goesOn)
                {
                    return goesOn;
                }

                if (attempt >= Tries)
                {
                    throw new TimeoutException("People of the import are held by others.");
                }
            }
            catch (Exception fault) when (fault.IsConflict && attempt < Tries)
            {
                // One of them wrote, or was added, at this very moment: the next look finds them.
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private async Task<bool?> TryStepAsync(Progress run, ImportTerms terms, List<ImportRow> rows, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var changes = new ChangeSet();
        RowsTaken? taken;
        if (run.IsCheck)
        {
            taken = await take.CheckAsync(db, run.Import, terms, rows, cancellationToken);
            using var place = await lane.EnterForBatchAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var fresh = taken.New.Count(key => !run.Seen.Contains(key));
            taken = taken with { Added = fresh, Known = taken.Known + taken.Added - fresh };
            if (!await NoteAsync(db, run, taken, rows.Count, cancellationToken))
            {
                return false;
            }

            await transaction.CommitAsync(cancellationToken);
            run.Seen.UnionWith(taken.New);
        }
        else
        {
            using var place = await lane.EnterForBatchAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            taken = await take.WriteAsync(db, run.Import, terms, rows, changes, cancellationToken);
            if (taken is null)
            {
                return null;
            }

            if (!await NoteAsync(db, run, taken, rows.Count, cancellationToken))
            {
                return false;
            }

            await transaction.CommitAsync(cancellationToken);
        }

        run.Rows += rows.Count;
        changes.Add(new ImportChanged(run.Import.Id));
        changes.PublishTo(live);
        return true;
    }

    private async Task<bool> NoteAsync(WaConsoleDb db, Progress run, RowsTaken taken, int rows, CancellationToken cancellationToken)
    {
        db.ConsentImportProblems.AddRange(taken.Problems);
        await db.SaveChangesAsync(cancellationToken);
        var until = clock.GetUtcNow().UtcDateTime + Lease;
        var (state, share, before, reached) = (run.Import.State, run.Share, run.Rows, run.Rows + rows);

        // Whoever was away longer than its lease finds that somebody else went on, and lets go.
        return await db.ConsentImports.Where(i => i.Id == run.Import.Id && i.State == state && i.Rows == before).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Rows, reached).SetProperty(i => i.Share, share)
                .SetProperty(i => i.Added, i => i.Added + taken.Added).SetProperty(i => i.Known, i => i.Known + taken.Known)
                .SetProperty(i => i.Refused, i => i.Refused + taken.Problems.Count).SetProperty(i => i.LeasedUntilUtc, until),
            cancellationToken) == 1;
    }

    private async Task EndAsync(ConsentImport import, ImportState state, string? failure, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        DateTime? finished = state == ImportState.Checked ? null : clock.GetUtcNow().UtcDateTime;
        await db.ConsentImports.Where(i => i.Id == import.Id && i.State == import.State).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.State, state).SetProperty(i => i.Failure, failure).SetProperty(i => i.FinishedAtUtc, finished)
                .SetProperty(i => i.TotalRows, i => i.Rows).SetProperty(i => i.Share, 1000),
            cancellationToken);
        live.Publish(new ImportChanged(import.Id));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of import {Import} cannot be read: {Reason}")]
    private partial void LogUnreadable(long import, string reason);

    private sealed class Progress(ConsentImport import, bool isCheck)
    {
        public ConsentImport Import => import;

        public bool IsCheck => isCheck;

        public int Rows { get; set; } = import.Rows;

        public int Share { get; set; }

        /// <summary>Of a check: who was met already. A check begins anew after a kill, a run does not need it.</summary>
        public HashSet<string> Seen { get; } = [];
    }
}
