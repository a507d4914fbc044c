using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>What the business set for its markets, for whoever writes a grant.</summary>
internal static class ReadRenewal
{
    public static async Task<RenewalTerms> ApplyAsync(WaConsoleDb db, CancellationToken cancellationToken) =>
        RenewalTerms.Read(await db.ConsentSettings.AsNoTracking().Select(s => s.RenewalJson).SingleOrDefaultAsync(cancellationToken));
}
