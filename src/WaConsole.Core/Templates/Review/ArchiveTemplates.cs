using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates.Review;

/// <summary>Puts templates away at WhatsApp, or back. Unused ones go by themselves after a year and are erased 28 days later.</summary>
public sealed class ArchiveTemplates
{
    /// <summary>What WhatsApp takes at once.</summary>
    public const int MaxTemplates = 100;

    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal ArchiveTemplates(Store store, AccountDirectory directory, CloudApiClient cloud, LiveUpdates live, TimeProvider clock)
    {
        (_store, _directory, _cloud, _live, _clock) = (store, directory, cloud, live, clock);
    }

    /// <param name="caller">Marketing staff or an admin.</param>
    /// <param name="templateIds">Of one account; up to <see cref="MaxTemplates"/>.</param>
    /// <param name="archived">False takes them back.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Done with those WhatsApp put away; the others stay as they are.</returns>
    public async Task<ChangeTemplateOutcome> RunAsync(Caller caller, IReadOnlyList<long> templateIds, bool archived, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await _store.OpenAsync(cancellationToken);
        var wanted = templateIds.Distinct().ToList();
        if (wanted.Count > MaxTemplates)
        {
            return Refused(Texts.TemplateStudio.Of("TooManyToArchive", MaxTemplates));
        }

        var templates = await db.Templates.Where(t => wanted.Contains(t.Id) && t.DeletedAtUtc == null).ToListAsync(cancellationToken);
        if (templates.Count == 0 || templates.Exists(t => t.BusinessAccountId != templates[0].BusinessAccountId)
            || !await TemplateAccess.MaySeeAccountAsync(db, caller, templates[0].BusinessAccountId, cancellationToken)
            || (await _directory.AccountsAsync(cancellationToken)).FirstOrDefault(a => a.Id == templates[0].BusinessAccountId) is not { } account)
        {
            return new ChangeTemplateOutcome.NoSuchTemplate();
        }

        templates.RemoveAll(t => !(archived ? TemplateStates.MayArchive(t.Status) : t.Status == TemplateStates.Archived));
        if (templates.Count == 0)
        {
            return Refused(Texts.TemplateStudio.Of(archived ? "NotToArchive" : "NotArchivedNow"));
        }

        TemplateArchived answer;
        var askedAt = _clock.GetUtcNow().UtcDateTime;
        try
        {
            answer = await _cloud.ArchiveTemplatesAsync(
                account.ForCalls(), account.WhatsAppId, [.. templates.Select(t => t.WhatsAppId)], archived, cancellationToken);
        }
        catch (CloudApiException refused)
        {
            return new ChangeTemplateOutcome.Refused(WhatsAppRefusal.Of(refused));
        }

        var done = templates.Where(t => answer.Done.Contains(t.WhatsAppId)).ToList();
        foreach (var template in done)
        {
            var to = archived ? TemplateStates.Archived : await ReturnsToAsync(db, template);
            TemplateTimeline.Note(
                db, template, archived ? TemplateEventKind.Archived : TemplateEventKind.Unarchived, _clock.GetUtcNow().UtcDateTime, template.Status, to, by: caller.Name);
            template.Status = to;
            template.StatusToldAtUtc = NewsAge.Later(template.StatusToldAtUtc, NewsAge.Second(askedAt));
        }

        await db.SaveChangesAsync(CancellationToken.None);
        _live.Publish(new TemplatesChanged(account.Id));
        return done.Count == 0 && answer.Failed.Count > 0
            ? Refused(Texts.TemplateStudio.Of("NotArchived"), answer.Failed.Values.First())
            : new ChangeTemplateOutcome.Done(done.Count);
    }

    /// <summary>WhatsApp's answer does not say what it is again; where we do not know it either, the list is read.</summary>
    private static async Task<string> ReturnsToAsync(WaConsoleDb db, Template template)
    {
        if (await TemplateTimeline.BeforeArchivedAsync(db, template.Id, CancellationToken.None) is { } before)
        {
            return before;
        }

        await RecordTemplateUpdate.AskForSyncAsync(db, template.BusinessAccountId, CancellationToken.None);
        return TemplateStates.Approved;
    }

    private static ChangeTemplateOutcome.Refused Refused(string sentence, string? whatsAppSays = null) => new(new WhatsAppRefusal(null, sentence, whatsAppSays));
}
