using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

public sealed record ApiKeyView(long Id, string Name, string Prefix, Role Role, string? CreatedBy, DateTime CreatedAtUtc, DateTime? LastUsedAtUtc, DateTime? RevokedAtUtc);

/// <summary>Keys, the newest first, revoked ones included so that a log line can still be traced.</summary>
public sealed class ListApiKeys(Store store)
{
    public async Task<IReadOnlyList<ApiKeyView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.ApiKeys.OrderByDescending(key => key.Id)
            .Select(key => new ApiKeyView(
                key.Id,
                key.Name,
                key.Prefix,
                key.Role,
                db.Users.Where(agent => agent.Id == key.CreatedById).Select(agent => agent.DisplayName).FirstOrDefault(),
                key.CreatedAtUtc,
                key.LastUsedAtUtc,
                key.RevokedAtUtc))
            .ToListAsync(cancellationToken);
    }
}
