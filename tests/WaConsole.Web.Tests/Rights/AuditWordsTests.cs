using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WaConsole.Core.Consent;
using WaConsole.Core.Team;
using WaConsole.Testing.Architecture;
using WaConsole.Web.RightsFiles;

namespace WaConsole.Web.Tests.Rights;

/// <summary>Whoever reads the audit log reads their own language, whatever was written by whom, and by which release.</summary>
public sealed partial class AuditWordsTests
{
    private static readonly IStringLocalizerFactory Texts =
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance);

    private static readonly AuditDetail[] Samples =
    [
        new AuditDetail.ProofFile(),
        new AuditDetail.Entry(5),
        new AuditDetail.Export("json"),
        new AuditDetail.Export("html"),
        new AuditDetail.Erased(1_234, 2),
        new AuditDetail.Verified(7, 7, 0),
        new AuditDetail.Import(3),
        new AuditDetail.Words("News", "de", 2),
        .. Enum.GetValues<PageDeed>().Select(deed => new AuditDetail.Page("Autumn", deed)),
        new AuditDetail.Retention(30, null, 90, 14, 7),
        new AuditDetail.Markets([new(RenewalTerms.Elsewhere, LawfulBasis.Consent, 0, 0), new("EU", LawfulBasis.SoftOptIn, 24, 3), new("DE", null, 6, 0)]),
        new AuditDetail.StopAnswer("Alder & Oak", true, ["en", "de"]),
        new AuditDetail.StopAnswer("Alder & Oak", false, []),
        new AuditDetail.Sending("Alder & Oak")
        {
            RepeatMinutes = 60, MarketingAtMost = 4, MarketingDays = 7, QuietFrom = new(21, 0), QuietTo = new(8, 0), UnansweredAtMost = 45, UnansweredMinutes = 10,
            UtilityToAnybody = true, BusinessNames = ["Alder", "Oak"], Countries = [new("DE", new(20, 0), new(9, 0), 2), new("FR", null, null, 0)],
        },
        new AuditDetail.Sending("Alder & Oak"),
    ];

    public static TheoryData<string> Languages => [.. ConsoleLanguages.All];

    [Theory, MemberData(nameof(Languages))]
    public void Each_detail_has_words_of_every_language_and_comes_back_from_the_store_the_same(string language)
    {
        var kinds = typeof(AuditDetail).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(AuditDetail)) && type != typeof(AuditDetail.Unknown));
        Assert.Equal(kinds.Order(ByName), Samples.Select(sample => sample.GetType()).Distinct().Order(ByName));

        var culture = CultureInfo.GetCultureInfo(language);
        foreach (var sample in Samples)
        {
            var words = Told(sample, culture);
            Assert.True(words.Length > 0, $"no words for {sample}");
            Assert.DoesNotMatch(Unworded(), words);
            Assert.Equal(words, Told(AuditDetail.Read(sample.Write()), culture));
            if (language != ConsoleLanguages.English)
            {
                Assert.NotEqual(Told(sample, CultureInfo.GetCultureInfo(ConsoleLanguages.English)), words);
            }
        }
    }

    /// <summary>A text where a detail belongs does not compile; what else might put one into the column is looked for here.</summary>
    [Fact]
    public void Each_place_that_writes_a_line_tells_a_detail_that_has_words()
    {
        var sources = Repository.Sources("src", "*.cs").Where(path => !path.Contains("Migrations", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        var lines = sources.SelectMany(source => Line().Matches(source)).ToList();
        var told = sources.SelectMany(source => Detail().Matches(source)).Select(match => match.Groups[1].Value)
            .Where(kind => !kind.EndsWith("Line", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

        Assert.True(lines.Count >= 15, $"only {lines.Count} places write to the log");
        Assert.DoesNotContain(sources, source => MadeByHand().IsMatch(source));
        Assert.Equal(typeof(AuditDetail), typeof(AuditDetail).Assembly.GetType("WaConsole.Core.Consent.ConsentAudit")!.GetMethod("Of")!.GetParameters()[^1].ParameterType);
        Assert.All(told, kind => Assert.Contains(Samples, sample => sample.GetType().Name == kind));
    }

    [Theory]
    [InlineData("file", "A file that proves an opt-in")]
    [InlineData("json", "As a file for programs (JSON)")]
    [InlineData("html", "As a page to read")]
    [InlineData("entry 5", "Entry 5 of the registry")]
    [InlineData("import 3", "Import number 3")]
    [InlineData("messages 1234, files 2", "Messages: 1,234, files: 2")]
    [InlineData("entries 7, links 6, found 1", "Entries: 7, links of the chain: 6, faults: 1")]
    [InlineData("page 3 made", "Page “#3” was made")]
    [InlineData("wording 2 en 1", "“#2” in this language: English, version 1")]
    [InlineData(
        """{"MessageDays":30,"FileDays":null,"AuditDays":90,"QuarantineDays":14,"ImportFileDays":7}""",
        "Days things are kept – Messages, with their files: 30 · Files alone, when messages are kept longer: for ever · Audit log: 90 · Webhooks that could not be handled: 14 · Files of imports that are over: 7")]
    [InlineData("* 0/0, DE 6/3", "Months until consent wears out – Everywhere else: by consent never, by soft opt-in never · Germany: by consent 6, by soft opt-in 3")]
    [InlineData("account 4: stop confirmed yes, own words de en", "#4: a stop is answered with a confirmation · own words in: Deutsch · English")]
    [InlineData("account 4: stop confirmed no, own words –", "#4: a stop is not answered")]
    [InlineData(
        "account 4: repeat 60 min, offers 2 in 7 d, quiet –, unanswered 0 in 10 min, utility to anybody no, names Alder & Oak / Oak, countries DE 21:00–08:00 – / FR – 3",
        "Rules of sending of “#4” – minutes until the same template goes again: 60 · offers at most: 2 (days: 7) · no quiet hours · "
        + "messages without an answer at most: off (minutes: 10) · utility messages only with permission · business names: Alder & Oak / Oak · "
        + "Germany: no offers from 21:00 to 08:00 · France: offers at most: 3")]
    [InlineData("something of another release", "something of another release")]
    [InlineData("""{"what":"something of another release"}""", """{"what":"something of another release"}""")]
    [InlineData("{", "{")]
    public void Lines_of_earlier_releases_are_told_in_words_too(string kept, string told) =>
        Assert.Equal(told, Told(AuditDetail.Read(kept), CultureInfo.GetCultureInfo(ConsoleLanguages.English)));

    private static Comparer<Type> ByName { get; } = Comparer<Type>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

    private static string Told(AuditDetail? detail, CultureInfo culture)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return new AuditWords(new CodeWords(Texts)).Of(detail) ?? "";
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }

    /// <summary>A place nothing was filled into, or the name of a text instead of the text.</summary>
    [GeneratedRegex(@"\{|\bDetail[A-Z]|\bForEver\b|\bMarket[A-Z]|[a-z]Days\b", RegexOptions.None, 1000)]
    private static partial Regex Unworded();

    [GeneratedRegex(@"ConsentAudit\.Of\(", RegexOptions.None, 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"new AuditDetail\.(\w+)\(", RegexOptions.None, 1000)]
    private static partial Regex Detail();

    [GeneratedRegex(@"new ConsentAudit\b|SetProperty\(\w+ => \w+\.Detail", RegexOptions.None, 1000)]
    private static partial Regex MadeByHand();
}
