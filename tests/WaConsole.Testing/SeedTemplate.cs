using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;

namespace WaConsole.Testing;

/// <summary>An approved template written straight into the tables, in English and, unless said otherwise, with nothing to fill in.</summary>
public static class SeedTemplate
{
    public static async Task WriteAsync(Store store, long numberId, string name, string category, string components = """[{"type":"BODY","text":"Hello"}]""")
    {
        await using var db = await store.OpenAsync(CancellationToken.None);
        db.Templates.Add(new Template
        {
            BusinessAccountId = await db.Numbers.Where(n => n.Id == numberId).Select(n => n.BusinessAccountId).SingleAsync(),
            Name = name,
            Language = "en",
            WhatsAppId = name,
            Status = "APPROVED",
            Category = category,
            ComponentsJson = components,
            SyncedAtUtc = TimeProvider.System.GetUtcNow().UtcDateTime,
        });
        await db.SaveChangesAsync();
    }
}
