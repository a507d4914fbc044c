using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// The keys of the registry: one for the chain, in a table of its own, and one for each person, beside the person. All are protected by
/// data protection (decision 16).
/// </summary>
internal sealed class ConsentSecrets
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly IDbContextFactory<WaConsoleDb> _contexts;
    private readonly IDataProtector _protector;

    private byte[]? _chainKey;

    public ConsentSecrets(IDbContextFactory<WaConsoleDb> contexts, IDataProtectionProvider protection)
    {
        _contexts = contexts;
        _protector = protection.CreateProtector("WaConsole.Consent");
    }

    /// <summary>The chain's key, made in the caller's transaction when there is none yet. It is remembered only once it is committed.</summary>
    public async Task<byte[]> ChainKeyAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        if (_chainKey is { } known)
        {
            return known;
        }

        await using (var committed = await _contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await ReadAsync(committed, cancellationToken) is { } key)
            {
                return _chainKey = key;
            }
        }

        var fresh = _protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "ConsentKeys" ("Id", "KeyProtected") VALUES ({ConsentKey.Only}, {fresh}) ON CONFLICT ("Id") DO NOTHING""", cancellationToken);
        return (await ReadAsync(db, cancellationToken))!;
    }

    public string NewPersonKey() => _protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));

    public byte[] Seal(string personKey, long subjectId, PersonalPart part) => Encrypt(personKey, BitConverter.GetBytes(subjectId), part.Write());

    /// <returns>Null when the key is gone or the bytes are not what was sealed.</returns>
    public PersonalPart? Open(string? personKey, long subjectId, byte[] whole) =>
        Decrypt(personKey, BitConverter.GetBytes(subjectId), whole) is { } plain ? PersonalPart.Read(plain) : null;

    /// <summary>A file under a key of its own, bound to its name: another file's bytes under this name do not open.</summary>
    public byte[] SealFile(string fileKey, Guid name, byte[] plain) => Encrypt(fileKey, name.ToByteArray(), plain);

    /// <returns>Null when the bytes are not what was sealed under this name.</returns>
    public byte[]? OpenFile(string fileKey, Guid name, byte[] whole) => Decrypt(fileKey, name.ToByteArray(), whole);

    private byte[] Encrypt(string key, byte[] boundTo, byte[] plain)
    {
        var whole = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(Reveal(key), TagBytes);
        cipher.Encrypt(whole.AsSpan(0, NonceBytes), plain, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), boundTo);
        return whole;
    }

    private byte[]? Decrypt(string? key, byte[] boundTo, byte[] whole)
    {
        if (key is null || whole.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        try
        {
            var plain = new byte[whole.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(Reveal(key), TagBytes);
            cipher.Decrypt(whole.AsSpan(0, NonceBytes), whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), plain, boundTo);
            return plain;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private byte[] Reveal(string key) => Convert.FromBase64String(_protector.Unprotect(key));

    private async Task<byte[]?> ReadAsync(WaConsoleDb db, CancellationToken cancellationToken) =>
        await db.ConsentKeys.AsNoTracking().OrderBy(k => k.Id).Select(k => k.KeyProtected).FirstOrDefaultAsync(cancellationToken) is { } kept ? Reveal(kept) : null;
}
