using System.Globalization;
using System.Net;
using System.Resources;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WaConsole.Core.Consent;
using WaConsole.Core.Rights;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Components.Contacts;
using WaConsole.Web.Components.Rights;
using WaConsole.Web.Components.Shared;
using WaConsole.Web.RightsFiles;
using Xunit;

namespace WaConsole.Web.Tests.Rights;

/// <summary>What a person reads of themselves is in their words, not in ours.</summary>
public sealed partial class PersonPageTests
{
    /// <summary>Names, and zones of the IANA database, are the same in every language.</summary>
    private static readonly string[] Names = ["WaConsole", "WhatsApp", "JSON"];

    private static readonly string[] WithTheirAmounts = ["estimateCurrency", "chargeCurrency"];

    private static readonly DateTime Made = new(2026, 7, 1, 22, 30, 0, DateTimeKind.Utc);

    private static readonly IStringLocalizerFactory Texts =
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Languages => [.. ConsoleLanguages.All];

    [Theory, MemberData(nameof(Languages))]
    public void Every_code_that_may_stand_on_the_page_has_a_word(string language)
    {
        foreach (var code in ExportPerson.Codes.SelectMany(type => Enum.GetValues(type).Cast<Enum>()))
        {
            Assert.True(CodeWords.Places.TryGetValue(code.GetType(), out var place), $"no words for {code.GetType().Name}");
            Assert.True(Word(place.Texts, place.Prefix + code, language) is { Length: > 0 }, $"no word for {code.GetType().Name}.{code}");
        }

        Assert.NotNull(Word(typeof(ContactTexts), "Yes", language));
        Assert.NotNull(Word(typeof(ContactTexts), "No", language));
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task A_person_of_whom_everything_is_known_finds_no_code_on_their_page(string language)
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var person = await KnownPerson.WriteAsync(core, "4915100000042");
        var rows = (await core.Get<ExportPerson>().RunAsync(Caller.System, person.Id, "html", Token))!.Concat(Codes().ToAsyncEnumerable());

        var page = await PageAsync(rows, language);

        var culture = CultureInfo.GetCultureInfo(language);
        Assert.StartsWith($"<!DOCTYPE html><html lang=\"{language}\" dir=\"{(culture.TextInfo.IsRightToLeft ? "rtl" : "ltr")}\">", page, StringComparison.Ordinal);
        var technical = Folded().Matches(page).SelectMany(folded => Cells(folded.Value)).ToList();
        var read = Cells(Folded().Replace(page, "")).ToList();
        var labels = Labels(page).ToHashSet();
        Assert.All(labels, label => Assert.Contains(label, Words(language)));
        Assert.All(ExportPerson.FactNames.Except(WithTheirAmounts), fact => Assert.Contains(Word(typeof(RightsTexts), "Fact" + fact, language)!, labels));
        Assert.NotEmpty(technical);
        Assert.DoesNotContain(read, cell => IsCode(cell, language));
        Assert.All(read, cell => Assert.DoesNotMatch(Coded(), Names.Aggregate(cell, (text, name) => text.Replace(name, "", StringComparison.Ordinal))));
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task Words_of_WhatsApp_and_ways_of_a_stop_are_told_as_well(string language)
    {
        var page = await PageAsync(
            new[]
            {
                Row("contact", ("country", "DE"), ("optedOutReason", nameof(ConsentSource.Keyword)), ("phone", "4915112345678")),
                Row("consent", ("law", "EU"), ("complete", false)),
                Row("messages", ("pricingCategory", "authentication-international"), ("pricingType", "free_customer_service"), ("charge", 0.0768m), ("chargeCurrency", "EUR")),
                Row("statuses", ("status", "delivered")),
                Row("files", ("kind", "image/jpeg"), ("bytes", 4_200_000L), ("duration", 67_000)),
            }.ToAsyncEnumerable(),
            language);

        var cells = Cells(page).ToList();
        Assert.DoesNotContain(cells, cell => cell is "DE" or "EU" or "Keyword" or "authentication-international" or "free_customer_service" or "delivered" or "False");
        Assert.Contains("+49 1511 2345678", cells);
        Assert.Contains(cells, cell => cell.EndsWith(" EUR", StringComparison.Ordinal));
        Assert.Contains("1:07", cells);
        Assert.Contains(Word(typeof(ContactTexts), "No", language), cells);
        Assert.Contains(Word(typeof(RightsTexts), "MarketEurope", language), cells);
    }

    [Fact]
    public async Task Times_are_told_in_the_readers_zone_with_its_distance_from_UTC_on_that_day()
    {
        var winter = Made.AddMonths(-6);

        var page = await PageAsync(new[] { Row("contact", ("name", "Amina"), ("since", winter)) }.ToAsyncEnumerable(), "en");
        var cells = Cells(page).ToList();

        Assert.Equal(["Thu 2 Jul 2026, 00:30 UTC+2", "Europe/Berlin", "Amina", "Thu 1 Jan 2026, 23:30 UTC+1"], cells);
        Assert.Contains("<time datetime=\"2026-01-01T22:30:00Z\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_for_machines_is_folded()
    {
        var page = await PageAsync(new[] { Row("messages", ("text", "Hello"), ("raw", "{\"type\":\"text\"}"), ("wamid", "wamid.1")) }.ToAsyncEnumerable(), "en");

        Assert.Equal("Hello", Cells(Folded().Replace(page, "")).Last());
        Assert.Equal(["{\"type\":\"text\"}", "wamid.1"], Cells(Assert.Single(Folded().Matches(page)).Value));
    }

    [Fact]
    public async Task A_part_without_rows_is_told_to_have_been_looked_for()
    {
        var page = await PageAsync(new[] { Row("contact", ("name", "Amina")) }.ToAsyncEnumerable(), "en");

        Assert.Contains("<section id=\"contact\">", page, StringComparison.Ordinal);
        Assert.All(ExportPerson.Parts.Skip(1), part => Assert.Contains($"<li id=\"{part}\">", page, StringComparison.Ordinal));
    }

    /// <summary>A row with every code there is, so that none is missed because nobody has it.</summary>
    private static IEnumerable<PersonRow> Codes() =>
        ExportPerson.Codes.SelectMany(type => Enum.GetValues(type).Cast<object>()).Concat([true, false]).Select(code => Row("audit", ("deed", code)));

    private static PersonRow Row(string part, params (string Name, object Value)[] facts) => new(part, [.. facts.Select(fact => new PersonFact(fact.Name, fact.Value))]);

    private static async Task<string> PageAsync(IAsyncEnumerable<PersonRow> rows, string language)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            using var body = new MemoryStream();
            await new PersonPage(new CodeWords(Texts), ViewerClock.For("Europe/Berlin"), Made).WriteAsync(body, rows, Token);
            return Encoding.UTF8.GetString(body.ToArray());
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    private static IEnumerable<string> Labels(string page) => Label().Matches(page).Select(label => WebUtility.HtmlDecode(label.Groups[1].Value));

    private static IEnumerable<string> Cells(string page) => Cell().Matches(page).Select(cell => WebUtility.HtmlDecode(Tag().Replace(cell.Groups[1].Value, "")));

    /// <summary>A whole value that is the name of a code, and no word of the language.</summary>
    private static bool IsCode(string cell, string language) => CodeNames.Contains(cell) && !Words(language).Contains(cell);

    private static readonly HashSet<string> CodeNames =
    [
        .. ExportPerson.Codes.SelectMany(Enum.GetNames), .. ExportPerson.FactNames, .. ExportPerson.Parts, bool.TrueString, bool.FalseString,
    ];

    private static HashSet<string> Words(string language) =>
    [
        .. CodeWords.Places.Values.Select(place => place.Texts).Append(typeof(RightsTexts)).Distinct()
            .SelectMany(texts => Set(texts, language).Cast<System.Collections.DictionaryEntry>()).Select(entry => (string)entry.Value!),
    ];

    private static string? Word(Type texts, string name, string language) => Set(texts, language).GetString(name);

    private static ResourceSet Set(Type texts, string language) => new ResourceManager(texts).GetResourceSet(
        language == ConsoleLanguages.English ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!;

    [GeneratedRegex("<details>.*?</details>", RegexOptions.Singleline, 1000)]
    private static partial Regex Folded();

    [GeneratedRegex("<dt>(.*?)</dt>", RegexOptions.Singleline, 1000)]
    private static partial Regex Label();

    [GeneratedRegex("<dd>(.*?)</dd>", RegexOptions.Singleline, 1000)]
    private static partial Regex Cell();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    /// <summary>OptedOut, userId, free_entry_point.</summary>
    [GeneratedRegex(@"\b[A-Z]?[a-z]+(?:[A-Z][a-z]+)+\b|\b[a-z]+(?:_[a-z]+)+\b", RegexOptions.None, 1000)]
    private static partial Regex Coded();
}
