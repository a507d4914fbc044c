using WaConsole.Core.Storage;

namespace WaConsole.Core.Tests.Storage;

public sealed class StoredTextTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("ab😀", 4, "ab😀")]
    [InlineData("ab😀", 3, "ab")]
    [InlineData("😀", 1, "")]
    [InlineData("abc", 0, "")]
    public void A_text_that_is_cut_ends_with_a_whole_character(string text, int length, string kept)
    {
        Assert.Equal(kept, StoredText.Cut(text, length));
        Assert.Equal(kept, StoredText.Clean(text, length));
    }

    [Fact]
    public void What_PostgreSQL_does_not_take_is_left_out() => Assert.Equal("a\uFFFDb", StoredText.Clean("a\0\uD83Db"));
}
