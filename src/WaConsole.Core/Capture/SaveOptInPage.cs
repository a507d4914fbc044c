using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Capture;

/// <summary>What an admin fills in. <see cref="Id"/> null for a new page; the slug stays once the page was public.</summary>
public sealed record OptInPageForm(long? Id, string Slug, string Name, long WordingId, long NumberId)
{
    public LawfulBasis Basis { get; init; } = LawfulBasis.Consent;

    public string? Jurisdiction { get; init; }

    public int? RenewMonths { get; init; }

    public string? Country { get; init; }

    public string Origins { get; init; } = "";

    public string? TemplateName { get; init; }

    /// <summary>So many questions may be unanswered of an hour.</summary>
    public int AsksPerHour { get; init; } = UsualAsksPerHour;

    public const int UsualAsksPerHour = OptInPage.UsualAsksPerHour;
}

public abstract record SaveOptInPageOutcome
{
    private SaveOptInPageOutcome()
    {
    }

    public sealed record Saved(long PageId) : SaveOptInPageOutcome;

    public sealed record Refused(IReadOnlyList<string> Sentences) : SaveOptInPageOutcome;

    public sealed record NoSuchPage : SaveOptInPageOutcome;
}

/// <summary>Makes or changes a page. One that is public must stay fit to be.</summary>
public sealed class SaveOptInPage
{
    public const int MostMonths = 120;
    public const int MostAsksPerHour = 100_000;

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal SaveOptInPage(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public async Task<SaveOptInPageOutcome> RunAsync(Caller caller, OptInPageForm form, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        if (Problems(form) is { Count: > 0 } problems)
        {
            return Refused(problems);
        }

        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var page = form.Id is { } id ? await db.OptInPages.SingleOrDefaultAsync(p => p.Id == id, cancellationToken) : Added(db);
        if (page is null)
        {
            return new SaveOptInPageOutcome.NoSuchPage();
        }

        var slug = form.Slug.Trim();
        if (page.PublishedAtUtc is not null && page.Slug != slug)
        {
            return Refused(["SlugFixed"]);
        }

        if (await db.OptInPages.AnyAsync(p => p.Slug == slug && p.Id != page.Id, cancellationToken))
        {
            return Refused(["SlugTaken"]);
        }

        if (await db.Wordings.AsNoTracking().SingleOrDefaultAsync(w => w.Id == form.WordingId, cancellationToken) is not { } wording
            || !await db.Numbers.AnyAsync(n => n.Id == form.NumberId, cancellationToken))
        {
            return Refused(["WordingOrNumberGone"]);
        }

        Put(page, form, slug);
        if (page.State == OptInPageState.Published)
        {
            var used = await MakeInvites.UsedAsync(db, page.WordingId, cancellationToken);
            if (PageRules.Lacks(page, wording.Purpose, used, await ListOptInPages.TemplatesAsync(db, page, cancellationToken)) is { Count: > 0 } lacks)
            {
                return Refused(lacks);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ConsentAudits.Add(ConsentAudit.Of(
            caller.AgentId, caller.Name, ConsentDeed.ChangedPage, null, _clock.GetUtcNow().UtcDateTime,
            new AuditDetail.Page(page.Name, form.Id is null ? PageDeed.Made : PageDeed.Changed)));
        await db.SaveChangesAsync(cancellationToken);
        if (page.State == OptInPageState.Published)
        {
            await MakeInvites.ApplyAsync(db, page, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        _live.Publish(new CaptureChanged());
        return new SaveOptInPageOutcome.Saved(page.Id);
    }

    private OptInPage Added(WaConsoleDb db)
    {
        var page = new OptInPage { CreatedAtUtc = _clock.GetUtcNow().UtcDateTime };
        db.OptInPages.Add(page);
        return page;
    }

    private static void Put(OptInPage page, OptInPageForm form, string slug)
    {
        page.Slug = slug;
        page.Name = StoredText.Clean(form.Name.Trim(), OptInPage.MaxName);
        page.WordingId = form.WordingId;
        page.NumberId = form.NumberId;
        page.Basis = form.Basis;
        page.Jurisdiction = Code(form.Jurisdiction);
        page.RenewMonths = form.RenewMonths;
        page.Country = Code(form.Country);
        page.Origins = string.Join('\n', PageRules.Lines(form.Origins).Select(PageRules.Origin).OfType<string>().Distinct(StringComparer.Ordinal));
        page.AsksPerHour = form.AsksPerHour;
        page.TemplateName = StoredText.CleanOrNull(form.TemplateName?.Trim(), 512);
    }

    private static string? Code(string? text) => string.IsNullOrWhiteSpace(text) ? null : StoredText.Clean(text.Trim().ToUpperInvariant(), 8);

    private static List<string> Problems(OptInPageForm form) =>
    [
        .. new (string Sentence, bool IsThere)[]
        {
            ("NameMissing", string.IsNullOrWhiteSpace(form.Name)),
            ("SlugForm", !PageRules.IsSlug(form.Slug.Trim())),
            ("BasisUnknown", !Enum.IsDefined(form.Basis)),
            ("JurisdictionForm", Code(form.Jurisdiction) is { Length: not 2 }),
            ("CountryUnknown", Code(form.Country) is { } country && !ReadPhone.Countries.Contains(country)),
            ("MonthsRange", form.RenewMonths is < 1 or > MostMonths),
            ("AsksRange", form.AsksPerHour is < 1 or > MostAsksPerHour),
            ("OriginForm", form.Origins.Length > OptInPage.MaxOrigins || PageRules.Lines(form.Origins).Any(line => PageRules.Origin(line) is null)),
        }.Where(problem => problem.IsThere).Select(problem => problem.Sentence),
    ];

    private static SaveOptInPageOutcome.Refused Refused(IReadOnlyList<string> sentences) =>
        new([.. sentences.Select(name => Texts.Capture.Of(name, name == "AsksRange" ? MostAsksPerHour : MostMonths))]);
}
