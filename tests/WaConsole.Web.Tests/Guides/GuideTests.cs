using System.Text.RegularExpressions;
using WaConsole.Testing.Architecture;
using WaConsole.Web.Components.Guides;
using Xunit;

namespace WaConsole.Web.Tests.Guides;

public sealed partial class GuideTests
{
    [Fact]
    public void Every_guide_has_its_words_and_no_link_or_picture_leads_to_nothing()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "docs/guide"), "*.md").Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md"));
        foreach (var name in files.Select(file => Path.GetFileNameWithoutExtension(file)))
        {
            var guide = Guide.Find(name);
            Assert.NotNull(guide);
            Assert.NotEmpty(guide.Title);
            var addresses = Addresses().Matches(guide.Body.Value).Select(match => match.Groups[1].Value).ToList();
            Assert.All(addresses, address => Assert.True(
                Uri.IsWellFormedUriString(address, UriKind.RelativeOrAbsolute) && Leads(address), $"{name}: {address} leads to nothing."));
        }
    }

    [Theory]
    [InlineData("agents", "<img src=\"/guide/images/inbox-light.png\"")]
    [InlineData("agents", "src=\"/guide/images/inbox-phone-light.png\"")]
    [InlineData("admins", "href=\"/guide/security\"")]
    [InlineData("admins", "<table>")]
    public void A_guide_shows_its_pictures_tables_and_what_it_leads_to(string name, string markup) =>
        Assert.Contains(markup, Guide.Find(name)!.Body.Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("../secrets")]
    [InlineData("nothing")]
    [InlineData("images/inbox-light.png")]
    public void There_is_no_other_document(string name) => Assert.Null(Guide.Find(name));

    private static bool Leads(string address)
    {
        if (address.StartsWith("https://", StringComparison.Ordinal) || address.StartsWith("http://", StringComparison.Ordinal))
        {
            return true;
        }

        if (address.StartsWith("/guide/images/", StringComparison.Ordinal))
        {
            using var picture = Guide.Picture(address["/guide/images/".Length..]);
            return picture is not null;
        }

        return address.StartsWith("/guide/", StringComparison.Ordinal) && Guide.Find(address["/guide/".Length..].Split('#')[0]) is not null;
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Addresses();
}
