using WaConsole.Testing;
using WaConsole.Testing.Architecture;

namespace WaConsole.Core.Tests.Architecture;

public sealed class SourceTests
{
    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void Folders_are_nouns_of_the_domain(string part)
    {
        Offences.None(SourceRules.FoldersNamedAfterNothing(Path.Combine(Repository.Root, part)));

        var planted = TempFolder.Folder("sources");
        Directory.CreateDirectory(Path.Combine(planted, "Conversations", "Helpers"));
        Assert.Single(SourceRules.FoldersNamedAfterNothing(planted));
    }

    [Fact]
    public void Markup_holds_neither_style_nor_script()
    {
        Offences.None(
        [
            .. from file in Repository.Sources("src", "*.razor")
               from found in SourceRules.InlineStyleOrScript(File.ReadAllText(file))
               select $"{Path.GetRelativePath(Repository.Root, file)}: {found}",
        ]);
    }

    [Theory]
    [InlineData("""<div class="row" style="color: red">""")]
    [InlineData("""<div style="@Width">""")]
    [InlineData("<style>p { margin: 0 }</style>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("""<button onclick="send()">""")]
    public void A_planted_style_or_script_is_seen(string markup) => Assert.Single(SourceRules.InlineStyleOrScript(markup));

    [Theory]
    [InlineData("""<script src="@Assets["js/theme.js"]"></script>""")]
    [InlineData("""<button @onclick="SendAsync" class="btn">""")]
    [InlineData("""@* <div style="color: red"> *@""")]
    public void What_is_allowed_is_not_reported(string markup) => Assert.Empty(SourceRules.InlineStyleOrScript(markup));
}
