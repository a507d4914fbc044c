using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Templates.Drafts;

/// <param name="Id">Null for a new one.</param>
/// <param name="Version">The one that was read; 0 for a new one.</param>
/// <param name="TemplateId">The template it is to change; null for a new template.</param>
public sealed record TemplateDraftToSave(long? Id, long BusinessAccountId, int Version, ComposedTemplate Content, long? TemplateId = null)
{
    /// <summary>A new one of a name that the account has in this language takes the next that is free: name_2.</summary>
    public bool WithFreeName { get; init; }
}

public abstract record SaveTemplateDraftOutcome
{
    private SaveTemplateDraftOutcome()
    {
    }

    public sealed record Saved(long Id, int Version) : SaveTemplateDraftOutcome;

    /// <summary>Somebody saved another version meanwhile.</summary>
    public sealed record Conflict(string By, DateTime AtUtc, int Version) : SaveTemplateDraftOutcome;

    public sealed record Refused(string Sentence) : SaveTemplateDraftOutcome;

    public sealed record NoSuchDraft : SaveTemplateDraftOutcome;
}

/// <summary>
/// Keeps what is composed, finished or not: only what could not be stored is refused. What it was before is kept as a version when another
/// person goes on or the category changes, and every ten minutes.
/// </summary>
public sealed class SaveTemplateDraft(Store store, LiveUpdates live, TimeProvider clock)
{
    public const int MaxDrafts = 2000;

    /// <summary>Ten times what the longest template has.</summary>
    private const int MaxContent = 200_000;

    private const int MaxVersions = 30;

    private static readonly TimeSpan BetweenVersions = TimeSpan.FromMinutes(10);

    public async Task<SaveTemplateDraftOutcome> RunAsync(Caller caller, TemplateDraftToSave wanted, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        var content = StoredText.Clean(DraftJson.Write(wanted.Content));
        if (content.Length > MaxContent || wanted.Content.Name.Length > 512 || wanted.Content.Language.Length > 32 || wanted.Content.Category.Length > 64)
        {
            return new SaveTemplateDraftOutcome.Refused(Texts.TemplateStudio.Of("DraftTooLong"));
        }

        await using var db = await store.OpenAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await TemplateAccess.MaySeeAccountAsync(db, caller, wanted.BusinessAccountId, cancellationToken))
        {
            return new SaveTemplateDraftOutcome.NoSuchDraft();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (wanted.Id is null)
        {
            return await AddAsync(db, caller, wanted, content, now, cancellationToken);
        }

        // The version is counted up first, by one statement: of two who save at once, one sees that the other was faster.
        var taken = await db.TemplateDrafts
            .Where(d => d.Id == wanted.Id && d.BusinessAccountId == wanted.BusinessAccountId && d.Version == wanted.Version)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Version, d => d.Version + 1), cancellationToken);
        var draft = await db.TemplateDrafts.SingleOrDefaultAsync(d => d.Id == wanted.Id && d.BusinessAccountId == wanted.BusinessAccountId, cancellationToken);
        if (draft is null || taken == 0)
        {
            // A page that is loaded anew sends once more what it did not see answered: the page before it may have saved just that.
            return draft is null ? new SaveTemplateDraftOutcome.NoSuchDraft()
                : draft.ContentJson == content ? new SaveTemplateDraftOutcome.Saved(draft.Id, draft.Version)
                : new SaveTemplateDraftOutcome.Conflict(draft.ChangedBy, draft.ChangedAtUtc, draft.Version);
        }

        await KeepVersionAsync(db, draft, caller, wanted.Content.Category, now, cancellationToken);
        Fill(draft, caller, wanted.Content, WithHandles(draft, wanted) ?? content, now);
        await KeepFilesAsync(db, caller, draft.Id, wanted.Content, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        live.Publish(new TemplatesChanged(draft.BusinessAccountId));
        return new SaveTemplateDraftOutcome.Saved(draft.Id, draft.Version);
    }

    private async Task<SaveTemplateDraftOutcome> AddAsync(
        WaConsoleDb db, Caller caller, TemplateDraftToSave wanted, string content, DateTime now, CancellationToken cancellationToken)
    {
        if (await db.TemplateDrafts.CountAsync(d => d.BusinessAccountId == wanted.BusinessAccountId, cancellationToken) >= MaxDrafts)
        {
            return new SaveTemplateDraftOutcome.Refused(Texts.TemplateStudio.Of("TooManyDrafts", MaxDrafts));
        }

        if (wanted.TemplateId is { } template
            && !await db.Templates.AnyAsync(t => t.Id == template && t.BusinessAccountId == wanted.BusinessAccountId, cancellationToken))
        {
            return new SaveTemplateDraftOutcome.NoSuchDraft();
        }

        if (wanted.WithFreeName && wanted.Content.Name.Length > 0)
        {
            wanted = wanted with { Content = wanted.Content with { Name = await FreeNameAsync(db, wanted.BusinessAccountId, wanted.Content, cancellationToken) } };
            content = StoredText.Clean(DraftJson.Write(wanted.Content));
        }

        var draft = new TemplateDraft
        {
            BusinessAccountId = wanted.BusinessAccountId,
            TemplateId = wanted.TemplateId,
            Version = 1,
            AuthorId = caller.AgentId,
            Author = caller.Name,
            CreatedAtUtc = now,
        };
        Fill(draft, caller, wanted.Content, content, now);
        db.TemplateDrafts.Add(draft);
        await db.SaveChangesAsync(cancellationToken);
        await KeepFilesAsync(db, caller, draft.Id, wanted.Content, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.Database.CurrentTransaction!.CommitAsync(cancellationToken);
        live.Publish(new TemplatesChanged(draft.BusinessAccountId));
        return new SaveTemplateDraftOutcome.Saved(draft.Id, draft.Version);
    }

    /// <summary>Names of templates that are gone count too: WhatsApp locks them for a while.</summary>
    private static async Task<string> FreeNameAsync(WaConsoleDb db, long accountId, ComposedTemplate template, CancellationToken cancellationToken)
    {
        var (name, language) = (template.Name, template.Language);
        var taken = await db.TemplateDrafts.Where(d => d.BusinessAccountId == accountId && d.Language == language && d.Name.StartsWith(name)).Select(d => d.Name)
            .Union(db.Templates.Where(t => t.BusinessAccountId == accountId && t.Language == language && t.Name.StartsWith(name)).Select(t => t.Name))
            .ToHashSetAsync(cancellationToken);
        var free = name;
        for (var next = 2; taken.Contains(free); next++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}_{next}");
        }

        return free;
    }

    private static void Fill(TemplateDraft draft, Caller caller, ComposedTemplate template, string content, DateTime now)
    {
        (draft.Name, draft.Language, draft.Category) =
            (StoredText.Clean(template.Name), StoredText.Clean(template.Language), StoredText.Clean(template.Category));
        (draft.ContentJson, draft.ChangedById, draft.ChangedBy, draft.ChangedAtUtc) = (content, caller.AgentId, caller.Name, now);
    }

    /// <summary>
    /// Handles that a try to hand it in left in the draft: the form does not know them, and without them its files go out again. Not those
    /// of a version that is on its way now: they serve once.
    /// </summary>
    private static string? WithHandles(TemplateDraft draft, TemplateDraftToSave wanted)
    {
        var kept = draft.SubmittedVersion == wanted.Version && draft.SubmittedAtUtc is null
            ? []
            : PreviewDraft.MediaOf(DraftJson.Read(draft.ContentJson)).Where(file => file is { MediaFileId: not null, Handle: not null }).ToList();
        return kept.Count == 0 ? null : StoredText.Clean(DraftJson.Write(PreviewDraft.WithMedia(wanted.Content, (file, _) =>
            file.Handle is null && kept.Find(known => known.MediaFileId == file.MediaFileId) is { } known
                ? file with { Handle = known.Handle, HandleAppId = known.HandleAppId }
                : file)));
    }

    private static async Task KeepVersionAsync(
        WaConsoleDb db, TemplateDraft draft, Caller caller, string category, DateTime now, CancellationToken cancellationToken)
    {
        var before = draft.Version - 1;
        var versions = db.TemplateDraftVersions.Where(v => v.DraftId == draft.Id);
        var last = await versions.OrderByDescending(v => v.Version).Select(v => (DateTime?)v.ChangedAtUtc).FirstOrDefaultAsync(cancellationToken);
        if (draft.ChangedById == caller.AgentId && draft.Category == category && draft.SubmittedVersion != before && now - (last ?? draft.CreatedAtUtc) < BetweenVersions)
        {
            return;
        }

        db.TemplateDraftVersions.Add(new TemplateDraftVersion
        {
            DraftId = draft.Id,
            Version = before,
            ContentJson = draft.ContentJson,
            ChangedBy = draft.ChangedBy,
            ChangedAtUtc = draft.ChangedAtUtc,
        });
        var old = await versions.OrderByDescending(v => v.Version).Skip(MaxVersions - 1).Select(v => v.Id).ToListAsync(cancellationToken);
        await versions.Where(v => old.Contains(v.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>A file that is named here is kept with the draft; one that is not the caller's to use is not.</summary>
    private static async Task KeepFilesAsync(WaConsoleDb db, Caller caller, long draftId, ComposedTemplate template, CancellationToken cancellationToken)
    {
        var ids = PreviewDraft.MediaOf(template).Concat(template.Aside is { } aside ? PreviewDraft.MediaOf(aside) : []).Select(file => file.MediaFileId).OfType<long>().Distinct().ToList();
        if (ids.Count == 0)
        {
            return;
        }

        var seen = TemplateAccess.DraftsOf(db, caller);
        var own = await db.MediaFiles
            .Where(f => ids.Contains(f.Id) && f.ConversationId == null && f.State == MediaState.Ready
                && (f.IsInLibrary || (f.UploadedById != null && f.UploadedById == caller.AgentId)
                    || (f.UploadedByApiKeyId != null && f.UploadedByApiKeyId == caller.ApiKeyId)
                    || seen.Any(d => db.TemplateDraftFiles.Any(kept => kept.DraftId == d.Id && kept.MediaFileId == f.Id))))
            .Select(f => f.Id).ToListAsync(cancellationToken);
        var kept = await db.TemplateDraftFiles.Where(f => f.DraftId == draftId).Select(f => f.MediaFileId).ToListAsync(cancellationToken);
        db.TemplateDraftFiles.AddRange(own.Except(kept).Select(id => new TemplateDraftFile { DraftId = draftId, MediaFileId = id }));
    }
}
