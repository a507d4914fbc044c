using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>A row that was left out, as it stands in the file. <see cref="Trouble"/> is null for the row with the names of the columns.</summary>
public sealed record ProblemRow(int Number, RowTrouble? Trouble, IReadOnlyList<string> Cells);

/// <summary>The rows that were left out, read from the file itself, so that they can be mended and imported again.</summary>
public sealed class ReadImportProblems
{
    private const int Portion = 1_000;

    private readonly Store _store;
    private readonly MediaStore _files;

    internal ReadImportProblems(Store store, MediaStore files)
    {
        (_store, _files) = (store, files);
    }

    /// <returns>Null when there is no such import, or its file was removed.</returns>
    public async Task<IAsyncEnumerable<ProblemRow>?> RunAsync(Caller caller, long importId, CancellationToken cancellationToken)
    {
        caller.MustImport();
        await using var db = await _store.OpenAsync(cancellationToken);
        var import = await db.ConsentImports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == importId && i.FileKey != null, cancellationToken);
        return import is null || !File.Exists(_files.PathOf(import.FileKey!.Value)) ? null : RowsAsync(import, cancellationToken);
    }

    private async IAsyncEnumerable<ProblemRow> RowsAsync(ConsentImport import, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        using var sheet = OpenSheet.Run(_files, import);
        using var rows = sheet.Rows().GetEnumerator();
        var there = rows.MoveNext();
        if (there && ImportTerms.Read(import.TermsJson) is not { HasHeader: false })
        {
            yield return new ProblemRow(rows.Current.Number, null, rows.Current.Cells);
            there = rows.MoveNext();
        }

        var last = 0;
        while (there)
        {
            var after = last;
            var portion = await db.ConsentImportProblems.AsNoTracking().Where(p => p.ImportId == import.Id && p.Row > after)
                .OrderBy(p => p.Row).Take(Portion).ToListAsync(cancellationToken);
            foreach (var problem in portion)
            {
                while (there && rows.Current.Number < problem.Row)
                {
                    there = rows.MoveNext();
                }

                if (there && rows.Current.Number == problem.Row)
                {
                    yield return new ProblemRow(problem.Row, problem.Trouble, rows.Current.Cells);
                }

                last = problem.Row;
            }

            if (portion.Count < Portion)
            {
                yield break;
            }
        }
    }
}
