using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace WaConsole.Core.Team;

/// <summary>Random secrets that are shown once and kept as a hash. They carry 256 random bits, so a slow hash would add nothing.</summary>
internal static class Secrets
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
