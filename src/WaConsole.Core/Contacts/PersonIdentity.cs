using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>
/// How a webhook or a caller names a person: phone as digits, user ids as WhatsApp writes them. Each part may be missing.
/// <see cref="Scope"/> is the portfolio the user ids belong to.
/// </summary>
internal sealed record PersonIdentity(
    string Scope, string? Phone = null, string? UserId = null, string? ParentUserId = null, string? Username = null, string? ProfileName = null)
{
    private const int KeyLength = 512;
    private const int NameLength = 500;

    /// <summary>When WhatsApp saw them so; null for now.</summary>
    public DateTime? SeenAtUtc { get; init; }

    public bool HasKey => Phone is not null || UserId is not null || ParentUserId is not null;

    /// <summary>The same, fit to be stored and compared; empty parts are null.</summary>
    public PersonIdentity Cleaned() => this with
    {
        Phone = Phone is null ? null : StoredText.CleanOrNull(PhoneMatchKey.Digits(Phone), KeyLength),
        UserId = StoredText.CleanOrNull(UserId?.Trim(), KeyLength),
        ParentUserId = StoredText.CleanOrNull(ParentUserId?.Trim(), KeyLength),
        Username = StoredText.CleanOrNull(Username?.Trim().TrimStart('@'), KeyLength),
        ProfileName = StoredText.CleanOrNull(ProfileName?.Trim(), NameLength),
    };

    /// <summary>Never shows whom it names.</summary>
    public override string ToString() => nameof(PersonIdentity);
}
