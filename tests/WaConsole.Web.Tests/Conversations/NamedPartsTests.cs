using WaConsole.Web.Components.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class NamedPartsTests
{
    [Theory]
    [InlineData("@Anabel", "@Anabel")]
    [InlineData("x@Ana", "x@Ana")]
    [InlineData("Ask @Ana, or @ana maria!", "Ask |[@Ana]|, or |[@ana maria]|!")]
    [InlineData("@Ana", "[@Ana]")]
    public void Whom_a_note_names_is_marked_and_nobody_else(string text, string parts) =>
        Assert.Equal(parts, string.Join('|', NamedParts.Of(text, ["Ana", "Ana Maria"]).Select(part => part.Named ? $"[{part.Text}]" : part.Text)));
}
