using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates;

/// <summary>The same template in another language.</summary>
public sealed record TemplateSibling(long Id, string Language, string Status);

/// <param name="Sentence">What happened, in words.</param>
/// <param name="Reason">Why, in words where WhatsApp's word is known, else as it came.</param>
/// <param name="By">Who did it; null for WhatsApp.</param>
public sealed record TemplateEventView(DateTime AtUtc, TemplateEventKind Kind, string Sentence, string? Reason, string? Recommendation, string? By);

/// <param name="Content">As the studio opens it; null when WhatsApp's definition cannot be read.</param>
/// <param name="Files">Of <paramref name="Content"/>, from the draft it came from.</param>
/// <param name="CorrectCategory">What WhatsApp will make of the category.</param>
/// <param name="Timeline">Latest first.</param>
/// <param name="Languages">All languages of the name, this one too.</param>
public sealed record TemplateDetail(
    TemplateView View, ComposedTemplate? Content, IReadOnlyList<TemplateFile> Files, long BusinessAccountId, string? SubCategory, string? PreviousCategory,
    string? CorrectCategory, DateTime? CategoryChangesAtUtc, string? RejectedReason, string? Recommendation, DateTime SyncedAtUtc, EditsLeft EditsLeft,
    bool MayEdit, bool MayDelete, bool MayUnpause, bool MayArchive, bool IsArchived, IReadOnlyList<TemplateEventView> Timeline,
    IReadOnlyList<TemplateSibling> Languages, IReadOnlyList<long> DraftIds)
{
    /// <summary>As WhatsApp has them.</summary>
    public string ComponentsJson { get; init; } = "[]";

    /// <summary>How long delivery is tried, in seconds; -1 is 30 days; null is WhatsApp's default.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>The template of WhatsApp's library it was made from; null for one of our own words.</summary>
    public string? LibraryTemplateName { get; init; }

    /// <summary>Paused by pacing: until somebody ends it.</summary>
    public bool IsPaced { get; init; }
}

/// <summary>A template with everything that happened to it.</summary>
public sealed class ReadTemplate(Store store, TimeProvider clock)
{
    private const int MaxEvents = 200;

    /// <returns>Null when there is none, or it is of an account the caller does not see.</returns>
    public async Task<TemplateDetail?> RunAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        if (await TemplateAccess.TemplateAsync(db, caller, id, cancellationToken) is not { } template)
        {
            return null;
        }

        var manages = caller.MayManageTemplates;
        var events = await db.TemplateEvents.AsNoTracking().Where(e => e.TemplateId == id)
            .OrderByDescending(e => e.AtUtc).ThenByDescending(e => e.Id).Take(MaxEvents).ToListAsync(cancellationToken);
        var siblings = await db.Templates.AsNoTracking()
            .Where(t => t.BusinessAccountId == template.BusinessAccountId && t.Name == template.Name && t.DeletedAtUtc == null)
            .OrderBy(t => t.Language).Select(t => new TemplateSibling(t.Id, t.Language, t.Status)).ToListAsync(cancellationToken);
        var drafts = manages
            ? await db.TemplateDrafts.AsNoTracking().Where(d => d.TemplateId == id).OrderByDescending(d => d.ChangedAtUtc).ToListAsync(cancellationToken)
            : [];
        var (content, files) = await ContentAsync(db, template, drafts, cancellationToken);
        var alive = manages && template.DeletedAtUtc is null;
        return new TemplateDetail(
            TemplateDefinition.Read(template), content, files, template.BusinessAccountId, template.SubCategory, template.PreviousCategory,
            template.CorrectCategory, template.CategoryChangesAtUtc, TemplateWords.Reason(template.RejectedReason), template.Recommendation,
            template.SyncedAtUtc,
            await CheckTemplateDraft.EditsLeftAsync(db, template.BusinessAccountId, id, clock.GetUtcNow().UtcDateTime, cancellationToken),
            MayEdit: alive && TemplateStates.MayEdit(template.Status),
            MayDelete: alive && TemplateStates.MayDelete(template.Status),
            MayUnpause: alive && template.Status == TemplateStates.Paused,
            MayArchive: alive && TemplateStates.MayArchive(template.Status),
            IsArchived: template.Status == TemplateStates.Archived,
            [.. events.Select(TemplateWords.Of)], siblings, [.. drafts.Select(d => d.Id)])
        {
            ComponentsJson = template.ComponentsJson,
            TtlSeconds = template.TtlSeconds,
            LibraryTemplateName = template.LibraryTemplateName,
            IsPaced = TemplateStates.IsPaced(template.Status, template.RejectedReason),
        };
    }

    /// <summary>WhatsApp gives an address for a header's file, which expires; ours is in the draft that was handed in.</summary>
    internal static async Task<(ComposedTemplate? Content, IReadOnlyList<TemplateFile> Files)> ContentAsync(
        WaConsoleDb db, Template template, IReadOnlyList<TemplateDraft> drafts, CancellationToken cancellationToken)
    {
        ComposedTemplate content;
        try
        {
            content = ReadComponents.Run(
                template.Name, template.Language, template.Category, template.ParameterFormat == "NAMED", template.ComponentsJson);
            content = content with
            {
                SubCategory = template.SubCategory,
                TtlSeconds = template.TtlSeconds,
                OptedOutOfLinkTracking = template.OptedOutOfLinkTracking,
                DisplayFormat = content.Buttons.Any(button => button is ComposedButton.OrderDetails) ? ComposedTemplate.OrderDetailsFormat : null,
            };
        }
        catch (JsonException)
        {
            return (null, []);
        }

        var media = PreviewDraft.MediaOf(content);
        var handedIn = drafts.Where(draft => draft.SubmittedAtUtc is not null).MaxBy(draft => draft.SubmittedAtUtc);
        if (media.Count == 0 || handedIn is null || handedIn.SubmittedVersion != handedIn.Version)
        {
            return (content, []);
        }

        var ours = PreviewDraft.MediaOf(DraftJson.Read(handedIn.ContentJson));
        if (ours.Count != media.Count)
        {
            return (content, []);
        }

        // A draft may name any number; only what it was allowed to keep is shown.
        var ids = ours.Select(file => file.MediaFileId).OfType<long>().ToList();
        var files = await db.MediaFiles.AsNoTracking()
            .Where(f => ids.Contains(f.Id) && db.TemplateDraftFiles.Any(kept => kept.DraftId == handedIn.Id && kept.MediaFileId == f.Id))
            .Select(f => new TemplateFile(f.Id, f.Key, f.FileName, f.MimeType, f.SizeBytes)).ToListAsync(cancellationToken);
        var there = files.Select(file => (long?)file.MediaFileId).ToHashSet();
        content = PreviewDraft.WithMedia(
            content, (file, index) => there.Contains(ours[index].MediaFileId) ? file with { MediaFileId = ours[index].MediaFileId } : file);
        return (content, files);
    }
}
