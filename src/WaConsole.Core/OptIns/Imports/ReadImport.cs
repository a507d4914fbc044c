using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns.Imports;

public sealed record TroubleCount(RowTrouble Trouble, int Rows);

/// <summary>An import as its page shows it. <see cref="RowsPerSecond"/> and <see cref="Left"/> are told of a phase that is under way.</summary>
public sealed record ImportView(
    long Id, string FileName, long SizeBytes, SheetFormat Format, ImportState State, string? Failure, ImportTerms? Terms, int? TotalRows, int Rows, double Share,
    int Added, int Known, int Refused, double? RowsPerSecond, TimeSpan? Left, DateTime CreatedAtUtc, DateTime? FinishedAtUtc, string ByName, bool HasFile,
    IReadOnlyList<TroubleCount> Troubles)
{
    /// <summary>The first rows of the file, as they stand there.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Head { get; init; } = [];

    /// <summary>The zone of the business, for dates without an offset; null when no number has business hours.</summary>
    public string? UsualZone { get; init; }

    /// <summary>The zone of each of our numbers, once it is said which number the list is for.</summary>
    public IReadOnlyDictionary<long, string> NumberZones { get; init; } = new Dictionary<long, string>();

    /// <summary>When the very same file was imported before.</summary>
    public DateTime? SameFileAtUtc { get; init; }

    public bool IsUnderWay => State is ImportState.Checking or ImportState.Running;
}

/// <summary>One import, with the first rows of its file while its columns are being told.</summary>
public sealed class ReadImport
{
    private const int HeadRows = 6;
    private const int HeadsKept = 32;

    /// <summary>A workbook is unpacked to show its first rows: once, not at each look. By the stored file, which never changes.</summary>
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<IReadOnlyList<string>>> _heads = new();

    private readonly Store _store;
    private readonly MediaStore _files;
    private readonly TimeProvider _clock;

    internal ReadImport(Store store, MediaStore files, TimeProvider clock)
    {
        (_store, _files, _clock) = (store, files, clock);
    }

    /// <returns>Null when there is none.</returns>
    public async Task<ImportView?> RunAsync(Caller caller, long importId, CancellationToken cancellationToken)
    {
        caller.MustImport();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await db.ConsentImports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken) is not { } import)
        {
            return null;
        }

        var troubles = await db.ConsentImportProblems.Where(p => p.ImportId == importId)
            .GroupBy(p => p.Trouble).Select(g => new TroubleCount(g.Key, g.Count())).ToListAsync(cancellationToken);
        var earlier = await db.ConsentImports.AsNoTracking()
            .Where(i => i.Sha256 == import.Sha256 && i.Id != importId && i.State == ImportState.Done)
            .OrderByDescending(i => i.Id).Select(i => new { i.FinishedAtUtc, i.TermsJson }).FirstOrDefaultAsync(cancellationToken);
        var view = Of(import, [.. troubles.OrderByDescending(t => t.Rows)]) with { SameFileAtUtc = earlier?.FinishedAtUtc };
        if (view.State is not (ImportState.Uploaded or ImportState.Checked or ImportState.Stopped) || !view.HasFile)
        {
            return view;
        }

        view = view with
        {
            Terms = view.Terms ?? ImportTerms.Read(earlier?.TermsJson),
            UsualZone = await ImportZone.UsualAsync(db, null, cancellationToken),
            NumberZones = (await ImportZone.OfNumbersAsync(db, cancellationToken)).Where(number => caller.MaySeeNumber(number.Key)).ToDictionary(),
        };
        try
        {
            return view with { Head = HeadOf(import) };
        }
        catch (SheetFault)
        {
            return view with { State = ImportState.Failed, Failure = Texts.Imports.Of("NotAList") };
        }
    }

    private IReadOnlyList<IReadOnlyList<string>> HeadOf(ConsentImport import)
    {
        if (_heads.TryGetValue(import.FileKey!.Value, out var known) && File.Exists(_files.PathOf(import.FileKey.Value)))
        {
            return known;
        }

        using var sheet = OpenSheet.Run(_files, import);
        IReadOnlyList<IReadOnlyList<string>> head = [.. sheet.Rows().Where(row => !row.IsEmpty).Take(HeadRows).Select(row => (IReadOnlyList<string>)[.. row.Cells])];
        if (_heads.Count >= HeadsKept)
        {
            _heads.Clear();
        }

        _heads[import.FileKey.Value] = head;
        return head;
    }

    internal ImportView Of(ConsentImport import, IReadOnlyList<TroubleCount> troubles)
    {
        var (rate, left) = Pace(import);
        return new ImportView(
            import.Id, import.FileName, import.SizeBytes, import.Format, import.State, KeptText.Read(import.Failure), ImportTerms.Read(import.TermsJson),
            import.TotalRows, import.Rows, import.Share / 1000.0, import.Added, import.Known, import.Refused, rate, left, import.CreatedAtUtc, import.FinishedAtUtc,
            import.ByName, import.FileKey is not null, troubles);
    }

    private (double? RowsPerSecond, TimeSpan? Left) Pace(ConsentImport import)
    {
        if (import.State is not (ImportState.Checking or ImportState.Running) || import.PhaseAtUtc is not { } since)
        {
            return (null, null);
        }

        var (seconds, rows) = ((_clock.GetUtcNow().UtcDateTime - since).TotalSeconds, import.Rows - import.PhaseRows);
        if (seconds < 1 || rows <= 0)
        {
            return (null, null);
        }

        var rate = rows / seconds;
        var open = import.TotalRows is { } total ? total - import.Rows : import.Share > 0 ? import.Rows * (1000.0 - import.Share) / import.Share : (double?)null;
        return (rate, open is { } more ? TimeSpan.FromSeconds(Math.Max(0, more / rate)) : null);
    }
}
