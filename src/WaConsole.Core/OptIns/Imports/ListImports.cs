using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>The newest imports.</summary>
public sealed class ListImports
{
    private const int Most = 100;

    private readonly Store _store;
    private readonly ReadImport _read;

    internal ListImports(Store store, ReadImport read)
    {
        (_store, _read) = (store, read);
    }

    public async Task<IReadOnlyList<ImportView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustImport();
        await using var db = await _store.OpenAsync(cancellationToken);
        var imports = await db.ConsentImports.AsNoTracking().OrderByDescending(i => i.Id).Take(Most).ToListAsync(cancellationToken);
        return [.. imports.Select(import => _read.Of(import, []))];
    }
}
