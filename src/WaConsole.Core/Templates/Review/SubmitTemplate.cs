using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Rules;
using TemplateDraft = WaConsole.Core.Templates.Drafts.TemplateDraft;
using WireDraft = WaConsole.CloudApi.TemplateDraft;

namespace WaConsole.Core.Templates.Review;

public abstract record SubmitTemplateOutcome
{
    private SubmitTemplateOutcome()
    {
    }

    /// <param name="TemplateId">Our id of the template.</param>
    /// <param name="Status">WhatsApp's word; may be APPROVED or REJECTED already.</param>
    /// <param name="Category">The one in force, which may not be the one asked for.</param>
    public sealed record Submitted(long TemplateId, string Status, string Category) : SubmitTemplateOutcome;

    /// <summary>Rules of severity error are broken; nothing was sent.</summary>
    public sealed record Broken(IReadOnlyList<TemplateFinding> Findings) : SubmitTemplateOutcome;

    public sealed record Refused(WhatsAppRefusal Why) : SubmitTemplateOutcome;

    /// <summary>Another version was saved meanwhile.</summary>
    public sealed record Conflict(string By, DateTime AtUtc, int Version) : SubmitTemplateOutcome;

    /// <summary>This version was submitted, or is being submitted.</summary>
    public sealed record AlreadySubmitted : SubmitTemplateOutcome;

    public sealed record NoSuchDraft : SubmitTemplateOutcome;
}

/// <summary>
/// Hands a draft in for review: shows the files of its headers to Meta, then creates the template, or changes the one the draft is of.
/// What the answer says of status and category counts, not what was asked for.
/// </summary>
public sealed partial class SubmitTemplate
{
    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly MediaStore _files;
    private readonly CheckTemplateDraft _check;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly ILogger<SubmitTemplate> _log;

    internal SubmitTemplate(
        Store store, AccountDirectory directory, CloudApiClient cloud, MediaStore files, CheckTemplateDraft check, LiveUpdates live, TimeProvider clock,
        ILogger<SubmitTemplate> log)
    {
        (_store, _directory, _cloud, _files, _check, _live, _clock, _log) = (store, directory, cloud, files, check, live, clock, log);
    }

    /// <param name="caller">Marketing staff or an admin.</param>
    /// <param name="draftId">What to submit.</param>
    /// <param name="version">The version that was looked at.</param>
    /// <param name="progress">Told while files go out.</param>
    /// <param name="cancellationToken">Ends the wait; what WhatsApp has taken by then stays.</param>
    public async Task<SubmitTemplateOutcome> RunAsync(
        Caller caller, long draftId, int version, IProgress<SubmitProgress>? progress, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await TemplateAccess.DraftAsync(db, caller, draftId, cancellationToken) is not { } draft
            || (await _directory.AccountsAsync(cancellationToken)).FirstOrDefault(a => a.Id == draft.BusinessAccountId) is not { } account)
        {
            return new SubmitTemplateOutcome.NoSuchDraft();
        }

        if (draft.Version != version)
        {
            return new SubmitTemplateOutcome.Conflict(draft.ChangedBy, draft.ChangedAtUtc, draft.Version);
        }

        if (draft.SubmittedVersion == version)
        {
            // Before the rules: they would say that its name is taken, by itself.
            return new SubmitTemplateOutcome.AlreadySubmitted();
        }

        var content = DraftJson.Read(draft.ContentJson);
        var facts = await _check.FactsAsync(db, draft.BusinessAccountId, draft.Id, draft.TemplateId, content, cancellationToken);
        if (ComposedTemplateValidator.Findings(content, facts) is var findings && findings.Any(finding => finding.Severity == FindingSeverity.Error))
        {
            return new SubmitTemplateOutcome.Broken(findings);
        }

        if (!await TakeAsync(db, draftId, version, cancellationToken))
        {
            return new SubmitTemplateOutcome.AlreadySubmitted();
        }

        try
        {
            content = await UploadAsync(db, draft, account, content, progress, cancellationToken);
            return await HandInAsync(db, caller, draft, account, content, facts.Edits is not null, cancellationToken);
        }
        catch (CloudApiException refused)
        {
            await GiveBackAsync(draft);
            LogRefused(account.Id, refused.Error.Code, refused.Error.Subcode, refused.Fault);
            return new SubmitTemplateOutcome.Refused(await ExplainAsync(db, draft, caller, refused));
        }
        catch
        {
            // WhatsApp may have taken it before this ended: the list is read again.
            await GiveBackAsync(draft);
            await RecordTemplateUpdate.AskForSyncAsync(db, draft.BusinessAccountId, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Whoever clicks twice, or a second person, submits nothing a second time.</summary>
    private static async Task<bool> TakeAsync(WaConsoleDb db, long draftId, int version, CancellationToken cancellationToken) =>
        await db.TemplateDrafts.Where(d => d.Id == draftId && d.Version == version && (d.SubmittedVersion == null || d.SubmittedVersion != version))
            .ExecuteUpdateAsync(set => set
                .SetProperty(d => d.SubmittedVersion, version)
                .SetProperty(d => d.SubmittedAtUtc, (DateTime?)null), cancellationToken) == 1;

    /// <param name="draft">As it was before it was taken.</param>
    private async Task GiveBackAsync(TemplateDraft draft)
    {
        await using var db = await _store.OpenAsync(CancellationToken.None);
        await db.TemplateDrafts.Where(d => d.Id == draft.Id && d.SubmittedVersion == draft.Version && d.SubmittedAtUtc == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(d => d.SubmittedVersion, draft.SubmittedVersion)
                .SetProperty(d => d.SubmittedAtUtc, draft.SubmittedAtUtc), CancellationToken.None);
    }

    /// <summary>Files that have no handle of this app yet. The handles are kept, so that a second try sends no file twice.</summary>
    private async Task<ComposedTemplate> UploadAsync(
        WaConsoleDb db, TemplateDraft draft, AccountAccess account, ComposedTemplate content, IProgress<SubmitProgress>? progress,
        CancellationToken cancellationToken)
    {
        var appId = await db.BusinessAccounts.Where(a => a.Id == account.Id).Select(a => a.AppId).SingleAsync(cancellationToken);
        var wanted = PreviewDraft.MediaOf(content).Where(file => NeedsHandle(file, appId)).Select(file => file.MediaFileId!.Value).Distinct().ToList();
        if (wanted.Count == 0)
        {
            return content;
        }

        var files = await db.MediaFiles.AsNoTracking().Where(f => wanted.Contains(f.Id)).ToListAsync(cancellationToken);
        var (total, before) = (files.Sum(file => file.SizeBytes), 0L);
        var handles = new Dictionary<long, string>();
        foreach (var file in files)
        {
            handles[file.Id] = await SampleUpload.RunAsync(
                _cloud, account, appId, file, _files.PathOf(file.Key), sent => progress?.Report(new SubmitProgress(before + sent, total)), cancellationToken);
            before += file.SizeBytes;
        }

        content = PreviewDraft.WithMedia(content, (file, _) => NeedsHandle(file, appId) && handles.TryGetValue(file.MediaFileId!.Value, out var handle)
            ? file with { Handle = handle, HandleAppId = appId }
            : file);
        await KeepAsync(db, draft, content, cancellationToken);
        return content;
    }

    private static bool NeedsHandle(ComposedMedia file, string appId) =>
        file.MediaFileId is not null && (string.IsNullOrEmpty(file.Handle) || file.HandleAppId != appId);

    private static Task<int> KeepAsync(WaConsoleDb db, TemplateDraft draft, ComposedTemplate content, CancellationToken cancellationToken)
    {
        var json = DraftJson.Write(content);
        return db.TemplateDrafts.Where(d => d.Id == draft.Id && d.Version == draft.Version)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ContentJson, json), cancellationToken);
    }

    private async Task<SubmitTemplateOutcome> HandInAsync(
        WaConsoleDb db, Caller caller, TemplateDraft draft, AccountAccess account, ComposedTemplate content, bool edits, CancellationToken cancellationToken)
    {
        using var components = JsonDocument.Parse(WriteComponents.Run(content));
        List<TemplatePart> parts = [.. components.RootElement.EnumerateArray().Select(part => new TemplatePart.Raw(part.Clone()))];
        var outcome = edits
            ? await EditAsync(db, caller, draft, account, content, parts, cancellationToken)
            : await CreateAsync(caller, draft, account, content, parts, cancellationToken);
        _live.Publish(new TemplatesChanged(draft.BusinessAccountId));
        return outcome;
    }

    private async Task<SubmitTemplateOutcome.Submitted> EditAsync(
        WaConsoleDb db, Caller caller, TemplateDraft draft, AccountAccess account, ComposedTemplate content, IReadOnlyList<TemplatePart> parts,
        CancellationToken cancellationToken)
    {
        var template = await db.Templates.SingleAsync(t => t.Id == draft.TemplateId, cancellationToken);
        var before = template.Status;
        var category = before == TemplateStates.Approved ? null : content.Category;
        var askedAt = _clock.GetUtcNow().UtcDateTime;
        await _cloud.EditTemplateAsync(
            account.ForCalls(), template.WhatsAppId, new TemplateEdit { Category = category, Parts = parts, TtlSeconds = content.TtlSeconds }, cancellationToken);
        template.TtlSeconds = content.TtlSeconds ?? template.TtlSeconds;
        Take(template, content, await ComponentsAsync(account, content, template.WhatsAppId), TemplateStates.Pending, content.Category, askedAt);
        var submitted = await RecordAsync(db, caller, draft, template, content, before);
        // The news of a quick review may have been here before this answer: what it is now, only the list tells.
        await RecordTemplateUpdate.AskForSyncAsync(db, account.Id, CancellationToken.None);
        return submitted;
    }

    private async Task<SubmitTemplateOutcome.Submitted> CreateAsync(
        Caller caller, TemplateDraft draft, AccountAccess account, ComposedTemplate content, IReadOnlyList<TemplatePart> parts,
        CancellationToken cancellationToken)
    {
        var askedAt = _clock.GetUtcNow().UtcDateTime;
        var created = await _cloud.CreateTemplateAsync(
            account.ForCalls(), account.WhatsAppId,
            new WireDraft(content.Name, content.Language, content.Category, parts)
            {
                Named = content.Named,
                SubCategory = content.SubCategory,
                DisplayFormat = content.DisplayFormat,
                TtlSeconds = content.TtlSeconds,
                OptOutOfLinkTracking = content.OptedOutOfLinkTracking,
            },
            cancellationToken);
        var components = await ComponentsAsync(account, content, created.Id);
        return await RowOf.RunAsync(() => RecordCreatedAsync(caller, draft, content, components, created, askedAt));
    }

    /// <summary>WhatsApp writes the words of a sign-in code itself: what is sent must be shown as it has them.</summary>
    private async Task<string> ComponentsAsync(AccountAccess account, ComposedTemplate content, string whatsAppId)
    {
        if (content.Code is not null)
        {
            try
            {
                return (await _cloud.GetTemplateAsync(account.ForCalls(), whatsAppId, CancellationToken.None)).ComponentsJson;
            }
            catch (CloudApiException)
            {
                await using var db = await _store.OpenAsync(CancellationToken.None);
                await RecordTemplateUpdate.AskForSyncAsync(db, account.Id, CancellationToken.None);
            }
        }

        return WriteComponents.Run(content);
    }

    private async Task<SubmitTemplateOutcome.Submitted> RecordCreatedAsync(
        Caller caller, TemplateDraft draft, ComposedTemplate content, string components, TemplateCreated created, DateTime askedAtUtc)
    {
        await using var db = await _store.OpenAsync(CancellationToken.None);
        var template = await RowOf.FindOrAddAsync(db, draft.BusinessAccountId, content.Name, content.Language);
        // The webhook of a quick review may have been here before this answer.
        var known = template.WhatsAppId == created.Id && template.DeletedAtUtc is null ? template.Status : null;
        template.WhatsAppId = created.Id;
        (template.TtlSeconds, template.OptedOutOfLinkTracking, template.LibraryTemplateName) = (content.TtlSeconds, content.OptedOutOfLinkTracking, null);
        Take(template, content, components, known ?? created.Status?.ToUpperInvariant() ?? TemplateStates.Pending,
            created.Category?.ToUpperInvariant() ?? content.Category, askedAtUtc);
        return await RecordAsync(db, caller, draft, template, content, before: null);
    }

    private void Take(Template template, ComposedTemplate content, string components, string status, string category, DateTime askedAtUtc)
    {
        (template.Status, template.Category, template.SubCategory) = (status, category, content.SubCategory);
        template.StatusToldAtUtc = NewsAge.Later(template.StatusToldAtUtc, NewsAge.Second(askedAtUtc));
        template.CategoryToldAtUtc = NewsAge.Later(template.CategoryToldAtUtc, NewsAge.Second(askedAtUtc));
        (template.RejectedReason, template.Recommendation, template.DeletedAtUtc) = (null, null, null);
        (template.ParameterFormat, template.ComponentsJson) = (content.Named ? "NAMED" : "POSITIONAL", components);
        template.SearchText = TemplateSearchText.Of(content.Name, template.ComponentsJson);
        template.SyncedAtUtc = _clock.GetUtcNow().UtcDateTime;
    }

    /// <summary>WhatsApp has taken it: this is written down even when nobody waits any more.</summary>
    private async Task<SubmitTemplateOutcome.Submitted> RecordAsync(
        WaConsoleDb db, Caller caller, TemplateDraft draft, Template template, ComposedTemplate content, string? before)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(CancellationToken.None);
        TemplateTimeline.Note(
            db, template, before is null ? TemplateEventKind.Submitted : TemplateEventKind.Edited, now, before, template.Status, by: caller.Name);
        if (!string.Equals(template.Category, content.Category, StringComparison.Ordinal))
        {
            TemplateTimeline.Note(db, template, TemplateEventKind.CategoryChanged, now, content.Category, template.Category);
        }

        await db.SaveChangesAsync(CancellationToken.None);
        // A handle serves once: the next change shows the file again.
        var json = DraftJson.Write(PreviewDraft.WithMedia(content, (file, _) => file with { Handle = null, HandleAppId = null }));
        await db.TemplateDrafts.Where(d => d.Id == draft.Id && d.Version == draft.Version)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ContentJson, json), CancellationToken.None);
        // Also when another version was saved while it was on its way: that one is a change of this template.
        await db.TemplateDrafts.Where(d => d.Id == draft.Id).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.TemplateId, template.Id)
            .SetProperty(d => d.SubmittedAtUtc, d => d.SubmittedVersion == draft.Version ? now : d.SubmittedAtUtc), CancellationToken.None);
        return new SubmitTemplateOutcome.Submitted(template.Id, template.Status, template.Category);
    }

    /// <summary>A lost answer may hide a template that was taken: the list is read again.</summary>
    private async Task<WhatsAppRefusal> ExplainAsync(WaConsoleDb db, TemplateDraft draft, Caller caller, CloudApiException refused)
    {
        var why = WhatsAppRefusal.Of(refused);
        if (refused.Fate == SendFate.MaybeSent)
        {
            await RecordTemplateUpdate.AskForSyncAsync(db, draft.BusinessAccountId, CancellationToken.None);
            return why with { Sentence = Texts.TemplateStudio.Of("AnswerLost") };
        }

        if (draft.TemplateId is { } id && await db.Templates.SingleOrDefaultAsync(t => t.Id == id, CancellationToken.None) is { } template)
        {
            TemplateTimeline.Note(
                db, template, TemplateEventKind.Refused, _clock.GetUtcNow().UtcDateTime, reason: why.WhatsAppSays ?? why.Sentence, by: caller.Name);
            await db.SaveChangesAsync(CancellationToken.None);
        }

        return why;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A template of account {Account} was not taken: code {Code}, subcode {Subcode}, {Fault}")]
    private partial void LogRefused(long account, int code, int? subcode, CloudApiFault fault);
}
