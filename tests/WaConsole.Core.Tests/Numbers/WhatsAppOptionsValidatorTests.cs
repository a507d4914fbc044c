using WaConsole.Core.Numbers;

namespace WaConsole.Core.Tests.Numbers;

public sealed class WhatsAppOptionsValidatorTests
{
    [Fact]
    public void Nothing_configured_is_fine() => Assert.True(Validate(new WhatsAppOptions()).Succeeded);

    [Fact]
    public void A_whole_account_is_fine() => Assert.True(Validate(Whole()).Succeeded);

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        var failures = Validate(new WhatsAppOptions
        {
            AccessToken = "token",
            AppSecret = "short",
            ApiVersion = "25.0",
            GraphBaseAddress = new Uri("http://graph.facebook.com"),
            PhoneNumberId = "+49 30",
        }).Failures!.ToList();

        Assert.Equal(7, failures.Count);
        Assert.Contains(failures, failure => failure.StartsWith("WhatsApp:AppId", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("WhatsApp:VerifyToken", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.StartsWith("WhatsApp:BusinessAccountId", StringComparison.Ordinal));
        Assert.DoesNotContain(failures, failure => failure.Contains("short", StringComparison.Ordinal));
    }

    [Fact]
    public void Plain_http_is_for_this_machine_only()
    {
        var options = Whole();
        options.GraphBaseAddress = new Uri("http://localhost:5081");
        Assert.True(Validate(options).Succeeded);

        options.GraphBaseAddress = new Uri("http://10.0.0.1");
        Assert.True(Validate(options).Failed);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(WhatsAppOptions options) =>
        new WhatsAppOptionsValidator().Validate(null, options);

    private static WhatsAppOptions Whole() => new()
    {
        AppId = "1",
        AppSecret = "0123456789abcdef",
        VerifyToken = "verify",
        AccessToken = "token",
        BusinessAccountId = "2",
        PhoneNumberId = "3",
    };
}
