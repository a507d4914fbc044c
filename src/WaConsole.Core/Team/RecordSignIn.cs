using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary>Remembers when a person last came in, for the team page.</summary>
public sealed class RecordSignIn(Store store, TimeProvider clock)
{
    public async Task RunAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var normalized = NewAgent.Normalize(email);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Users.Where(agent => agent.NormalizedEmail == normalized)
            .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.LastSignInAtUtc, now), cancellationToken);
    }
}
