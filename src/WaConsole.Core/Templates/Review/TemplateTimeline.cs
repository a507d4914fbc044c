using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates.Review;

/// <summary>Writes down what happened to a template. The template's row must have its id.</summary>
internal static class TemplateTimeline
{
    private const int WordLength = 64;
    private const int TextLength = 2000;

    public static void Note(
        WaConsoleDb db, Template template, TemplateEventKind kind, DateTime atUtc, string? from = null, string? to = null, string? reason = null,
        string? recommendation = null, string? by = null) => db.TemplateEvents.Add(new TemplateEvent
        {
            BusinessAccountId = template.BusinessAccountId,
            TemplateId = template.Id,
            Kind = kind,
            AtUtc = atUtc,
            FromWord = StoredText.CleanOrNull(from, WordLength),
            ToWord = StoredText.CleanOrNull(to, WordLength),
            Reason = string.Equals(reason, "NONE", StringComparison.OrdinalIgnoreCase) ? null : StoredText.CleanOrNull(reason, TextLength),
            Recommendation = StoredText.CleanOrNull(recommendation, TextLength),
            By = StoredText.CleanOrNull(by, 200),
        });

    /// <summary>What a template was when it was archived, by one of us or by WhatsApp; null where nobody wrote that down.</summary>
    public static Task<string?> BeforeArchivedAsync(WaConsoleDb db, long templateId, CancellationToken cancellationToken) =>
        db.TemplateEvents
            .Where(e => e.TemplateId == templateId && e.Kind != TemplateEventKind.Heard)
            .Where(e => e.ToWord == TemplateStates.Archived && e.FromWord != null && e.FromWord != TemplateStates.Archived)
            .OrderByDescending(e => e.AtUtc).ThenByDescending(e => e.Id)
            .Select(e => e.FromWord).FirstOrDefaultAsync(cancellationToken);
}
