using System.Globalization;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Tests.Languages;

public sealed class KeptTextTests
{
    [Fact]
    public void A_kept_sentence_is_read_in_the_language_of_the_reader()
    {
        var kept = Texts.Sending.Keep("HeaderMediaKind", Texts.Templates.Keep("KindImage"));

        Assert.Equal("The header of this template needs a picture. Attach a file of that kind.", In("en", kept));
        Assert.Equal("Header templat ini memerlukan gambar. Lampirkan berkas jenis itu.", In("id", kept));
    }

    [Fact]
    public void Numbers_are_written_as_the_reader_writes_them()
    {
        var kept = Texts.Sending.Keep("MediaTooBig", 20.5, 16d);

        Assert.Contains("20.5 MB", In("en", kept), StringComparison.Ordinal);
        Assert.Contains("20,5 MB", In("es", kept), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Too many messages")]
    [InlineData("text:[")]
    [InlineData("text:[]")]
    [InlineData("text:[1]")]
    [InlineData("""text:["Sending.NoSuchText"]""")]
    [InlineData("""text:["Nowhere.WindowMissed","x"]""")]
    [InlineData("""text:["Sending.MediaTooBig"] and more""")]
    [InlineData("text:[\"Sending.WindowMissed\"")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_kept_sentence_stays_as_it_is(string? text) => Assert.Equal(text, KeptText.Read(text));

    [Fact]
    public void A_sentence_too_deep_in_others_is_not_followed()
    {
        var kept = "the innermost";
        for (var depth = 0; depth < 6; depth++)
        {
            kept = Texts.Sending.Keep("NumberStopped", kept);
        }

        var read = In("en", kept);

        Assert.StartsWith("Nothing is sent from this number", read, StringComparison.Ordinal);
        Assert.Contains("text:[", read, StringComparison.Ordinal);
    }

    private static string? In(string language, string kept)
    {
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return KeptText.Read(kept);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
        }
    }
}
