using System.Security.Cryptography;
using System.Text;

namespace WaConsole.CloudApi.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    // RFC 4231, test case 2.
    private const string KnownHeader = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    private static readonly byte[] KnownBody = "what do ya want for nothing?"u8.ToArray();

    [Fact]
    public void The_signature_is_HMAC_SHA256_in_lower_case_hex() =>
        Assert.Equal(KnownHeader, WebhookSignature.Sign(KnownBody, "Jefe"));

    [Fact]
    public void The_right_secret_verifies() => Assert.True(WebhookSignature.Verify(KnownBody, KnownHeader, ["Jefe"]));

    [Fact]
    public void Upper_case_hex_verifies_too() =>
        Assert.True(WebhookSignature.Verify(KnownBody, "sha256=" + KnownHeader[7..].ToUpperInvariant(), ["Jefe"]));

    [Theory]
    [InlineData("old", "new")]
    [InlineData("new", "old")]
    public void During_a_rotation_both_secrets_verify(string first, string second)
    {
        Assert.True(WebhookSignature.Verify(KnownBody, WebhookSignature.Sign(KnownBody, first), [first, second]));
        Assert.True(WebhookSignature.Verify(KnownBody, WebhookSignature.Sign(KnownBody, second), [first, second]));
        Assert.False(WebhookSignature.Verify(KnownBody, WebhookSignature.Sign(KnownBody, "third"), [first, second]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256")]
    [InlineData("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("sha1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("SHA256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec38")]
    [InlineData("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384")]
    [InlineData("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384300")]
    [InlineData("sha256=zbdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(" sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    public void Any_other_header_fails(string? header) =>
        Assert.False(WebhookSignature.Verify(KnownBody, header, ["Jefe"]));

    [Fact]
    public void Without_a_secret_nothing_verifies()
    {
        var signedWithNothing =
            "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Array.Empty<byte>(), KnownBody));

        Assert.False(WebhookSignature.Verify(KnownBody, KnownHeader, []));
        Assert.False(WebhookSignature.Verify(KnownBody, signedWithNothing, [""]));
    }

    [Fact]
    public void One_changed_byte_fails()
    {
        var body = Encoding.UTF8.GetBytes("""{"object":"whatsapp_business_account"}""");
        var header = WebhookSignature.Sign(body, "secret");
        Assert.True(WebhookSignature.Verify(body, header, ["secret"]));

        for (var at = 0; at < body.Length; at++)
        {
            body[at] ^= 1;
            Assert.False(WebhookSignature.Verify(body, header, ["secret"]));
            body[at] ^= 1;
        }
    }

    [Fact]
    public void Bytes_that_are_not_text_are_signed_as_they_are()
    {
        byte[] body = [0xff, 0xfe, 0x00, 0x80];

        Assert.True(WebhookSignature.Verify(body, WebhookSignature.Sign(body, "sécret"), ["sécret"]));
        Assert.True(WebhookSignature.Verify([], WebhookSignature.Sign([], "s"), ["s"]));
    }
}
