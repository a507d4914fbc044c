using System.Net;
using System.Net.Http.Headers;
using System.Text;
using WaConsole.Core.Team;
using WaConsole.Web.Tests.Api;

namespace WaConsole.Web.Tests.Languages;

/// <summary>Pages over HTTP, as a browser of another country asks for them.</summary>
public sealed class LanguageTests
{
    private const string Picker = "action=\"/account/language\"";

    [Fact]
    public async Task The_first_visit_is_answered_in_the_language_of_the_browser()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var arabic = Asking(console, "ar-EG,ar;q=0.9,en;q=0.5");
        using var french = Asking(console, "fr-FR");

        var page = await arabic.GetStringAsync("/account/sign-in");

        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", page, StringComparison.Ordinal);
        Assert.Contains("تسجيل الدخول", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", await french.GetStringAsync("/account/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_picked_before_sign_in_is_kept_by_the_browser()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = Asking(console, "en");

        var answer = await TestConsole.PostFormAsync(
            browser, "/account/sign-in", Picker, "/account/language", [("language", "pt-BR"), ("returnUrl", "/account/forgot")]);

        Assert.Equal("/account/forgot", answer.Headers.Location?.OriginalString);
        Assert.Contains("<html lang=\"pt-BR\"", await browser.GetStringAsync("/account/sign-in"), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"pt-BR\"", await browser.GetStringAsync("/account/set-up"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/", "es", "/")]
    [InlineData("//elsewhere.example/", "xx", "/")]
    public async Task The_picker_leads_nowhere_else_and_takes_no_other_language(string returnUrl, string language, string location)
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = Asking(console, "hi");

        var answer = await TestConsole.PostFormAsync(
            browser, "/account/sign-in", Picker, "/account/language", [("language", language), ("returnUrl", returnUrl)]);

        Assert.Equal(location, answer.Headers.Location?.OriginalString);
        Assert.Contains($"<html lang=\"{(language == "xx" ? "hi" : language)}\"", await browser.GetStringAsync("/account/sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_chose_goes_above_what_the_browser_says_on_every_device()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = await console.SignedInAsync();

        var saved = await TestConsole.PostFormAsync(
            browser, "/account/profile", "language", ("Input.Language", "es"), ("Input.TimeZone", "America/Bogota"));

        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var page = await browser.GetStringAsync("/account/profile");
        Assert.Contains("<html lang=\"es\" dir=\"ltr\">", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"America/Bogota\" selected>", page, StringComparison.Ordinal);

        using var elsewhere = Asking(console, "en");
        await TestConsole.SignInAsync(elsewhere, TestConsole.AdminEmail, TestConsole.AdminPassword);
        Assert.Contains("<html lang=\"es\"", await elsewhere.GetStringAsync("/account/profile"), StringComparison.Ordinal);
        var admin = await console.AdminAsync();
        Assert.Equal("America/Bogota", (await console.Get<ReadCaller>().RunAsync(admin.AgentId!.Value, CancellationToken.None))?.TimeZone);
    }

    [Fact]
    public async Task Problems_of_forms_and_pages_of_errors_speak_it_too()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = Asking(console, "es-MX");

        var wrong = await (await TestConsole.SignInAsync(browser, TestConsole.AdminEmail, "not the password")).Content.ReadAsStringAsync();
        var stale = await (await browser.PostAsync("/account/sign-out", new FormUrlEncodedContent([new("returnUrl", "/")]))).Content.ReadAsStringAsync();

        Assert.Contains("<html lang=\"es\"", wrong, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"es\"", stale, StringComparison.Ordinal);
        Assert.DoesNotContain("do not go together", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("too old", stale, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_gets_the_sentence_of_a_refusal_in_the_language_it_asks_for_and_the_same_code()
    {
        await using var host = await ConsoleHost.StartAsync();
        using var crm = await host.ProgramAsync();
        crm.DefaultRequestHeaders.AcceptLanguage.Add(StringWithQualityHeaderValue.Parse("id"));

        using var answer = await crm.PostAsync(
            "/api/v1/messages",
            new StringContent($$"""{"to":"12","numberId":"{{host.NumberId}}","type":"text","text":"Halo"}""", Encoding.UTF8, "application/json"));

        var problem = await answer.Content.ReadAsStringAsync();
        Assert.Contains("invalid_phone", problem, StringComparison.Ordinal);
        Assert.Contains("Itu bukan nomor telepon yang dapat dijangkau WhatsApp.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_Identity_refuses_is_refused_in_the_language_of_the_person()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = await console.SignedInAsync();
        await TestConsole.PostFormAsync(browser, "/account/profile", "language", ("Input.Language", "id"), ("Input.TimeZone", ""));

        var answer = await TestConsole.PostFormAsync(
            browser, "/account/profile", "password", ("Input.Current", TestConsole.AdminPassword), ("Input.Password", "ONLY CAPITALS 1"));

        Assert.Contains("Gunakan sedikitnya satu huruf kecil dari a sampai z.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static HttpClient Asking(TestConsole console, string languages)
    {
        var browser = console.Browser();
        browser.DefaultRequestHeaders.AcceptLanguage.Clear();
        foreach (var language in languages.Split(','))
        {
            browser.DefaultRequestHeaders.AcceptLanguage.Add(StringWithQualityHeaderValue.Parse(language));
        }

        return browser;
    }
}
