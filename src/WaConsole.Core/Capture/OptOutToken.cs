using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace WaConsole.Core.Capture;

/// <summary>
/// Pure: what stands behind the address of a person's own opt-out page: their id with a seal, by which nobody can make one for somebody else.
/// Nothing of it tells who they are.
/// </summary>
internal static class OptOutToken
{
    private const int IdBytes = sizeof(long);
    private const int SealBytes = 16;
    private const int Characters = 32;

    public static string Of(byte[] key, long contactId)
    {
        var whole = new byte[IdBytes + SealBytes];
        BinaryPrimitives.WriteInt64BigEndian(whole, contactId);
        Seal(key, whole.AsSpan(0, IdBytes)).CopyTo(whole.AsSpan(IdBytes));
        return Base64Url.EncodeToString(whole);
    }

    /// <returns>Null for what we did not make.</returns>
    public static long? Read(byte[] key, string token)
    {
        Span<byte> whole = stackalloc byte[IdBytes + SealBytes];
        return token.Length == Characters
            && Base64Url.IsValid(token)
            && Base64Url.TryDecodeFromChars(token, whole, out var written) && written == whole.Length
            && CryptographicOperations.FixedTimeEquals(whole[IdBytes..], Seal(key, whole[..IdBytes]))
                ? BinaryPrimitives.ReadInt64BigEndian(whole)
                : null;
    }

    private static byte[] Seal(byte[] key, ReadOnlySpan<byte> id) => HMACSHA256.HashData(key, (byte[])[.. "opt-out link"u8, .. id])[..SealBytes];
}
