using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates.Review;

/// <summary>Ends a pause that pacing set, five minutes after it at the earliest. One for low quality ends by itself (Meta, Template pacing, 2026).</summary>
public sealed class UnpauseTemplate
{
    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal UnpauseTemplate(Store store, AccountDirectory directory, CloudApiClient cloud, LiveUpdates live, TimeProvider clock)
    {
        (_store, _directory, _cloud, _live, _clock) = (store, directory, cloud, live, clock);
    }

    public async Task<ChangeTemplateOutcome> RunAsync(Caller caller, long templateId, CancellationToken cancellationToken)
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
            if (await _cloud.UnpauseTemplateAsync(account.ForCalls(), template.WhatsAppId, cancellationToken) is { } reason)
            {
                return new ChangeTemplateOutcome.Refused(new WhatsAppRefusal(null, Texts.TemplateStudio.Of("StillPaused"), reason.Length == 0 ? null : reason));
            }
        }
        catch (CloudApiException refused)
        {
            return new ChangeTemplateOutcome.Refused(WhatsAppRefusal.Of(refused));
        }

        TemplateTimeline.Note(db, template, TemplateEventKind.Unpaused, _clock.GetUtcNow().UtcDateTime, template.Status, TemplateStates.Approved, by: caller.Name);
        (template.Status, template.RejectedReason) = (TemplateStates.Approved, null);
        template.StatusToldAtUtc = NewsAge.Later(template.StatusToldAtUtc, NewsAge.Second(askedAt));
        await db.SaveChangesAsync(CancellationToken.None);
        _live.Publish(new TemplatesChanged(account.Id));
        return new ChangeTemplateOutcome.Done(1);
    }
}
