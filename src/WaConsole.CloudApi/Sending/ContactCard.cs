namespace WaConsole.CloudApi;

/// <summary>A contact card. WhatsApp wants the formatted name and at least one more part of it.</summary>
public sealed record ContactCard(ContactName Name)
{
    public IReadOnlyList<ContactPhone>? Phones { get; init; }

    public IReadOnlyList<ContactEmail>? Emails { get; init; }

    public IReadOnlyList<ContactAddress>? Addresses { get; init; }

    public ContactOrganisation? Org { get; init; }

    /// <summary>YYYY-MM-DD.</summary>
    public string? Birthday { get; init; }

    public IReadOnlyList<ContactUrl>? Urls { get; init; }
}

public sealed record ContactName(
    string FormattedName,
    string? FirstName = null,
    string? LastName = null,
    string? MiddleName = null,
    string? Prefix = null,
    string? Suffix = null);

/// <param name="WaId">Digits; without it the card offers an invitation instead of a chat.</param>
public sealed record ContactPhone(string Phone, string? Type = null, string? WaId = null);

public sealed record ContactEmail(string Email, string? Type = null);

public sealed record ContactAddress(
    string? Street = null,
    string? City = null,
    string? State = null,
    string? Zip = null,
    string? Country = null,
    string? CountryCode = null,
    string? Type = null);

public sealed record ContactOrganisation(string? Company = null, string? Department = null, string? Title = null);

public sealed record ContactUrl(string Url, string? Type = null);
