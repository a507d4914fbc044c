using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates.Review;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates;

/// <summary>
/// News about a template: status, quality, category, texts; each into its row and its timeline. One we do not have yet comes with the next
/// sync, which is made due; of one that is gone there is nothing to read. Late news change nothing: they are noted, and the list is read.
/// </summary>
internal static class RecordTemplateUpdate
{
    private const int ReasonLength = 1000;

    public static async Task ApplyAsync(
        WaConsoleDb db, long businessAccountId, TemplateItem item, DateTime nowUtc, CancellationToken cancellationToken)
    {
        await WaitForOthersAsync(db, businessAccountId, cancellationToken);
        if (await FindAsync(db, businessAccountId, item, cancellationToken) is not { } template)
        {
            if (!IsDeletion(item))
            {
                await AskForSyncAsync(db, businessAccountId, cancellationToken);
            }

            return;
        }

        var last = LastOf(template, item);
        if (NewsAge.IsOld(template, last, item.EntryTime))
        {
            if (!IsAsItIs(template, item))
            {
                Hear(db, template, item, nowUtc);
                await AskForSyncAsync(db, businessAccountId, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
            }

            return;
        }

        switch (item)
        {
            case TemplateStatusItem status when StateOf(template, status) is { } state:
                Take(db, template, status, state.Length == 0 ? await ReturnsToAsync(db, template, status, cancellationToken) : state, nowUtc);
                break;
            case TemplateStatusItem:
                Hear(db, template, item, nowUtc);
                await AskForSyncAsync(db, businessAccountId, cancellationToken);
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

        if (NewsAge.IsUnordered(last, item.EntryTime) && db.Entry(template).State == EntityState.Modified)
        {
            await AskForSyncAsync(db, businessAccountId, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Our copies are out of date: the next sync of this account is due at once.</summary>
    public static Task AskForSyncAsync(WaConsoleDb db, long businessAccountId, CancellationToken cancellationToken) =>
        db.BusinessAccounts.Where(a => a.Id == businessAccountId)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.TemplatesSyncedAtUtc, (DateTime?)null), cancellationToken);

    /// <summary>A reading of the list holds the account's row while it writes: both would note the same change, each having seen what was before.</summary>
    private static Task WaitForOthersAsync(WaConsoleDb db, long businessAccountId, CancellationToken cancellationToken) =>
        db.BusinessAccounts.Where(a => a.Id == businessAccountId)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.TemplatesSyncCount, a => a.TemplatesSyncCount), cancellationToken);

    private static async Task<Template?> FindAsync(
        WaConsoleDb db, long businessAccountId, TemplateItem item, CancellationToken cancellationToken)
    {
        var templates = db.Templates.Where(t => t.BusinessAccountId == businessAccountId);
        // By name only what has no id yet: a name that has another id by now is of its successor.
        return await templates.FirstOrDefaultAsync(t => t.WhatsAppId == item.TemplateId, cancellationToken)
            ?? await templates.FirstOrDefaultAsync(t => t.WhatsAppId == "" && t.Name == item.Name && t.Language == item.Language, cancellationToken);
    }

    /// <summary>When WhatsApp last told what these news are about; null where nothing is older than they are.</summary>
    private static DateTime? LastOf(Template template, TemplateItem item) => item switch
    {
        TemplateStatusItem => template.StatusToldAtUtc,
        TemplateQualityItem => template.QualityToldAtUtc,
        TemplateCategoryItem => template.CategoryToldAtUtc,
        _ => null,
    };

    /// <summary>What one of us did, or a reading of the list found, is told afterwards as well.</summary>
    private static bool IsAsItIs(Template template, TemplateItem item) => item switch
    {
        TemplateStatusItem status => StateOf(template, status) == template.Status,
        TemplateQualityItem quality => quality.NewScore == template.Quality,
        TemplateCategoryItem category => category.CorrectCategory is { } coming ? coming == template.CorrectCategory : category.NewCategory == template.Category,
        _ => false,
    };

    private static void Hear(WaConsoleDb db, Template template, TemplateItem item, DateTime nowUtc)
    {
        var (word, reason) = item switch
        {
            TemplateStatusItem status => (status.Event.ToUpperInvariant(), status.RejectionReason ?? WordOf(status) ?? status.InfoDescription),
            TemplateQualityItem quality => (quality.NewScore, null),
            TemplateCategoryItem category => (category.CorrectCategory ?? category.NewCategory, null),
            _ => (null, null),
        };
        TemplateTimeline.Note(db, template, TemplateEventKind.Heard, nowUtc, template.Status, word, reason);
    }

    private static bool IsDeletion(TemplateItem item) =>
        item is TemplateStatusItem status && status.Event.Equals(TemplateStates.Deleted, StringComparison.OrdinalIgnoreCase);

    /// <summary>Two events name a return, not a state: what a template was before it was archived it is again.</summary>
    private static async Task<string> ReturnsToAsync(WaConsoleDb db, Template template, TemplateStatusItem item, CancellationToken cancellationToken)
    {
        if (!item.Event.Equals("UNARCHIVED", StringComparison.OrdinalIgnoreCase))
        {
            return TemplateStates.Approved;
        }

        // One of us may have taken it back before this news came.
        var before = template.Status == TemplateStates.Archived
            ? await TemplateTimeline.BeforeArchivedAsync(db, template.Id, cancellationToken)
            : template.Status;
        if (before is null)
        {
            await AskForSyncAsync(db, template.BusinessAccountId, cancellationToken);
        }

        return before ?? TemplateStates.Approved;
    }

    /// <summary>
    /// What the news make of it: empty for a return, null for nothing. Meta explains a lock only by its title, which names a pause or its
    /// end (message_template_status_update, 2026); locked without one may not be edited, and can be sent.
    /// </summary>
    private static string? StateOf(Template template, TemplateStatusItem item) => item.Event.ToUpperInvariant() switch
    {
        // A warning, which leaves the template usable.
        "FLAGGED" => template.Status,
        "REINSTATED" or "UNARCHIVED" => "",
        "LOCKED" when item.InfoTitle?.EndsWith("_PAUSE", StringComparison.OrdinalIgnoreCase) == true => TemplateStates.Paused,
        "UNLOCKED" when template.Status == TemplateStates.Paused => TemplateStates.Approved,
        var word => TemplateStates.IsState(word) ? word : null,
    };

    private static void Take(WaConsoleDb db, Template template, TemplateStatusItem item, string state, DateTime nowUtc)
    {
        var before = template.Status;
        template.Status = state;
        template.StatusToldAtUtc = NewsAge.Later(template.StatusToldAtUtc, item.EntryTime);
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

        if (StoredText.CleanOrNull(item.Category, 64) is { } category && !NewsAge.IsOld(template, template.CategoryToldAtUtc, item.EntryTime))
        {
            template.CategoryToldAtUtc = NewsAge.Later(template.CategoryToldAtUtc, item.EntryTime);
            if (category != template.Category)
            {
                SetCategory(db, template, category, nowUtc);
            }
        }
    }

    private static void TakeQuality(WaConsoleDb db, Template template, TemplateQualityItem item, DateTime nowUtc)
    {
        var score = StoredText.Clean(item.NewScore, 64);
        if (score != template.Quality)
        {
            TemplateTimeline.Note(db, template, TemplateEventKind.QualityChanged, nowUtc, template.Quality, score);
        }

        (template.Quality, template.QualityToldAtUtc) = (score, NewsAge.Later(template.QualityToldAtUtc, item.EntryTime));
    }

    private static void TakeCategory(WaConsoleDb db, Template template, TemplateCategoryItem item, DateTime nowUtc)
    {
        template.CategoryToldAtUtc = NewsAge.Later(template.CategoryToldAtUtc, item.EntryTime);
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
        ?? (TemplateWords.IsKnown(item.InfoTitle) ? item.InfoTitle : null)
        ?? item.InfoDescription
        ?? item.InfoTitle;

    private static string? WordOf(TemplateStatusItem item) =>
        (string.Equals(item.Reason, "NONE", StringComparison.OrdinalIgnoreCase) ? null : item.Reason) ?? item.InfoTitle;
}
