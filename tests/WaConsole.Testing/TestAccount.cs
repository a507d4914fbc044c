using WaConsole.CloudApi;
using WaConsole.Core.Numbers;

namespace WaConsole.Testing;

/// <summary>The account most tests use, with the ids of the simulator's own so that the same fixture serves both.</summary>
public static class TestAccount
{
    public const string WhatsAppId = "710000000000001";
    public const string PhoneNumberId = "720000000000001";
    public const string SecondPhoneNumberId = "720000000000002";
    public const string DisplayPhoneNumber = "+49 30 23125100";
    public const string AppSecret = "simulated-app-secret";
    public const string VerifyToken = "simulated-verify-token";
    public const string AccessToken = "simulated-access-token";

    public static AccountSettings Settings(Uri graphBaseAddress) => new(
        "Alder & Oak", WhatsAppId, graphBaseAddress, "v25.0", "700000000000001", AppSecret, null, VerifyToken, AccessToken, IsSimulated: true,
        [
            new NumberSettings(PhoneNumberId, DisplayPhoneNumber, "Berlin shop", NumberEnvironment.Production),
            new NumberSettings(SecondPhoneNumberId, "+43 1 5550100", "Vienna shop", NumberEnvironment.Production),
        ]);

    /// <summary>The header WhatsApp would send with this body.</summary>
    public static string Sign(ReadOnlySpan<byte> body) => WebhookSignature.Sign(body, AppSecret);
}
