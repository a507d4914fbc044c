using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates.Drafts;

/// <summary>
/// What WhatsApp would say, with what only the database knows: names taken and locked, the same text elsewhere, how full the account is and
/// how many changes are left.
/// </summary>
public sealed class CheckTemplateDraft
{
    private const int Beginning = 40;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Store _store;
    private readonly TimeProvider _clock;

    internal CheckTemplateDraft(Store store, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
    }

    /// <param name="caller">Marketing staff or an admin.</param>
    /// <param name="businessAccountId">Where it is to be submitted.</param>
    /// <param name="draftId">Null when it was not saved.</param>
    /// <param name="content">What is in the form now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the caller does not see the account.</returns>
    public async Task<IReadOnlyList<TemplateFinding>?> RunAsync(
        Caller caller, long businessAccountId, long? draftId, ComposedTemplate content, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (!await TemplateAccess.MaySeeAccountAsync(db, caller, businessAccountId, cancellationToken))
        {
            return null;
        }

        var templateId = draftId is { } id
            ? await db.TemplateDrafts.Where(d => d.Id == id && d.BusinessAccountId == businessAccountId).Select(d => d.TemplateId).SingleOrDefaultAsync(cancellationToken)
            : null;
        return ComposedTemplateValidator.Findings(content, await FactsAsync(db, businessAccountId, draftId, templateId, content, cancellationToken));
    }

    internal async Task<RuleFacts> FactsAsync(
        WaConsoleDb db, long accountId, long? draftId, long? templateId, ComposedTemplate content, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var templates = db.Templates.AsNoTracking().Where(t => t.BusinessAccountId == accountId && t.DeletedAtUtc == null);
        var fileIds = PreviewDraft.MediaOf(content).Select(file => file.MediaFileId).OfType<long>().ToList();
        var edited = templateId is { } id
            ? await templates.Where(t => t.Id == id)
                .Select(t => new { t.Id, t.Name, t.Language, t.ParameterFormat, t.Status, t.Category })
                .SingleOrDefaultAsync(cancellationToken)
            : null;
        return new RuleFacts
        {
            NameTaken = await templates.AnyAsync(t => t.Name == content.Name && t.Language == content.Language && t.Id != templateId, cancellationToken),
            NameLockedUntilUtc = await LockedUntilAsync(db, accountId, content.Name, now, cancellationToken),
            SameContentAs = await SameAsync(templates, templateId, content, cancellationToken),
            Templates = await templates.CountAsync(cancellationToken),
            CreatedInLastHour = await db.TemplateEvents.CountAsync(
                e => e.BusinessAccountId == accountId && e.Kind == TemplateEventKind.Submitted && e.AtUtc > now - Hour, cancellationToken),
            Edits = edited is null
                ? null
                : new EditFacts(
                    edited.Name, edited.Language, edited.ParameterFormat == "NAMED", edited.Status, edited.Category,
                    await EditsLeftAsync(db, accountId, edited.Id, now, cancellationToken)),
            Files = fileIds.Count == 0 ? null : await db.MediaFiles
                .Where(f => fileIds.Contains(f.Id) && (draftId == null || db.TemplateDraftFiles.Any(d => d.DraftId == draftId && d.MediaFileId == f.Id)))
                .ToDictionaryAsync(f => f.Id, f => new FileFacts(f.MimeType, f.SizeBytes), cancellationToken),
        };
    }

    internal static async Task<EditsLeft> EditsLeftAsync(WaConsoleDb db, long accountId, long templateId, DateTime now, CancellationToken cancellationToken)
    {
        var since = EditLimits.Since(now);
        var edits = await db.TemplateEvents
            .Where(e => e.BusinessAccountId == accountId && e.Kind == TemplateEventKind.Edited && e.AtUtc > since
                && e.TemplateId == templateId && e.FromWord == TemplateStates.Approved)
            .Select(e => e.AtUtc).ToListAsync(cancellationToken);
        return EditLimits.Left(edits, now);
    }

    /// <summary>The name of an approved template that was deleted rests 30 days, in all languages.</summary>
    private static async Task<DateTime?> LockedUntilAsync(WaConsoleDb db, long accountId, string name, DateTime now, CancellationToken cancellationToken)
    {
        var rest = TimeSpan.FromDays(RuleBook.Of("NAME_LOCKED").Most);
        var since = now - rest;
        var deleted = await db.TemplateEvents
            .Where(e => e.BusinessAccountId == accountId && e.Kind == TemplateEventKind.Deleted && e.AtUtc > since && e.FromWord == TemplateStates.Approved
                && db.Templates.Any(t => t.Id == e.TemplateId && t.Name == name))
            .MaxAsync(e => (DateTime?)e.AtUtc, cancellationToken);
        return deleted + rest;
    }

    private static async Task<string?> SameAsync(
        IQueryable<Template> templates, long? templateId, ComposedTemplate content, CancellationToken cancellationToken)
    {
        // A text shorter than this is no duplicate worth telling.
        if (content.Code is not null || content.Body.Text.Length < 10)
        {
            return null;
        }

        var (language, beginning) = (content.Language, BeginningOf(content.Body.Text));
        await foreach (var other in templates
            .Where(t => t.Language == language && t.Name != content.Name && t.Id != templateId && t.Category != TemplateCategories.Authentication
                && t.SearchText.Contains(beginning))
            .Select(t => new { t.Name, t.ComponentsJson }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (ContentOf.Body(other.ComponentsJson) is { } same && same.Body == content.Body.Text && same.Footer == content.Footer)
            {
                return other.Name;
            }
        }

        return null;
    }

    /// <summary>
    /// As the search text holds it, so that few definitions are read: up to the last space, since half a word may be folded otherwise than
    /// the whole. Empty, which all hold, where there is none.
    /// </summary>
    private static string BeginningOf(string text)
    {
        var cut = text.Length <= Beginning ? text : StoredText.Cut(text, Beginning);
        return SearchWords.Fold(cut.Length == text.Length ? text : cut[..Math.Max(0, cut.LastIndexOf(' '))]);
    }
}
