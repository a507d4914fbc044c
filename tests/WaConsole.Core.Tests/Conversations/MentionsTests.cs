using WaConsole.Core.Conversations;
using Xunit;

namespace WaConsole.Core.Tests.Conversations;

public sealed class MentionsTests
{
    [Theory]
    [InlineData("@Ana Maria look", "Ana Maria")]
    [InlineData("@Ana, look", "Ana")]
    [InlineData("mail ana@Ana.example", "")]
    [InlineData("@Anatol", "")]
    [InlineData("(@ana)@ @", "Ana")]
    [InlineData("@ANA MARIA and @Ana", "Ana Maria|Ana")]
    public void A_mention_is_the_whole_name_at_the_beginning_of_a_word(string text, string named) =>
        Assert.Equal(named, string.Join('|', Mentions.In(text, [new Assignee(1, "Ana"), new Assignee(2, "Ana Maria")]).Select(person => person.Name)));

    [Theory]
    [InlineData("@Ana, @Anabel and @Ana Maria.", "0+4:Ana 18+10:Ana Maria")]
    [InlineData("x@Ana", "")]
    [InlineData("@Anabel", "")]
    [InlineData("@Ana@Ana Maria", "0+4:Ana")]
    [InlineData("é@Ana (@ANA)", "7+4:Ana")]
    [InlineData("@", "")]
    [InlineData("", "")]
    public void A_mention_is_where_its_whole_name_stands(string text, string where)
    {
        string[] names = ["", "Ana", "Ana Maria"];

        Assert.Equal(where, string.Join(' ', Mentions.Spans(text, names).Select(mention => $"{mention.Start}+{mention.Length}:{names[mention.Who]}")));
    }
}
