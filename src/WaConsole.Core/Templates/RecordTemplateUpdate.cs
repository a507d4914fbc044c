using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates.Review;

namespace WaConsole.Core.Templates;

/// <summary>
/// News about a template: status, quality, category, texts; each into its row and its timeline. One we do not have yet comes with the next
/// sync, which is made due.
/// </summary>
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
                Take(db, template, status, nowUtc);
                break;
            case TemplateQualityItem quality:
                TakeQuality(db, template, quality, nowUtc);
                break;
            case TemplateCategoryItem category:
                TakeCategory(db, template, category, nowUtc);
                break;
            case TemplateComponentsItem:
                // It names only some of the parts: all of it is read again.
                TemplateTimeline.Note(db, template, TemplateEventKind.ComponentsChanged, nowUtc);
                await AskForSyncAsync(db, businessAccountId, cancellationToken);
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

    private static void Take(WaConsoleDb db, Template template, TemplateStatusItem item, DateTime nowUtc)
    {
        var before = template.Status;
        // FLAGGED is a warning and leaves the template usable; the other two name a return, not a state.
        template.Status = item.Event.ToUpperInvariant() switch
        {
            "FLAGGED" => template.Status,
            "REINSTATED" or "UNARCHIVED" => "APPROVED",
            var word => StoredText.Clean(word, 64),
        };
        template.DeletedAtUtc = template.Status == "DELETED" ? template.DeletedAtUtc ?? nowUtc : null;
        var reason = ReasonOf(item);
        template.RejectedReason = template.Status is "APPROVED" or "PENDING" ? null : StoredText.CleanOrNull(reason, ReasonLength);
        template.Recommendation = template.Status is "APPROVED" or "PENDING" ? null : StoredText.CleanOrNull(item.Recommendation, ReasonLength);
        var told = item.Event.Equals("FLAGGED", StringComparison.OrdinalIgnoreCase) ? "FLAGGED" : template.Status;
        if (before != told)
        {
            TemplateTimeline.Note(
                db, template, told == "DELETED" ? TemplateEventKind.Deleted : TemplateEventKind.StatusChanged, nowUtc, before, told,
                item.RejectionReason ?? WordOf(item) ?? item.InfoDescription, item.Recommendation);
        }

        if (StoredText.CleanOrNull(item.Category, 64) is { } category && category != template.Category)
        {
            SetCategory(db, template, category, nowUtc);
        }
    }

    private static void TakeQuality(WaConsoleDb db, Template template, TemplateQualityItem item, DateTime nowUtc)
    {
        var score = StoredText.Clean(item.NewScore, 64);
        if (score != template.Quality)
        {
            TemplateTimeline.Note(db, template, TemplateEventKind.QualityChanged, nowUtc, template.Quality, score);
        }

        template.Quality = score;
    }

    private static void TakeCategory(WaConsoleDb db, Template template, TemplateCategoryItem item, DateTime nowUtc)
    {
        if (StoredText.CleanOrNull(item.CorrectCategory, 64) is { } coming)
        {
            if (coming != template.CorrectCategory)
            {
                TemplateTimeline.Note(db, template, TemplateEventKind.CategoryAnnounced, nowUtc, template.Category, coming);
            }

            (template.CorrectCategory, template.CategoryChangesAtUtc) = (coming, item.UpdateTimestampUtc);
        }
        else if (StoredText.CleanOrNull(item.NewCategory, 64) is { } now && now != template.Category)
        {
            SetCategory(db, template, now, nowUtc);
        }
    }

    private static void SetCategory(WaConsoleDb db, Template template, string category, DateTime nowUtc)
    {
        TemplateTimeline.Note(db, template, TemplateEventKind.CategoryChanged, nowUtc, template.Category, category);
        (template.PreviousCategory, template.Category) = (template.Category, category);
        (template.CorrectCategory, template.CategoryChangesAtUtc) = (null, null);
    }

    private static string? ReasonOf(TemplateStatusItem item) =>
        item.RejectionReason
        ?? (string.Equals(item.Reason, "NONE", StringComparison.OrdinalIgnoreCase) ? null : item.Reason)
        ?? item.InfoDescription
        ?? item.InfoTitle;

    private static string? WordOf(TemplateStatusItem item) =>
        (string.Equals(item.Reason, "NONE", StringComparison.OrdinalIgnoreCase) ? null : item.Reason) ?? item.InfoTitle;
}
