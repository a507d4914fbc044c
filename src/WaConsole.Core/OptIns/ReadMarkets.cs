using WaConsole.Core.Consent;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

/// <summary>What holds in which market: where capture begins, and when what was agreed to wears out. For everybody who writes down consent.</summary>
public sealed class ReadMarkets(Store store)
{
    public async Task<RenewalTerms> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await store.OpenAsync(cancellationToken);
        return await ReadRenewal.ApplyAsync(db, cancellationToken);
    }
}
