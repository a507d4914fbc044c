using WaConsole.Web.Components.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class WhatsAppTextTests
{
    [Theory]
    [InlineData("*bold*", TextMark.Bold, "bold")]
    [InlineData("_italic_", TextMark.Italic, "italic")]
    [InlineData("~gone~", TextMark.Strike, "gone")]
    [InlineData("`code *as is*`", TextMark.Code, "code *as is*")]
    [InlineData("```two\nlines```", TextMark.CodeBlock, "two\nlines")]
    [InlineData("> quoted", TextMark.Quote, "quoted")]
    [InlineData("- item", TextMark.Bullet, "item")]
    [InlineData("12. item", TextMark.Numbered, "item")]
    public void Marks_have_their_meaning(string text, TextMark mark, string inside)
    {
        var piece = Assert.Single(WhatsAppText.Read(text));

        Assert.Equal(mark, piece.Mark);
        Assert.Equal(inside, piece.Plain);
    }

    [Theory]
    [InlineData("2*3*4")]
    [InlineData("* not bold *")]
    [InlineData("snake_case_name")]
    [InlineData("**")]
    [InlineData("``````")]
    [InlineData("> ")]
    [InlineData("1.no space")]
    public void What_is_no_formatting_stays_as_it_is(string text) =>
        Assert.All(WhatsAppText.Read(text), piece => Assert.True(piece.Mark is TextMark.Plain or TextMark.Bullet));

    [Fact]
    public void Marks_nest()
    {
        var bold = Assert.Single(WhatsAppText.Read("*bold _and italic_*"));

        Assert.Equal(TextMark.Bold, bold.Mark);
        Assert.Equal([TextMark.Plain, TextMark.Italic], bold.Inner.Select(piece => piece.Mark));
    }

    [Theory]
    [InlineData("See https://example.com/a?b=1.", "https://example.com/a?b=1")]
    [InlineData("write to ana@example.com!", "mailto:ana@example.com")]
    [InlineData("call tel:+4930123", "tel:+4930123")]
    public void Addresses_become_links(string text, string target) =>
        Assert.Equal(target, Assert.Single(WhatsAppText.Read(text), piece => piece.Mark == TextMark.Link).Target);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//example.com")]
    [InlineData("https://")]
    [InlineData("JaVaScRiPt:alert(1)//@example.com")]
    public void Nothing_else_does(string text) => Assert.Null(SafeLink.Of(text));

    [Fact]
    public void Any_text_is_read_without_fault_and_none_of_it_is_lost()
    {
        string[] alphabet = ["*", "_", "~", "`", "```", ">", " ", "\n", "- ", "1. ", "a", "B", "é", "🙏", "@", ".", ":", "/", "https://", "x.de", "<", "&", "\u202e", "\ud800"];
        var random = new Random(20261124);
        for (var run = 0; run < 5000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => alphabet[random.Next(alphabet.Length)]));

            Assert.Equal(text, string.Concat(WhatsAppText.Read(text).Select(piece => piece.Source)));
        }
    }

    [Theory]
    [InlineData("*a ")]
    [InlineData("*a* ")]
    [InlineData("_*~")]
    [InlineData("`")]
    [InlineData("a@")]
    public void The_longest_text_there_is_costs_no_more_than_its_length(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 65_536 / unit.Length));

        Assert.Equal(text, string.Concat(WhatsAppText.Read(text).Select(piece => piece.Source)));
    }

    [Theory]
    [InlineData("🙏", true)]
    [InlineData("❤️👍🏽", true)]
    [InlineData("🙏 ok", false)]
    [InlineData("", false)]
    [InlineData("12", false)]
    public void Only_emoji_are_shown_large(string text, bool large) => Assert.Equal(large, WhatsAppText.IsOnlyEmoji(text));
}
