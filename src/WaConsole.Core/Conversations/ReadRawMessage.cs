using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>A message exactly as WhatsApp delivered it, for admins who want to see what a bubble could not draw.</summary>
public sealed class ReadRawMessage(Store store)
{
    /// <returns>Null when there is no such message the caller may see, or nothing was kept of it.</returns>
    public async Task<string?> RunAsync(Caller caller, long messageId, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var found = await db.Messages.Where(m => m.Id == messageId)
            .Select(m => new { m.NumberId, m.RawJson })
            .SingleOrDefaultAsync(cancellationToken);
        return found is not null && caller.MaySeeNumber(found.NumberId) ? found.RawJson : null;
    }
}
