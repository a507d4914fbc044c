using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary>Ends a key: its next request is refused.</summary>
public sealed class RevokeApiKey(Store store, TimeProvider clock)
{
    /// <returns>False when there is no such key or it was revoked before.</returns>
    public async Task<bool> RunAsync(Caller caller, long keyId, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.ApiKeys.Where(key => key.Id == keyId && key.RevokedAtUtc == null)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.RevokedAtUtc, now), cancellationToken) == 1;
    }
}
