using Bunit;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Capture;
using WaConsole.Web.Components.OptIns;
using WaConsole.Web.Components.Public;
using WaConsole.Web.Tests.Conversations;

namespace WaConsole.Web.Tests.Capture;

/// <summary>The screens of wordings, pages and possible stops on the real Core.</summary>
public sealed class CaptureScreenTests : InboxTest
{
    private const string Words = "I agree that Cafe Luna sends me offers by WhatsApp. Answer STOP to end them. https://luna.example/privacy";

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_that_lack_parts_say_so_while_they_are_written_and_are_published_when_complete()
    {
        await AdminAsync();
        var closed = 0;
        var dialog = Render<WordingDialog>(with => with.Add(d => d.OnClose, () => closed++));
        await dialog.FindAll("input")[0].ChangeAsync(new() { Value = "Offers" });
        await dialog.FindAll("input")[1].InputAsync("Cafe Luna");
        await dialog.Find("textarea").InputAsync("Cafe Luna may write.");
        Assert.Equal(3, dialog.FindAll(".part-list li").Count);

        await dialog.Find("[data-publish]").ClickAsync();
        dialog.WaitForAssertion(() => Assert.Equal(3, dialog.FindAll("[role=alert]").Count));
        Assert.Equal(0, closed);

        await dialog.Find("textarea").InputAsync(Words);
        await dialog.Find("[data-publish]").ClickAsync();
        dialog.WaitForAssertion(() => Assert.Equal(1, closed));
        Assert.Equal(1, Assert.Single(Assert.Single(await Host.Get<ListWordings>().RunAsync(Caller.System, Token)).InUse).Version);
    }

    [Fact]
    public async Task The_list_shows_the_words_in_use_and_follows_a_colleague()
    {
        await AdminAsync();
        var wording = await WordingAsync(Words);
        var page = Render<WordingsPage>();
        page.WaitForAssertion(() => Assert.Contains("In use, version 1", page.Markup, StringComparison.Ordinal));

        await WordingAsync(Words + " Newer.", wording);

        page.WaitForAssertion(() => Assert.Contains("In use, version 2", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Earlier versions (1)", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_published_closed_and_spread_from_its_screen()
    {
        await AdminAsync();
        var wording = await WordingAsync(Words);
        Assert.IsType<SaveOptInPageOutcome.Saved>(await Host.Get<SaveOptInPage>().RunAsync(
            Caller.System, new OptInPageForm(null, "luna", "Till", wording, Host.NumberId) { Origins = "https://shop.example" }, Token));
        var page = Render<PagesPage>();

        await page.WaitForElement("[data-publish-page]").ClickAsync();
        await page.WaitForElement("[data-codes]").ClickAsync();

        Assert.StartsWith("data:image/svg+xml;base64,", page.WaitForElement("img.qr").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Contains("Yes, Cafe Luna may write to me on WhatsApp. Code JOIN-", page.Find("[data-ready]").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("input").Select(input => input.GetAttribute("value")), value => value?.StartsWith("<iframe src=\"http://localhost/opt-in/luna\"", StringComparison.Ordinal) == true);

        await page.Find("[data-close-page]").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("Closed", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Published_words_are_chosen_when_an_opt_in_is_recorded()
    {
        var wording = await WordingAsync(Words);
        var conversation = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var contact = (await Host.Get<WaConsole.Core.Conversations.ReadConversation>().RunAsync(Caller.System, conversation, Token))!.ContactId;
        var view = (await Host.Get<ReadConsent>().RunAsync(Caller.System, contact, Token))!;
        var closed = 0;
        var dialog = Render<OptInDialog>(with => with.Add(d => d.View, view).Add(d => d.OnClose, () => closed++));
        var line = Assert.Single(Assert.Single(await Host.Get<ListWordings>().RunAsync(Caller.System, Token)).InUse);

        await dialog.WaitForElement("[data-wording]").ChangeAsync(new() { Value = line.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        dialog.WaitForAssertion(() => Assert.Equal(Words, dialog.Find("blockquote").TextContent));
        await dialog.Find("[data-when]").ChangeAsync(new() { Value = "2026-10-01T09:30:00" });
        await dialog.FindAll("input:not([type=file])")[^1].ChangeAsync(new() { Value = "DE" });
        await dialog.Find("textarea").ChangeAsync(new() { Value = "Folder 3" });
        await dialog.Find("form").SubmitAsync();

        dialog.WaitForAssertion(() => Assert.Equal(1, closed));
        var entry = (await Host.Get<ReadConsent>().RunAsync(Caller.System, contact, Token))!.Lines[0];
        Assert.Equal((wording, 1, true), (entry.WordingId, entry.WordingVersion, entry.Complete));

        // Half past nine where the viewer sits.
        Assert.Equal(new DateTime(2026, 10, 1, 7, 30, 0, DateTimeKind.Utc), entry.AtUtc);
        Assert.NotNull(entry.TimeZone);
    }

    [Fact]
    public async Task An_agreement_from_before_a_stop_is_kept_and_ends_no_stop()
    {
        await WordingAsync(Words);
        var conversation = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var contact = (await Host.Get<WaConsole.Core.Conversations.ReadConversation>().RunAsync(Caller.System, conversation, Token))!.ContactId;
        await Host.Get<RecordOptOut>().RunAsync(Caller.System, contact, new OptOutRequest(ConsentPurpose.Marketing, ConsentSource.Agent), Token);
        var view = (await Host.Get<ReadConsent>().RunAsync(Caller.System, contact, Token))!;
        var closed = 0;
        var dialog = Render<OptInDialog>(with => with.Add(d => d.View, view).Add(d => d.OnClose, () => closed++));
        var line = Assert.Single(Assert.Single(await Host.Get<ListWordings>().RunAsync(Caller.System, Token)).InUse);
        await dialog.WaitForElement("[data-wording]").ChangeAsync(new() { Value = line.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await dialog.FindAll("input:not([type=file])")[^1].ChangeAsync(new() { Value = "DE" });
        await dialog.Find("textarea").ChangeAsync(new() { Value = "Paper in folder 3" });

        await dialog.Find("form").SubmitAsync();
        Assert.Contains("when they agreed", dialog.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        await dialog.Find("[data-when]").ChangeAsync(new() { Value = "2026-10-01T09:30:00" });
        Assert.Contains("the stop stands", dialog.WaitForElement(".problem[role=status]").TextContent, StringComparison.Ordinal);
        await dialog.Find("form").SubmitAsync();

        dialog.WaitForAssertion(() => Assert.Equal(1, closed));
        Assert.Equal(Standing.OptedOut, (await Host.Get<ReadConsent>().RunAsync(Caller.System, contact, Token))!.Standing.Marketing.What);
    }

    [Theory]
    [InlineData("See https://luna.example/privacy.", new[] { "See ", "https://luna.example/privacy", "." })]
    [InlineData("https://a.example https://b.example", new[] { "https://a.example", " ", "https://b.example" })]
    [InlineData("No link", new[] { "No link" })]
    public void Links_among_words_are_found_and_nothing_is_lost(string words, string[] parts) => Assert.Equal(parts, LinkedWords.Parts(words));

    private Task AdminAsync() => Rows.RoleAsync(Ana.Id, Role.Admin);

    private async Task<long> WordingAsync(string text, long? id = null)
    {
        var saved = Assert.IsType<SaveWordingOutcome.Saved>(await Host.Get<SaveWording>().RunAsync(
            Caller.System, new WordingDraft(id, "Offers", "Cafe Luna", ConsentPurpose.Marketing, "en", text), Token));
        Assert.IsType<PublishWordingOutcome.Published>(await Host.Get<PublishWording>().RunAsync(Caller.System, saved.WordingId, "en", null, Token));
        return saved.WordingId;
    }
}
