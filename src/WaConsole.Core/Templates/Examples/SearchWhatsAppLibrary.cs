using System.Text.Json;
using WaConsole.CloudApi;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Review;

namespace WaConsole.Core.Templates.Examples;

/// <param name="Content">As it looks, with WhatsApp's samples.</param>
/// <param name="Topic">WhatsApp's word, such as ORDER_MANAGEMENT.</param>
/// <param name="Urls">Labels of its link buttons, whose address must be given.</param>
/// <param name="Phones">Labels of its call buttons, whose number must be given.</param>
public sealed record LibraryOffer(
    string Name, string Language, string Category, string? Topic, ComposedTemplate Content, IReadOnlyList<string> Urls, IReadOnlyList<string> Phones);

public abstract record SearchLibraryOutcome
{
    private SearchLibraryOutcome()
    {
    }

    public sealed record Found(IReadOnlyList<LibraryOffer> Offers, string? Next) : SearchLibraryOutcome;

    public sealed record Refused(WhatsAppRefusal Why) : SearchLibraryOutcome;

    public sealed record NoSuchAccount : SearchLibraryOutcome;
}

/// <summary>Looks through WhatsApp's own ready-made templates. What is taken from there unchanged is approved at once as a rule.</summary>
public sealed class SearchWhatsAppLibrary
{
    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;

    internal SearchWhatsAppLibrary(Store store, AccountDirectory directory, CloudApiClient cloud)
    {
        (_store, _directory, _cloud) = (store, directory, cloud);
    }

    /// <param name="caller">Marketing staff or an admin.</param>
    /// <param name="businessAccountId">Whose token asks.</param>
    /// <param name="text">Words in names and texts; empty for all.</param>
    /// <param name="language">WhatsApp's code.</param>
    /// <param name="after">The cursor the page before came with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SearchLibraryOutcome> RunAsync(
        Caller caller, long businessAccountId, string text, string language, string? after, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (!await TemplateAccess.MaySeeAccountAsync(db, caller, businessAccountId, cancellationToken)
            || (await _directory.AccountsAsync(cancellationToken)).FirstOrDefault(a => a.Id == businessAccountId) is not { } account)
        {
            return new SearchLibraryOutcome.NoSuchAccount();
        }

        try
        {
            var query = new LibraryQuery(Text: text.Trim() is { Length: > 0 } words ? words : null, Language: language);
            var page = await _cloud.SearchTemplateLibraryAsync(account.ForCalls(), query, after, cancellationToken);
            return new SearchLibraryOutcome.Found([.. page.Items.Select(item => Offer(item, language)).OfType<LibraryOffer>()], page.Next);
        }
        catch (CloudApiException refused)
        {
            return new SearchLibraryOutcome.Refused(WhatsAppRefusal.Of(refused));
        }
    }

    /// <returns>Null for one that cannot be read.</returns>
    private static LibraryOffer? Offer(LibraryTemplate item, string language)
    {
        try
        {
            var content = ReadComponents.Run(
                item.Name, item.Language ?? language, item.Category ?? TemplateCategories.Utility, named: false, LibraryComponents.Of(item));
            return new LibraryOffer(
                item.Name, content.Language, content.Category, item.Topic, content,
                [.. content.Buttons.OfType<ComposedButton.Url>().Select(button => button.Label)],
                [.. content.Buttons.OfType<ComposedButton.Phone>().Select(button => button.Label)]);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
