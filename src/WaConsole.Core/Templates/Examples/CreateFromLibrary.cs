using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Review;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates.Examples;

/// <param name="Name">Of the new template.</param>
/// <param name="LibraryName">Of the library's.</param>
/// <param name="Urls">Addresses of its link buttons in their order, each with the whole example where it varies.</param>
/// <param name="Phones">Numbers of its call buttons in their order.</param>
public sealed record LibraryChoice(
    long BusinessAccountId, string LibraryName, string Language, string Category, string Name, IReadOnlyList<LibraryUrl> Urls, IReadOnlyList<string> Phones);

/// <param name="Address">With {{1}} at its end when it varies.</param>
/// <param name="Example">The whole address; null for one that does not vary.</param>
public sealed record LibraryUrl(string Address, string? Example);

public abstract record CreateFromLibraryOutcome
{
    private CreateFromLibraryOutcome()
    {
    }

    /// <param name="TemplateId">Our id.</param>
    /// <param name="Status">WhatsApp's word; APPROVED as a rule.</param>
    public sealed record Created(long TemplateId, string Status) : CreateFromLibraryOutcome;

    /// <summary>A rule for the name is broken; nothing was sent.</summary>
    public sealed record Broken(string Sentence) : CreateFromLibraryOutcome;

    public sealed record Refused(WhatsAppRefusal Why) : CreateFromLibraryOutcome;

    public sealed record NoSuchAccount : CreateFromLibraryOutcome;
}

/// <summary>Makes a template of WhatsApp's library ours, with its own name, links and numbers.</summary>
public sealed class CreateFromLibrary
{
    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly CloudApiClient _cloud;
    private readonly CheckTemplateDraft _check;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal CreateFromLibrary(
        Store store, AccountDirectory directory, CloudApiClient cloud, CheckTemplateDraft check, LiveUpdates live, TimeProvider clock)
    {
        (_store, _directory, _cloud, _check, _live, _clock) = (store, directory, cloud, check, live, clock);
    }

    /// <param name="caller">Marketing staff or an admin.</param>
    /// <param name="choice">What to make.</param>
    /// <param name="cancellationToken">Ends the wait; what WhatsApp has taken by then stays, and is found by the next reading.</param>
    public async Task<CreateFromLibraryOutcome> RunAsync(Caller caller, LibraryChoice choice, CancellationToken cancellationToken)
    {
        caller.MustManageTemplates();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (!await TemplateAccess.MaySeeAccountAsync(db, caller, choice.BusinessAccountId, cancellationToken)
            || (await _directory.AccountsAsync(cancellationToken)).FirstOrDefault(a => a.Id == choice.BusinessAccountId) is not { } account)
        {
            return new CreateFromLibraryOutcome.NoSuchAccount();
        }

        // The texts are WhatsApp's own: only the name can be wrong.
        var named = new ComposedTemplate { Name = choice.Name, Language = choice.Language, Category = choice.Category };
        var facts = await _check.FactsAsync(db, account.Id, draftId: null, templateId: null, named, cancellationToken);
        if (ComposedTemplateValidator.Findings(named, facts).FirstOrDefault(finding => finding is { Field: "name", Severity: FindingSeverity.Error }) is { } problem)
        {
            return new CreateFromLibraryOutcome.Broken(problem.Sentence);
        }

        try
        {
            var created = await _cloud.CreateFromLibraryAsync(account.ForCalls(), account.WhatsAppId, Draft(choice), cancellationToken);
            var askedAt = _clock.GetUtcNow().UtcDateTime;
            var info = await _cloud.GetTemplateAsync(account.ForCalls(), created.Id, CancellationToken.None);
            var template = await RowOf.RunAsync(() => KeepAsync(caller, account.Id, info, askedAt));
            _live.Publish(new TemplatesChanged(account.Id));
            return new CreateFromLibraryOutcome.Created(template.Id, template.Status);
        }
        catch (CloudApiException refused)
        {
            // WhatsApp may have made it, and only its definition could not be read: the list is.
            await RecordTemplateUpdate.AskForSyncAsync(db, account.Id, CancellationToken.None);
            return new CreateFromLibraryOutcome.Refused(WhatsAppRefusal.Of(refused));
        }
        catch
        {
            await RecordTemplateUpdate.AskForSyncAsync(db, account.Id, CancellationToken.None);
            throw;
        }
    }

    private static LibraryDraft Draft(LibraryChoice choice) => new(
        choice.Name, choice.Language, choice.Category, choice.LibraryName,
        [
            .. choice.Urls.Select(url => new LibraryButton.Url(url.Address, url.Example)),
            .. choice.Phones.Select(phone => (LibraryButton)new LibraryButton.PhoneNumber(phone)),
        ]);

    private async Task<Template> KeepAsync(Caller caller, long accountId, TemplateInfo info, DateTime askedAtUtc)
    {
        await using var db = await _store.OpenAsync(CancellationToken.None);
        var template = await RowOf.FindOrAddAsync(db, accountId, info.Name, info.Language);
        var now = _clock.GetUtcNow().UtcDateTime;
        SyncTemplates.Take(template, info);
        NewsAge.ReadAt(template, askedAtUtc);
        template.SyncedAtUtc = now;
        await db.SaveChangesAsync(CancellationToken.None);
        TemplateTimeline.Note(db, template, TemplateEventKind.Submitted, now, to: template.Status, by: caller.Name);
        await db.SaveChangesAsync(CancellationToken.None);
        return template;
    }
}
