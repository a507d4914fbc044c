using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using WaConsole.Core.Team;
using WaConsole.Testing.Architecture;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Shared;
using WaConsole.Web.Hosting;
using Xunit;

namespace WaConsole.Web.Tests.Languages;

public sealed class LanguageRulesTests
{
    [Theory]
    [InlineData("es-AR,es;q=0.9", "es")]
    [InlineData("pt", "pt-BR")]
    [InlineData("PT-pt;q=0.8,en;q=0.1", "pt-BR")]
    [InlineData("fr-FR,de;q=0.9,id;q=0.2", "id")]
    [InlineData("in-ID", "id")]
    [InlineData("en-GB;q=0.4,hi;q=0.9", "hi")]
    [InlineData("ar;q=0,en-US", "en")]
    [InlineData("fr", null)]
    [InlineData("*", null)]
    [InlineData("", null)]
    [InlineData(";;;q=,,=", null)]
    public void The_best_liked_of_our_languages_is_found(string header, string? language) =>
        Assert.Equal(language, AskedLanguage.Of(header, ConsoleLanguages.All));

    [Theory]
    [InlineData("en", "1 update", "0 updates", "2 updates", "21 updates")]
    [InlineData("es", "1 novedad", "0 novedades", "2 novedades", "21 novedades")]
    [InlineData("pt-BR", "1 novidade", "0 novidade", "2 novidades", "21 novidades")]
    [InlineData("id", "1 pembaruan", "0 pembaruan", "2 pembaruan", "21 pembaruan")]
    [InlineData("ar", "تحديث واحد", "لا تحديثات", "تحديثان", "21 تحديثًا")]
    public void A_count_takes_the_form_of_its_language(string language, string one, string none, string two, string many) => In(language, () =>
    {
        var words = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider().GetRequiredService<IStringLocalizer<InboxText>>();

        Assert.Equal([one, none, two, many], new long[] { 1, 0, 2, 21 }.Select(count => words.Count("Updates", count)));
    });

    [Theory]
    [InlineData(3, "few")]
    [InlineData(10, "few")]
    [InlineData(11, "many")]
    [InlineData(99, "many")]
    [InlineData(100, null)]
    [InlineData(102, null)]
    [InlineData(103, "few")]
    [InlineData(1_011, "many")]
    public void Arabic_counts_by_the_last_two_digits(long count, string? form) =>
        In("ar", () => Assert.Equal(form is null ? "N" : $"N.{form}", PluralForm.KeyOf("N", count)));

    /// <summary>The rule of completeness and the rule that chooses must know the same forms.</summary>
    [Fact]
    public void Every_form_a_language_has_is_asked_of_its_translations()
    {
        Assert.Equal(ConsoleLanguages.All.Where(language => language != ConsoleLanguages.English).Order(), TranslationRules.Plurals.Keys.Order());
        Assert.All(TranslationRules.Plurals, language =>
        {
            var chosen = new HashSet<string>();
            In(language.Key, () => chosen.UnionWith(Enumerable.Range(0, 300).Select(count => PluralForm.KeyOf("N", count))));
            Assert.Equal(language.Value.Select(form => $"N.{form}").Append("N").Order(), chosen.Order());
        });
    }

    [Theory]
    [InlineData("en", "Thu 26 Nov 2026, 17:05", "Friday 20 November")]
    [InlineData("es", "jue 26 nov 2026, 17:05", "viernes, 20 de noviembre")]
    [InlineData("id", "Kam, 26 Nov 2026, 17.05", "Jumat, 20 November")]
    public void Dates_are_written_as_the_language_writes_them(string language, string moment, string day) => In(language, () =>
    {
        Assert.Equal(moment, ViewerClock.For("UTC").Exact(new DateTime(2026, 11, 26, 17, 5, 0)));
        Assert.Equal(day, DateTexts.Write(new DateOnly(2026, 11, 20), "DayOfYear"));
    });

    /// <summary>One after the other in one process: a name must not stay as the first reader had it.</summary>
    [Fact]
    public void Countries_are_named_for_each_reader()
    {
        In("ar", () => Assert.Equal("البرازيل", Countries.NameOf("BR")));
        In("en", () => Assert.Equal("Brazil", Countries.NameOf("br")));
        In("id", () => Assert.Equal("Jerman", Countries.NameOf("DE")));
        In("es", () => Assert.Equal(["XX", null, null], new[] { "XX", "", null }.Select(Countries.NameOf)));
    }

    [Fact]
    public async Task A_circuit_speaks_the_language_it_was_opened_in_whoever_comes_back_to_it()
    {
        CircuitLanguage? circuit = null;
        In("ar", () => circuit = new CircuitLanguage());
        var heard = "";

        await Task.Run(() => circuit!.CreateInboundActivityHandler(_ =>
        {
            heard = $"{CultureInfo.CurrentCulture.Name} {CultureInfo.CurrentUICulture.Name}";
            return Task.CompletedTask;
        })(null!));

        Assert.Equal("ar ar", heard);
    }

    private static void In(string language, Action act)
    {
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            act();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
        }
    }
}
