using System.Buffers.Text;
using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Insight;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Templates;

/// <param name="Search">Words that stand in the name or in a text; each of them must.</param>
/// <param name="After">The cursor a page came with; one that cannot be read begins anew.</param>
public sealed record TemplateQuery(
    long? BusinessAccountId = null, string? Status = null, string? Category = null, string? Quality = null, string? Language = null, string? Search = null,
    string? After = null, int Limit = 30)
{
    /// <summary>Only names with a language that nobody used for <see cref="FindTemplates.UnusedDays"/> days.</summary>
    public bool Unused { get; init; }

    /// <summary>This name alone.</summary>
    public string? Name { get; init; }
}

/// <summary>One name with its languages. <see cref="Body"/> is the text in the first of them.</summary>
public sealed record TemplateFamily(
    long BusinessAccountId, string Name, string Body, string? HeaderKind, IReadOnlyList<TemplateInLanguage> Languages)
{
    /// <summary>Of the last <see cref="FindTemplates.CountedDays"/> days, in all languages, by the caller's numbers.</summary>
    public long Sent { get; init; }

    public long Delivered { get; init; }

    public long Read { get; init; }

    public DateOnly? LastUsedOn { get; init; }
}

public sealed record TemplateInLanguage(long Id, string Language, string Status, string Category, string Quality)
{
    /// <summary>Nobody used it for <see cref="FindTemplates.UnusedDays"/> days, and it is not younger than that.</summary>
    public bool IsUnused { get; init; }

    public bool MayArchive { get; init; }

    /// <summary>Paused by pacing: until somebody ends it.</summary>
    public bool IsPaced { get; init; }
}

public sealed record TemplatesFound(IReadOnlyList<TemplateFamily> Families, string? Next);

/// <summary>What the filters offer, and how much there is: without any filter.</summary>
public sealed record TemplateFacts(int Names, int Templates, IReadOnlyList<string> Statuses, IReadOnlyList<string> Languages);

/// <summary>
/// The list of templates, a name a row, by name. All languages of a name are shown when one of them fits the filters. Only the first
/// language's definition is read: the page stays small however many there are.
/// </summary>
public sealed class FindTemplates(Store store, TimeProvider clock)
{
    public const int MaxLimit = 100;

    /// <summary>What the columns of the list count.</summary>
    public const int CountedDays = 30;

    public const int UnusedDays = 90;

    public async Task<TemplatesFound> RunAsync(Caller caller, TemplateQuery query, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var names = await NamesAsync(db, caller, query, today, limit + 1, cancellationToken);
        var page = names.Count > limit ? names[..limit] : names;
        var families = await CountAsync(db, caller, await FamiliesAsync(db, page, today, cancellationToken), today, cancellationToken);
        return new TemplatesFound(families, names.Count > limit ? page[^1].Write() : null);
    }

    public async Task<TemplateFacts> FactsAsync(Caller caller, long? businessAccountId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var all = await Seen(db, caller, businessAccountId)
            .GroupBy(t => new { t.Status, t.Language })
            .Select(group => new { group.Key.Status, group.Key.Language, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var names = await Seen(db, caller, businessAccountId).Select(t => new { t.BusinessAccountId, t.Name }).Distinct().CountAsync(cancellationToken);
        return new TemplateFacts(
            names,
            all.Sum(group => group.Count),
            [.. all.Select(group => group.Status).Distinct().Order(StringComparer.Ordinal)],
            [.. all.Select(group => group.Language).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static IQueryable<Template> Seen(WaConsoleDb db, Caller caller, long? businessAccountId)
    {
        var templates = db.Templates.AsNoTracking().Where(t => t.DeletedAtUtc == null);
        if (businessAccountId is { } account)
        {
            templates = templates.Where(t => t.BusinessAccountId == account);
        }

        if (caller.Numbers is { } numbers)
        {
            var own = numbers.ToList();
            templates = templates.Where(t => db.Numbers.Any(n => n.BusinessAccountId == t.BusinessAccountId && own.Contains(n.Id)));
        }

        return templates;
    }

    private static async Task<List<Place>> NamesAsync(
        WaConsoleDb db, Caller caller, TemplateQuery query, DateOnly today, int most, CancellationToken cancellationToken)
    {
        var templates = Seen(db, caller, query.BusinessAccountId);
        if (query.Unused)
        {
            templates = templates.Where(IsUnused(db, today));
        }

        if (query.Name is { } one)
        {
            templates = templates.Where(t => t.Name == one);
        }

        if (query.Status is { Length: > 0 } status)
        {
            templates = templates.Where(t => t.Status == status);
        }

        if (query.Category is { Length: > 0 } category)
        {
            templates = templates.Where(t => t.Category == category);
        }

        if (query.Quality is { Length: > 0 } quality)
        {
            templates = templates.Where(t => t.Quality == quality);
        }

        if (query.Language is { Length: > 0 } language)
        {
            templates = templates.Where(t => t.Language == language);
        }

        foreach (var word in SearchWords.NameParts(query.Search ?? ""))
        {
            var pattern = $"%{Escaped(word)}%";
            templates = templates.Where(t => EF.Functions.Like(t.SearchText, pattern, "\\"));
        }

        if (Place.Read(query.After) is { } after)
        {
            templates = templates.Where(t => string.Compare(t.Name, after.Name) > 0 || (t.Name == after.Name && t.BusinessAccountId > after.Account));
        }

        var names = await templates.Select(t => new { t.Name, t.BusinessAccountId }).Distinct()
            .OrderBy(t => t.Name).ThenBy(t => t.BusinessAccountId).Take(most).ToListAsync(cancellationToken);
        return [.. names.Select(found => new Place(found.Name, found.BusinessAccountId))];
    }

    /// <summary>What was handed in here lately is new, not unused.</summary>
    private static Expression<Func<Template, bool>> IsUnused(WaConsoleDb db, DateOnly today)
    {
        var since = today.AddDays(-UnusedDays);
        var sinceUtc = since.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        return t => (t.LastUsedOn == null || t.LastUsedOn < since)
            && !db.TemplateEvents.Any(e => e.TemplateId == t.Id && e.AtUtc >= sinceUtc && e.Kind == TemplateEventKind.Submitted);
    }

    private static async Task<IReadOnlyList<TemplateFamily>> CountAsync(
        WaConsoleDb db, Caller caller, IReadOnlyList<TemplateFamily> families, DateOnly today, CancellationToken cancellationToken)
    {
        var accounts = families.Select(family => family.BusinessAccountId).Distinct().ToList();
        var numbers = (await db.Numbers.AsNoTracking().Where(n => accounts.Contains(n.BusinessAccountId))
                .Select(n => new { n.Id, n.BusinessAccountId }).ToListAsync(cancellationToken))
            .Where(number => caller.MaySeeNumber(number.Id)).ToDictionary(number => number.Id, number => number.BusinessAccountId);
        var counted = (await TalliesOf.SumAsync(
                db, [.. families.Select(family => family.Name).Distinct()], numbers.Keys, [Tallied.Sent, Tallied.Delivered, Tallied.Read],
                today.AddDays(1 - CountedDays), cancellationToken))
            .ToLookup(tally => (tally.Name, numbers[tally.NumberId], tally.What), tally => tally.Amount);
        return
        [
            .. families.Select(family => family with
            {
                Sent = counted[(family.Name, family.BusinessAccountId, Tallied.Sent)].Sum(),
                Delivered = counted[(family.Name, family.BusinessAccountId, Tallied.Delivered)].Sum(),
                Read = counted[(family.Name, family.BusinessAccountId, Tallied.Read)].Sum(),
            }),
        ];
    }

    private static async Task<IReadOnlyList<TemplateFamily>> FamiliesAsync(
        WaConsoleDb db, List<Place> page, DateOnly today, CancellationToken cancellationToken)
    {
        var names = page.Select(place => place.Name).Distinct().ToList();
        var accounts = page.Select(place => place.Account).Distinct().ToList();
        var templates = db.Templates.AsNoTracking()
            .Where(t => t.DeletedAtUtc == null && accounts.Contains(t.BusinessAccountId) && names.Contains(t.Name));
        var rows = await templates
            .OrderBy(t => t.Language)
            .Select(t => new { t.Id, t.BusinessAccountId, t.Name, t.Language, t.Status, t.Category, t.Quality, t.RejectedReason, t.LastUsedOn })
            .ToListAsync(cancellationToken);
        var unused = (await templates.Where(IsUnused(db, today)).Select(t => t.Id).ToListAsync(cancellationToken)).ToHashSet();
        var families = rows.ToLookup(row => new Place(row.Name, row.BusinessAccountId));
        // One that went since its name was read has no rows any more.
        var there = page.Where(families.Contains).ToList();
        var first = there.Select(place => families[place].First().Id).ToList();
        var views = (await db.Templates.AsNoTracking().Where(t => first.Contains(t.Id)).ToListAsync(cancellationToken))
            .Select(TemplateDefinition.Read).ToDictionary(view => view.Id);
        return
        [
            .. there.Select(place =>
            {
                var view = views[families[place].First().Id];
                return new TemplateFamily(
                    place.Account, place.Name, view.Body, view.HeaderKind,
                    [.. families[place].Select(row => new TemplateInLanguage(
                        row.Id, row.Language, row.Status, row.Category, row.Quality)
                    {
                        IsUnused = unused.Contains(row.Id),
                        MayArchive = TemplateStates.MayArchive(row.Status),
                        IsPaced = TemplateStates.IsPaced(row.Status, row.RejectedReason),
                    })])
                {
                    LastUsedOn = families[place].Max(row => row.LastUsedOn),
                };
            }),
        ];
    }

    private static string Escaped(string part) => part.Replace("\\", @"\\").Replace("%", @"\%").Replace("_", @"\_");

    /// <summary>Where a page ended.</summary>
    private sealed record Place(string Name, long Account)
    {
        public string Write() =>
            $"{Account.ToString(CultureInfo.InvariantCulture)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Name))}";

        public static Place? Read(string? cursor)
        {
            var dot = cursor?.IndexOf('.', StringComparison.Ordinal) ?? -1;
            return dot > 0 && long.TryParse(cursor.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var account)
                && Base64Url.IsValid(cursor.AsSpan(dot + 1))
                ? new Place(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor.AsSpan(dot + 1))), account)
                : null;
        }
    }
}
