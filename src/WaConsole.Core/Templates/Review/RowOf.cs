using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates.Review;

/// <summary>The row of a template that WhatsApp has just made: a reading of the list, or news that ask for one, may be as fast as we are.</summary>
internal static class RowOf
{
    public static async Task<Template> FindOrAddAsync(WaConsoleDb db, long accountId, string name, string language) =>
        await db.Templates.SingleOrDefaultAsync(t => t.BusinessAccountId == accountId && t.Name == name && t.Language == language, CancellationToken.None)
            ?? db.Templates.Add(new Template { BusinessAccountId = accountId, Name = name, Language = language }).Entity;

    /// <summary>Writes it down; once more when somebody else wrote the row meanwhile: it is there now.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> record)
    {
        try
        {
            return await record();
        }
        catch (DbUpdateException fault) when (fault.IsConflict)
        {
            return await record();
        }
    }
}
