using WaConsole.CloudApi;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Review;

/// <summary>How WhatsApp words a sign-in code in a language: its own words, which nobody else may write.</summary>
public sealed class ReadCodeWording
{
    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;

    internal ReadCodeWording(Store store, AccountDirectory directory, CloudApiClient cloud)
    {
        (_store, _directory, _cloud) = (store, directory, cloud);
    }

    /// <returns>Null when WhatsApp did not say, or the caller does not see the account: the English words stand for it then.</returns>
    public async Task<CodeWording?> RunAsync(
        Caller caller, long businessAccountId, string language, ComposedCode code, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (TemplateLanguages.Find(language) is null
            || !await TemplateAccess.MaySeeAccountAsync(db, caller, businessAccountId, cancellationToken)
            || (await _directory.AccountsAsync(cancellationToken)).FirstOrDefault(a => a.Id == businessAccountId) is not { } account)
        {
            return null;
        }

        try
        {
            var minutes = code.ExpiresInMinutes is >= 1 and <= 90 ? code.ExpiresInMinutes : null;
            var previews = await _cloud.PreviewAuthenticationAsync(
                account.ForCalls(), account.WhatsAppId, [language], code.AddSecurityRecommendation, minutes, cancellationToken);
            return previews.FirstOrDefault(preview => preview.Language == language) is { Body: { Length: > 0 } body } said
                ? new CodeWording(body, said.Footer, code.Delivery == CodeDelivery.CopyCode ? said.ButtonLabel : CodeWording.English(code).Label)
                : null;
        }
        catch (CloudApiException)
        {
            return null;
        }
    }
}
