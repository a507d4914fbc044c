using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Review;

/// <summary>
/// Opens an existing template for changing, or takes a copy of it or of a draft into another language or account. What comes out is a draft;
/// SubmitTemplate hands it in.
/// </summary>
public sealed class EditTemplate(Store store, SaveTemplateDraft save)
{
    /// <returns>The draft that is open for this template, or a new one; none when there is no such template or its definition cannot be read.</returns>
    public async Task<SaveTemplateDraftOutcome> RunAsync(Caller caller, long templateId, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await store.OpenAsync(cancellationToken);
        if (await TemplateAccess.TemplateAsync(db, caller, templateId, cancellationToken) is not { DeletedAtUtc: null } template)
        {
            return new SaveTemplateDraftOutcome.NoSuchDraft();
        }

        var drafts = await DraftsAsync(db, templateId, cancellationToken);
        if (drafts.FirstOrDefault(draft => draft.SubmittedVersion != draft.Version) is { } open)
        {
            return new SaveTemplateDraftOutcome.Saved(open.Id, open.Version);
        }

        var (content, _) = await ReadTemplate.ContentAsync(db, template, drafts, cancellationToken);
        return content is null
            ? new SaveTemplateDraftOutcome.NoSuchDraft()
            : await SaveAsync(caller, template.BusinessAccountId, content, templateId, cancellationToken);
    }

    /// <summary>The same structure in another language or account, for translating or using it there.</summary>
    /// <returns>The new draft.</returns>
    public async Task<SaveTemplateDraftOutcome> CopyAsync(
        Caller caller, long templateId, string? toLanguage, long? toBusinessAccountId, string? toName, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await store.OpenAsync(cancellationToken);
        if (await TemplateAccess.TemplateAsync(db, caller, templateId, cancellationToken) is not { } template)
        {
            return new SaveTemplateDraftOutcome.NoSuchDraft();
        }

        var (content, _) = await ReadTemplate.ContentAsync(db, template, await DraftsAsync(db, templateId, cancellationToken), cancellationToken);
        return content is null
            ? new SaveTemplateDraftOutcome.NoSuchDraft()
            : await CopyAsync(
                caller, template.BusinessAccountId, content with { Name = toName ?? content.Name }, toLanguage, toBusinessAccountId, cancellationToken);
    }

    /// <summary>As the other form, of a draft.</summary>
    public async Task<SaveTemplateDraftOutcome> CopyDraftAsync(
        Caller caller, long draftId, string? toLanguage, long? toBusinessAccountId, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await store.OpenAsync(cancellationToken);
        return await TemplateAccess.DraftAsync(db, caller, draftId, cancellationToken) is { } draft
            ? await CopyAsync(caller, draft.BusinessAccountId, DraftJson.Read(draft.ContentJson), toLanguage, toBusinessAccountId, cancellationToken)
            : new SaveTemplateDraftOutcome.NoSuchDraft();
    }

    private static Task<List<TemplateDraft>> DraftsAsync(WaConsoleDb db, long templateId, CancellationToken cancellationToken) =>
        db.TemplateDrafts.AsNoTracking().Where(d => d.TemplateId == templateId).OrderByDescending(d => d.ChangedAtUtc).ToListAsync(cancellationToken);

    private Task<SaveTemplateDraftOutcome> CopyAsync(
        Caller caller, long accountId, ComposedTemplate content, string? toLanguage, long? toAccountId, CancellationToken cancellationToken)
    {
        // A handle may be of another account's app, and is of the draft it was uploaded for.
        var copy = PreviewDraft.WithMedia(content, (file, _) => file with { Handle = null, HandleAppId = null });
        return SaveAsync(caller, toAccountId ?? accountId, copy with { Language = toLanguage ?? content.Language }, templateId: null, cancellationToken);
    }

    private Task<SaveTemplateDraftOutcome> SaveAsync(
        Caller caller, long accountId, ComposedTemplate content, long? templateId, CancellationToken cancellationToken) =>
        save.RunAsync(caller, new TemplateDraftToSave(null, accountId, 0, content, templateId), cancellationToken);
}
