using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WaConsole.Core.Consent;
using WaConsole.Core.Team;
using WaConsole.Web.Components.OptIns;

namespace WaConsole.Web.Tests.OptIns;

/// <summary>Why somebody wants no marketing is told in the reader's words, also where an earlier release wrote its own.</summary>
public sealed class StopWordsTests
{
    private static readonly IStringLocalizer Words =
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance).Create(typeof(OptInTexts));

    public static TheoryData<string> Languages => [.. ConsoleLanguages.All];

    [Theory, MemberData(nameof(Languages))]
    public void Each_way_of_a_stop_has_words_of_every_language(string language)
    {
        foreach (var source in Enum.GetValues<ConsentSource>())
        {
            Assert.Equal(source, StopReason.SourceOf(source.ToString()));
            Assert.DoesNotContain("Source", Told(source.ToString(), language)!, StringComparison.Ordinal);
        }

        Assert.Equal(Told(nameof(ConsentSource.WhatsAppRefusal), language), Told("WhatsApp 131050", language));
        Assert.Equal(Told(nameof(ConsentSource.WhatsAppPreference), language), Told("Stopped marketing messages in WhatsApp.", language));
    }

    [Theory]
    [InlineData(nameof(ConsentSource.WhatsAppRefusal), "es", "WhatsApp rechazó un mensaje")]
    [InlineData(nameof(ConsentSource.Keyword), "en", "Written word")]
    [InlineData("Said so on the phone.", "hi", "Said so on the phone.")]
    [InlineData("9", "en", "9")]
    [InlineData(null, "en", null)]
    public void What_somebody_wrote_stays_as_it_is(string? kept, string language, string? told) => Assert.Equal(told, Told(kept, language));

    private static string? Told(string? kept, string language)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return StopWords.Of(kept, Words);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
