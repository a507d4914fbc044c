using System.Globalization;
using System.Text.RegularExpressions;
using WaConsole.Core.Team;
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
        foreach (var parts in files.Select(file => Path.GetFileNameWithoutExtension(file).Split('.')))
        {
            var name = parts[0];
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(parts.ElementAtOrDefault(1) ?? ConsoleLanguages.English);
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

    [Fact]
    public void Every_reader_gets_each_guide_in_their_own_language_with_all_its_parts_and_the_rest_in_English()
    {
        var english = Guide.All.ToDictionary(name => name, name => Guide.Find(name)!);
        foreach (var language in ConsoleLanguages.All.Where(language => language != ConsoleLanguages.English))
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            foreach (var (name, original) in english)
            {
                var guide = Guide.Find(name)!;
                Assert.Equal(language, guide.Language);
                Assert.NotEqual(original.Title, guide.Title);
                Assert.Equal(language == "ar" ? "rtl" : "ltr", guide.Direction);
                Assert.Equal(PartsOf(original), PartsOf(guide));
            }

            Assert.Equal(ConsoleLanguages.English, Guide.Find("security")!.Language);
        }

        static string PartsOf(Guide guide) =>
            string.Join(' ', Parts().Matches(guide.Body.Value).Select(match => match.Value).CountBy(part => part).OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $"{part.Value}{part.Key}"));
    }

    [Theory]
    [InlineData("../secrets")]
    [InlineData("nothing")]
    [InlineData("agents.es")]
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

    [GeneratedRegex("<(?:h2|img|tr|li|table|strong)\\b|href=\"/guide/[a-z-]+\"|<code>[^<]*/[^<]*</code>")]
    private static partial Regex Parts();

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Addresses();
}
