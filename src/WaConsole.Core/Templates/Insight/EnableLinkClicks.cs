using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Templates.Insight;

public abstract record EnableLinkClicksOutcome
{
    private EnableLinkClicksOutcome()
    {
    }

    public sealed record Enabled : EnableLinkClicksOutcome;

    public sealed record Refused(string Sentence) : EnableLinkClicksOutcome;

    public sealed record NoSuchTemplate : EnableLinkClicksOutcome;
}

/// <summary>Has WhatsApp count what becomes of an account's templates: once and for good, it cannot be taken back.</summary>
public sealed partial class EnableLinkClicks
{
    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly FetchLinkClicks _fetch;
    private readonly ILogger<EnableLinkClicks> _log;

    internal EnableLinkClicks(Store store, AccountDirectory directory, CloudApiClient cloud, FetchLinkClicks fetch, ILogger<EnableLinkClicks> log)
    {
        (_store, _directory, _cloud, _fetch, _log) = (store, directory, cloud, fetch, log);
    }

    /// <param name="caller">Marketing staff or an admin.</param>
    /// <param name="templateId">Any template of the account; its links are read at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<EnableLinkClicksOutcome> RunAsync(Caller caller, long templateId, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await TemplateAccess.TemplateAsync(db, caller, templateId, cancellationToken) is not { } template
            || (await _directory.AccountsAsync(cancellationToken)).FirstOrDefault(a => a.Id == template.BusinessAccountId) is not { } account)
        {
            return new EnableLinkClicksOutcome.NoSuchTemplate();
        }

        try
        {
            await _cloud.EnableTemplateAnalyticsAsync(account.ForCalls(), account.WhatsAppId, cancellationToken);
        }
        catch (CloudApiException refused)
        {
            return new EnableLinkClicksOutcome.Refused(ErrorSentence.Of(refused.Error));
        }

        LogEnabled(account.Id, caller.Name);
        await _fetch.RunAsync(caller, templateId, always: true, CancellationToken.None);
        return new EnableLinkClicksOutcome.Enabled();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Template analytics of account {Account} were switched on by {By}")]
    private partial void LogEnabled(long account, string by);
}
