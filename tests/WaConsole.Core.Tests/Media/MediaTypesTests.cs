using System.Text;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;

namespace WaConsole.Core.Tests.Media;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("FFD8FFE000104A464946", null, null, "image/jpeg", MessageKind.Image)]
    [InlineData("89504E470D0A1A0A0000", null, null, "image/png", MessageKind.Image)]
    [InlineData("524946460000000057454250565038200000", null, null, "image/webp", MessageKind.Sticker)]
    [InlineData("4F676753000200000000", "audio/ogg; codecs=opus", null, "audio/ogg", MessageKind.Audio)]
    [InlineData("000000186674797069736F6D00000200", "video/mp4", null, "video/mp4", MessageKind.Video)]
    [InlineData("000000186674797069736F6D00000200", "audio/mp4", null, "audio/mp4", MessageKind.Audio)]
    [InlineData("00000018667479704D34412000000200", null, null, "audio/mp4", MessageKind.Audio)]
    [InlineData("00000018667479703367703400000200", null, null, "video/3gpp", MessageKind.Video)]
    [InlineData("494433040000000000", null, null, "audio/mpeg", MessageKind.Audio)]
    [InlineData("FFF15080", null, null, "audio/aac", MessageKind.Audio)]
    [InlineData("FFFB9064", null, null, "audio/mpeg", MessageKind.Audio)]
    [InlineData("2321414D520A3C", null, null, "audio/amr", MessageKind.Audio)]
    [InlineData("255044462D312E37", "image/jpeg", "picture.jpg", "application/pdf", MessageKind.Document)]
    [InlineData("D0CF11E0A1B11AE1", null, "prices.xls", "application/vnd.ms-excel", MessageKind.Document)]
    [InlineData("4D5A90000300", "image/png", "cat.png", "application/octet-stream", MessageKind.Document)]
    public void The_bytes_decide_the_type(string hex, string? claimed, string? name, string type, MessageKind kind)
    {
        var sniffed = MediaTypes.Sniff(Convert.FromHexString(hex), claimed, name);

        Assert.Equal((type, kind), (sniffed.MimeType, sniffed.SendAs));
    }

    [Fact]
    public void Markup_is_words_and_never_something_that_runs()
    {
        var type = MediaTypes.Sniff("<html><script>alert(1)</script>"u8, "text/html", "page.html").MimeType;

        Assert.Equal("text/plain", type);
        Assert.False(MediaTypes.MayShowInline(type));
        Assert.False(MediaTypes.MayShowInline("image/svg+xml"));
    }

    [Fact]
    public void A_head_that_ends_inside_a_letter_is_still_words() =>
        Assert.Equal("text/plain", MediaTypes.Sniff(Encoding.UTF8.GetBytes("Größe ö")[..^1]).MimeType);

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\offer.pdf", "offer.pdf")]
    [InlineData("in\u202Efdp.exe", "infdp.exe")]
    [InlineData("a\r\nb\0c.txt", "abc.txt")]
    [InlineData("<img src=x>.png", "_img src=x_.png")]
    [InlineData("...", "file.pdf")]
    [InlineData("", "file.pdf")]
    public void A_file_name_of_somebody_else_is_made_harmless(string given, string safe) =>
        Assert.Equal(safe, SafeFileName.Of(given, MessageKind.Document, "application/pdf"));

    [Fact]
    public void A_name_of_any_length_fits_and_keeps_its_extension()
    {
        var safe = SafeFileName.Of(new string('ä', 5_000) + ".pdf", MessageKind.Document, null);

        Assert.True(safe.Length <= 120);
        Assert.EndsWith(".pdf", safe, StringComparison.Ordinal);
    }
}
