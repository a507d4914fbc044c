using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Numbers;
using WaConsole.Core.OptIns;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.PublicPages;

namespace WaConsole.Web.Tests.Capture;

/// <summary>The pages that anybody may open, over HTTP.</summary>
public sealed partial class PublicPageTests
{
    private const string Words = "I agree that Cafe Luna sends me offers by WhatsApp. Answer STOP to end them. https://luna.example/privacy";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_shows_its_words_to_anybody_without_a_cookie_and_inside_no_other_site()
    {
        await using var console = await StartAsync();
        using var visitor = console.Browser();

        var answer = await visitor.GetAsync("/opt-in/luna", Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("I agree that Cafe Luna sends me offers by WhatsApp", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://luna.example/privacy\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("checked", page, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/opt-in/moon", Token)).StatusCode);
    }

    [Fact]
    public async Task Only_the_sites_of_the_page_may_show_it_inside_theirs()
    {
        await using var console = await StartAsync("https://shop.example\nhttps://news.example");
        using var visitor = console.Browser();

        var answer = await visitor.GetAsync("/opt-in/luna", Token);

        Assert.Contains("frame-ancestors 'self' https://shop.example https://news.example;", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_agrees_is_in_the_registry_with_the_form_as_it_was_and_gets_the_answer_everybody_gets()
    {
        await using var console = await StartAsync();
        using var visitor = console.Browser();

        var first = await PostAsync(console, visitor);
        var stopped = await StopAsync(console);
        var again = await PostAsync(console, visitor);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Token), await again.Content.ReadAsStringAsync(Token));
        var view = (await console.Get<ReadConsent>().RunAsync(Caller.System, stopped, Token))!;
        Assert.Equal(Standing.OptedOut, view.Standing.Marketing.What);
        var granted = view.Lines.Single(line => line.Action == ConsentAction.Granted);
        Assert.True(granted.Complete);
        Assert.Equal(Words, granted.Evidence!.Shown);
        Assert.Contains("\"phone\":\"0170 1234567\"", granted.Evidence.FormJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_fills_in_everything_or_posts_at_once_or_makes_up_a_seal_leaves_nothing()
    {
        await using var console = await StartAsync();
        using var visitor = console.Browser();

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(console, visitor, null, ("homepage", "https://spam.example"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(console, visitor, TimeSpan.FromSeconds(-30))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(console, visitor, TimeSpan.FromDays(2))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(console, visitor, null, ("seal", "made up"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(console, visitor, null, ("agree", ""))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(console, visitor, null, ("phone", "12"))).StatusCode);

        Assert.Empty((await console.Get<ListOptIns>().RunAsync(Caller.System, new OptInQuery(), Token)).Rows);
    }

    [Fact]
    public async Task A_form_that_is_sent_again_is_answered_kindly_and_takes_no_second_number()
    {
        await using var console = await StartAsync();
        using var visitor = console.Browser();
        var seal = await SealAsync(console, TimeSpan.FromSeconds(20));

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(console, visitor, null, ("seal", seal))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(console, visitor, null, ("seal", seal))).StatusCode);
        using var other = await PostAsync(console, visitor, null, ("seal", seal), ("phone", "0170 7654321"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.NotEqual(seal, WebUtility.HtmlDecode(SealField().Match(await other.Content.ReadAsStringAsync(Token)).Groups["seal"].Value));
        Assert.Single((await console.Get<ListOptIns>().RunAsync(Caller.System, new OptInQuery(), Token)).Rows);
    }

    [Fact]
    public async Task Who_was_too_fast_may_press_again_with_what_they_have()
    {
        await using var console = await StartAsync();
        using var visitor = console.Browser();
        var seal = await SealAsync(console, TimeSpan.FromSeconds(-30));

        var page = await (await PostAsync(console, visitor, null, ("seal", seal))).Content.ReadAsStringAsync(Token);

        Assert.Equal(seal, WebUtility.HtmlDecode(SealField().Match(page).Groups["seal"].Value));
    }

    [Fact]
    public async Task One_address_sends_only_so_many_forms_is_told_so_in_words_and_may_leave_all_the_same()
    {
        await using var console = await StartAsync();
        using var visitor = console.Browser();
        for (var form = 0; form < PublicRate.FormsPerWindow; form++)
        {
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await PostAsync(console, visitor, null, ("phone", "12"))).StatusCode);
        }

        using var refused = await PostAsync(console, visitor);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        var told = await refused.Content.ReadAsStringAsync(Token);
        Assert.Contains("STOP", told, StringComparison.Ordinal);
        Assert.Contains(">Try again</a>", told, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self' *;", Assert.Single(refused.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        using var leaves = await visitor.PostAsync("/opt-out", new FormUrlEncodedContent([new("phone", "12")]), Token);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, leaves.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/opt-in/luna", Token)).StatusCode);
    }

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    public void Addresses_of_one_customer_count_together(string one, string other, bool together) =>
        Assert.Equal(together, PublicRate.Of(IPAddress.Parse(one)) == PublicRate.Of(IPAddress.Parse(other)));

    [Theory]
    [InlineData("es", "ltr", "Acepta")]
    [InlineData("ar", "rtl", "موافق")]
    public async Task The_page_speaks_the_language_of_its_words(string language, string direction, string word)
    {
        await using var console = await StartAsync();
        await PublishAsync(console, language, 1);
        using var visitor = console.Browser();
        visitor.DefaultRequestHeaders.Add("Accept-Language", $"{language}, en;q=0.5");

        var page = WebUtility.HtmlDecode(await visitor.GetStringAsync("/opt-in/luna", Token));

        Assert.Contains($"dir=\"{direction}\"", page, StringComparison.Ordinal);
        Assert.Contains(word, page, StringComparison.Ordinal);
        Assert.Contains($"lang=\"{language}\"", page, StringComparison.Ordinal);
        Assert.Contains("Hear from", WebUtility.HtmlDecode(await visitor.GetStringAsync("/opt-in/luna?lang=en", Token)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_somebodys_opt_out_link_changes_nothing_and_pressing_its_button_does()
    {
        await using var console = await StartAsync();
        using var visitor = console.Browser();
        await PostAsync(console, visitor);
        var person = (await console.Get<ListOptIns>().RunAsync(Caller.System, new OptInQuery(), Token)).Rows[0].ContactId;
        var link = "/opt-out/" + await console.Get<MakeOptOutToken>().RunAsync(Caller.System, person, Token);

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(link, Token)).StatusCode);
        Assert.Equal(Standing.OptedIn, await StandingAsync(console, person));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.PostAsync("/opt-out/x", Form([]), Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.PostAsync(link, Form([]), Token)).StatusCode);
        Assert.Equal(Standing.OptedOut, await StandingAsync(console, person));
    }

    [Fact]
    public async Task A_typed_number_is_opted_out_with_the_same_answer_known_or_not()
    {
        await using var console = await StartAsync();
        using var visitor = console.Browser();
        await PostAsync(console, visitor);
        var person = (await console.Get<ListOptIns>().RunAsync(Caller.System, new OptInQuery(), Token)).Rows[0].ContactId;

        var known = await LeaveAsync(console, visitor, "0170 1234567");
        var unknown = await LeaveAsync(console, visitor, "0171 7654321");

        Assert.Equal(known, unknown);
        Assert.Equal(Standing.OptedOut, await StandingAsync(console, person));
    }

    private static async Task<TestConsole> StartAsync(string origins = "")
    {
        var console = await TestConsole.WithAdminAsync();
        await console.Get<ConnectAccount>().RunAsync(Caller.System, TestAccount.Settings(new Uri("http://127.0.0.1:9")), Token);
        var wording = await PublishAsync(console, "en", null);
        var number = (await console.Get<ListNumbers>().RunAsync(Caller.System, Token))[0].Id;
        var saved = Assert.IsType<SaveOptInPageOutcome.Saved>(await console.Get<SaveOptInPage>().RunAsync(
            Caller.System, new OptInPageForm(null, "luna", "Till", wording, number) { Origins = origins }, Token));
        Assert.IsType<ChangeOptInPageOutcome.Changed>(await console.Get<ChangeOptInPage>().RunAsync(Caller.System, saved.PageId, isOpen: true, Token));
        return console;
    }

    private static async Task<long> PublishAsync(TestConsole console, string language, long? wording)
    {
        var saved = Assert.IsType<SaveWordingOutcome.Saved>(await console.Get<SaveWording>().RunAsync(
            Caller.System, new WordingDraft(wording, "Offers", "Cafe Luna", ConsentPurpose.Marketing, language, Words), Token));
        Assert.IsType<PublishWordingOutcome.Published>(await console.Get<PublishWording>().RunAsync(Caller.System, saved.WordingId, language, null, Token));
        return saved.WordingId;
    }

    private static async Task<HttpResponseMessage> PostAsync(
        TestConsole console, HttpClient visitor, TimeSpan? age = null, params (string Name, string Value)[] fields)
    {
        var filled = new Dictionary<string, string>
        {
            ["seal"] = await SealAsync(console, age ?? TimeSpan.FromSeconds(20)),
            ["country"] = "DE",
            ["phone"] = "0170 1234567",
            ["agree"] = "yes",
        };
        foreach (var (name, value) in fields)
        {
            filled[name] = value;
        }

        return await visitor.PostAsync("/opt-in/luna?lang=en", Form([.. filled.Select(field => (field.Key, field.Value))]), Token);
    }

    /// <summary>As the page gave it, that long ago.</summary>
    private static async Task<string> SealAsync(TestConsole console, TimeSpan age)
    {
        var page = (await console.Get<ReadOptInPage>().RunAsync("luna", _ => "en", Token))!;
        return Seal(console, $"luna|{page.VersionId}", age);
    }

    private static string Seal(TestConsole console, string what, TimeSpan age) =>
        new FormSeal(console.Get<IDataProtectionProvider>(), new FakeTimeProvider(console.Get<TimeProvider>().GetUtcNow() - age)).Make(what);

    private static async Task<string> LeaveAsync(TestConsole console, HttpClient visitor, string phone)
    {
        var answer = await visitor.PostAsync(
            "/opt-out", Form([("seal", Seal(console, "opt-out", TimeSpan.FromSeconds(20))), ("country", "DE"), ("phone", phone)]), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private static async Task<long> StopAsync(TestConsole console)
    {
        var person = Assert.Single((await console.Get<ListOptIns>().RunAsync(Caller.System, new OptInQuery(), Token)).Rows).ContactId;
        await console.Get<RecordOptOut>().RunAsync(Caller.System, person, new OptOutRequest(ConsentPurpose.Marketing, ConsentSource.Agent), Token);
        return person;
    }

    private static async Task<Standing> StandingAsync(TestConsole console, long person) =>
        (await console.Get<ReadConsent>().RunAsync(Caller.System, person, Token))!.Standing.Marketing.What;

    private static FormUrlEncodedContent Form((string Name, string Value)[] fields) =>
        new(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));

    [GeneratedRegex("name=\"seal\" value=\"(?<seal>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex SealField();
}
