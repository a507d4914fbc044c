using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

/// <summary><see cref="People"/> is null when the download was broken off.</summary>
public sealed record ContactExportView(DateTime AtUtc, string ByName, string Format, string Filter, int? People);

/// <summary>The record of exports, newest first, for admins.</summary>
public sealed class ListContactExports(Store store)
{
    private const int Shown = 50;

    public async Task<IReadOnlyList<ContactExportView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.ContactExports.AsNoTracking().OrderByDescending(export => export.Id).Take(Shown)
            .Select(export => new ContactExportView(export.AtUtc, export.ByName, export.Format, export.Filter, export.People))
            .ToListAsync(cancellationToken);
    }
}
