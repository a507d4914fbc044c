using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary>Who an API key stands for. Keys are stored as hashes and asked for each time, so a revoked one is refused at once.</summary>
public sealed class FindApiKey(Store store, TimeProvider clock)
{
    public const int MaxLength = 256;

    /// <summary>When a key was last used is for people to read; writing it on every request would make reading cost a write.</summary>
    private static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(1);

    /// <summary>SHA-256, lower-case hex: the form a key is stored in.</summary>
    public static string HashOf(string key) => Secrets.HashOf(key);

    /// <returns>Null when the key is unknown or revoked.</returns>
    public async Task<Caller?> RunAsync(string keyHash, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking()
            .SingleOrDefaultAsync(k => k.KeyHash == keyHash && k.RevokedAtUtc == null, cancellationToken);
        if (key is null)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (key.LastUsedAtUtc is not { } last || now - last >= UseNotedEvery)
        {
            await db.ApiKeys.Where(k => k.Id == key.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAtUtc, now), cancellationToken);
        }

        return CallerOf(key);
    }

    /// <summary>For connections that stay open: whether the key still stands for somebody.</summary>
    public async Task<Caller?> AgainAsync(long apiKeyId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var key = await db.ApiKeys.AsNoTracking()
            .SingleOrDefaultAsync(k => k.Id == apiKeyId && k.RevokedAtUtc == null, cancellationToken);
        return key is null ? null : CallerOf(key);
    }

    private static Caller CallerOf(ApiKey key) => new(null, key.Name, key.Role, Numbers: null, key.Id);
}
