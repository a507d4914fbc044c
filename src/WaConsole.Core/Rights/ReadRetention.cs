using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Rights;

/// <summary>How long things are kept, and when what was too old was removed last.</summary>
public sealed class ReadRetention(Store store)
{
    public async Task<(RetentionTerms Terms, DateTime? SweptAtUtc)> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var row = await db.ConsentSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return (row is null ? new() : RetentionTerms.Read(row.RetentionJson), row?.SweptAtUtc);
    }
}
