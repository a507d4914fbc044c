using System.Security.Cryptography;
using System.Text;

namespace WaConsole.CloudApi;

/// <summary>
/// The GET with which Meta checks an address: <c>hub.mode</c>, <c>hub.verify_token</c>, <c>hub.challenge</c>.
/// </summary>
public static class WebhookHandshake
{
    /// <summary>What to answer as plain text with 200; null means 403.</summary>
    public static string? Answer(string? mode, string? token, string? challenge, IReadOnlyList<string> verifyTokens)
    {
        if (!string.Equals(mode, "subscribe", StringComparison.Ordinal) || token is null || challenge is null)
        {
            return null;
        }

        // Hashed first, so that not even the length of the right token can be timed.
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        var known = false;
        foreach (var candidate in verifyTokens)
        {
            var expected = SHA256.HashData(Encoding.UTF8.GetBytes(candidate));
            known |= candidate.Length > 0 && CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return known ? challenge : null;
    }
}
