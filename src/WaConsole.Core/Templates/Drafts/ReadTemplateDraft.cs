using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates.Drafts;

/// <summary>Path of the bytes: /media/{Key}.</summary>
public sealed record TemplateFile(long MediaFileId, Guid Key, string FileName, string MimeType, long SizeBytes);

public sealed record TemplateDraftMark(int Version, string ChangedBy, DateTime ChangedAtUtc);

/// <summary>What WhatsApp says of the template a draft is of.</summary>
public sealed record TemplateStanding(string Status, string? Reason)
{
    /// <summary>Never changes, as whether its variables are words does not.</summary>
    public string Name { get; init; } = "";

    public bool Named { get; init; }

    /// <summary>Paused by pacing: until somebody ends it.</summary>
    public bool IsPaced { get; init; }
}

/// <param name="Findings">What WhatsApp would say, as of now.</param>
/// <param name="Files">Of the headers.</param>
/// <param name="Versions">Earlier ones that were kept, latest first.</param>
public sealed record TemplateDraftView(
    long Id, long BusinessAccountId, int Version, string Author, string ChangedBy, DateTime ChangedAtUtc, long? TemplateId, int? SubmittedVersion,
    ComposedTemplate Content, IReadOnlyList<TemplateFinding> Findings, IReadOnlyList<TemplateFile> Files, IReadOnlyList<TemplateDraftMark> Versions)
{
    /// <summary>Null where there is no template yet.</summary>
    public TemplateStanding? Standing { get; init; }
}

public sealed class ReadTemplateDraft
{
    private readonly Store _store;
    private readonly CheckTemplateDraft _check;

    internal ReadTemplateDraft(Store store, CheckTemplateDraft check)
    {
        (_store, _check) = (store, check);
    }

    /// <returns>Null when there is none, or it is of an account the caller does not see.</returns>
    public async Task<TemplateDraftView?> RunAsync(Caller caller, long id, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await TemplateAccess.DraftAsync(db, caller, id, cancellationToken) is not { } draft)
        {
            return null;
        }

        var content = DraftJson.Read(draft.ContentJson);
        var files = await db.MediaFiles.AsNoTracking()
            .Where(f => db.TemplateDraftFiles.Any(d => d.DraftId == id && d.MediaFileId == f.Id))
            .Select(f => new TemplateFile(f.Id, f.Key, f.FileName, f.MimeType, f.SizeBytes)).ToListAsync(cancellationToken);
        var versions = await db.TemplateDraftVersions.AsNoTracking().Where(v => v.DraftId == id).OrderByDescending(v => v.Version)
            .Select(v => new TemplateDraftMark(v.Version, v.ChangedBy, v.ChangedAtUtc)).ToListAsync(cancellationToken);
        var findings = ComposedTemplateValidator.Findings(
            content, await _check.FactsAsync(db, draft.BusinessAccountId, draft.Id, draft.TemplateId, content, cancellationToken));
        return new TemplateDraftView(
            draft.Id, draft.BusinessAccountId, draft.Version, draft.Author, draft.ChangedBy, draft.ChangedAtUtc, draft.TemplateId, draft.SubmittedVersion,
            content, findings, files, versions)
        {
            Standing = draft.TemplateId is { } template
                && await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == template && t.DeletedAtUtc == null, cancellationToken) is { } found
                ? new TemplateStanding(found.Status, TemplateWords.Reason(found.RejectedReason))
                {
                    Name = found.Name,
                    Named = found.ParameterFormat == "NAMED",
                    IsPaced = TemplateStates.IsPaced(found.Status, found.RejectedReason),
                }
                : null,
        };
    }

    /// <summary>An earlier version. Saving it again makes it the latest.</summary>
    public async Task<ComposedTemplate?> VersionAsync(Caller caller, long id, int version, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await TemplateAccess.DraftAsync(db, caller, id, cancellationToken) is not { } draft)
        {
            return null;
        }

        var json = draft.Version == version
            ? draft.ContentJson
            : await db.TemplateDraftVersions.Where(v => v.DraftId == id && v.Version == version).Select(v => v.ContentJson).SingleOrDefaultAsync(cancellationToken);
        return json is null ? null : DraftJson.Read(json);
    }
}
