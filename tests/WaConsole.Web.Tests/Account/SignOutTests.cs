using System.Net;

namespace WaConsole.Web.Tests.Account;

public sealed class SignOutTests
{
    [Fact]
    public async Task Nobody_is_signed_out_by_a_foreign_page()
    {
        await using var console = await TestConsole.WithAdminAsync();
        using var browser = await console.SignedInAsync();

        var answer = await browser.PostAsync("/account/sign-out", new FormUrlEncodedContent([new("returnUrl", "/")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This form is too old", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/settings/team")).StatusCode);
    }
}
