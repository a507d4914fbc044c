using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace WaConsole.Core.Storage;

public enum StorageState
{
    Ready,
    Unreachable,
    MigrationsPending,
}

/// <summary>Whether the database answers and has this version's schema: what a load balancer asks before it sends people here.</summary>
public sealed class ReadStorageState(Store store)
{
    public async Task<StorageState> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await store.OpenAsync(cancellationToken);
            return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any() ? StorageState.MigrationsPending : StorageState.Ready;
        }
        catch (DbException)
        {
            return StorageState.Unreachable;
        }
    }
}
