using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Templates;

/// <summary>News about a template: status, quality, category. One we do not have yet comes with the next sync, which is made due.</summary>
internal static class RecordTemplateUpdate
{
    private const int ReasonLength = 1000;

    public static async Task ApplyAsync(
        WaConsoleDb db, long businessAccountId, TemplateItem item, DateTime nowUtc, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, businessAccountId, item, cancellationToken) is not { } template)
        {
            await AskForSyncAsync(db, businessAccountId, cancellationToken);
            return;
        }

        switch (item)
        {
            case TemplateStatusItem status:
                Take(template, status, nowUtc);
                break;
            case TemplateQualityItem quality:
                template.Quality = StoredText.Clean(quality.NewScore, 64);
                break;
            case TemplateCategoryItem { IsAnnouncement: false, NewCategory: { Length: > 0 } category }:
                template.Category = StoredText.Clean(category, 64);
                break;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Our copies are out of date: the next sync of this account is due at once.</summary>
    public static Task AskForSyncAsync(WaConsoleDb db, long businessAccountId, CancellationToken cancellationToken) =>
        db.BusinessAccounts.Where(a => a.Id == businessAccountId)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.TemplatesSyncedAtUtc, (DateTime?)null), cancellationToken);

    private static async Task<Template?> FindAsync(
        WaConsoleDb db, long businessAccountId, TemplateItem item, CancellationToken cancellationToken)
    {
        var templates = db.Templates.Where(t => t.BusinessAccountId == businessAccountId);
        return await templates.FirstOrDefaultAsync(t => t.WhatsAppId == item.TemplateId, cancellationToken)
            ?? await templates.FirstOrDefaultAsync(t => t.Name == item.Name && t.Language == item.Language, cancellationToken);
    }

    private static void Take(Template template, TemplateStatusItem item, DateTime nowUtc)
    {
        // FLAGGED is a warning and leaves the template usable; the other two name a return, not a state.
        template.Status = item.Event.ToUpperInvariant() switch
        {
            "FLAGGED" => template.Status,
            "REINSTATED" or "UNARCHIVED" => "APPROVED",
            var word => StoredText.Clean(word, 64),
        };
        template.DeletedAtUtc = template.Status == "DELETED" ? template.DeletedAtUtc ?? nowUtc : null;
        template.Category = StoredText.CleanOrNull(item.Category, 64) ?? template.Category;
        template.RejectedReason = template.Status is "APPROVED" or "PENDING"
            ? null
            : StoredText.CleanOrNull(ReasonOf(item), ReasonLength);
    }

    private static string? ReasonOf(TemplateStatusItem item) =>
        item.RejectionReason
        ?? (string.Equals(item.Reason, "NONE", StringComparison.OrdinalIgnoreCase) ? null : item.Reason)
        ?? item.InfoDescription
        ?? item.InfoTitle;
}
