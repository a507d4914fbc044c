using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates.Review;

/// <summary>Deletes a template at WhatsApp, in one language or in all. The name of an approved one then rests for 30 days.</summary>
public sealed class DeleteTemplate
{
    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal DeleteTemplate(Store store, AccountDirectory directory, CloudApiClient cloud, LiveUpdates live, TimeProvider clock)
    {
        (_store, _directory, _cloud, _live, _clock) = (store, directory, cloud, live, clock);
    }

    public async Task<ChangeTemplateOutcome> RunAsync(Caller caller, long templateId, bool allLanguages, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await TemplateAccess.TemplateAsync(db, caller, templateId, cancellationToken) is not { DeletedAtUtc: null } template
            || (await _directory.AccountsAsync(cancellationToken)).FirstOrDefault(a => a.Id == template.BusinessAccountId) is not { } account)
        {
            return new ChangeTemplateOutcome.NoSuchTemplate();
        }

        var askedAt = _clock.GetUtcNow().UtcDateTime;
        try
        {
            await (allLanguages
                ? _cloud.DeleteTemplatesAsync(account.ForCalls(), account.WhatsAppId, template.Name, cancellationToken)
                : _cloud.DeleteTemplateAsync(account.ForCalls(), account.WhatsAppId, template.WhatsAppId, template.Name, cancellationToken));
        }
        catch (CloudApiException refused)
        {
            return new ChangeTemplateOutcome.Refused(WhatsAppRefusal.Of(refused));
        }

        var gone = allLanguages
            ? await db.Templates.Where(t => t.BusinessAccountId == account.Id && t.Name == template.Name && t.DeletedAtUtc == null).ToListAsync(CancellationToken.None)
            : [template];
        foreach (var one in gone)
        {
            Bury(db, one, askedAt, _clock.GetUtcNow().UtcDateTime, caller.Name);
        }

        await db.SaveChangesAsync(CancellationToken.None);
        _live.Publish(new TemplatesChanged(account.Id));
        return new ChangeTemplateOutcome.Done(gone.Count);
    }

    /// <summary>The row stays: messages refer to it, and what it was when it went tells whether its name rests.</summary>
    internal static void Bury(WaConsoleDb db, Template template, DateTime askedAtUtc, DateTime nowUtc, string? by)
    {
        TemplateTimeline.Note(db, template, TemplateEventKind.Deleted, nowUtc, template.Status, TemplateStates.Deleted, by: by);
        (template.Status, template.DeletedAtUtc) = (TemplateStates.Deleted, nowUtc);
        template.StatusToldAtUtc = NewsAge.Later(template.StatusToldAtUtc, NewsAge.Second(askedAtUtc));
    }
}
