namespace WaConsole.Core.Contacts;

public enum IdentifierKind
{
    Phone = 1,

    /// <summary>Business-scoped user id (Meta, Business-scoped user IDs, June 2026): unique per person and business portfolio.</summary>
    UserId = 2,
    ParentUserId = 3,

    /// <summary>Display only: changeable, never a key.</summary>
    Username = 4,

    /// <summary>The id of a WhatsApp group, which stands among contacts because it has a conversation.</summary>
    Group = 5,
}

/// <summary>A person. Known by any number of identifiers, each of which may arrive first; none is required.</summary>
internal sealed class Contact
{
    public long Id { get; set; }

    /// <summary>The customer's own profile name, as WhatsApp last sent it.</summary>
    public string ProfileName { get; set; } = "";

    /// <summary>The name our staff gave; wins over the profile name.</summary>
    public string? GivenName { get; set; }

    /// <summary>Digits only, no plus. Null while the customer hides the number.</summary>
    public string? Phone { get; set; }

    public string? UserId { get; set; }

    public string? Username { get; set; }

    /// <summary>ISO country of the phone number or of the user id's prefix.</summary>
    public string? Country { get; set; }

    /// <summary>Lower-case name, username and digits of the phone number: what the inbox search reads.</summary>
    public string SearchText { get; set; } = "";

    public DateTime? OptedOutAtUtc { get; set; }

    /// <summary>See <see cref="Consent.StopReason"/>.</summary>
    public string? OptedOutReason { get; set; }

    /// <summary>WhatsApp announced that another person may now be behind this contact (number or user id changed).</summary>
    public DateTime? IdentityChangedAtUtc { get; set; }

    /// <summary>Set while this person is blocked on at least one of our numbers; see ContactBlock.</summary>
    public DateTime? BlockedAtUtc { get; set; }

    /// <summary>Labels as lists draw them, see Labels.LabelIds.</summary>
    public string? LabelIds { get; set; }

    public long? MergedIntoId { get; set; }

    public DateTime CreatedAtUtc { get; set; }

    public List<ContactIdentifier> Identifiers { get; set; } = [];
}

internal sealed class ContactIdentifier
{
    public long Id { get; set; }

    public long ContactId { get; set; }

    public Contact Contact { get; set; } = null!;

    public IdentifierKind Kind { get; set; }

    /// <summary>As WhatsApp writes it: digits for a phone, the whole user id, the username without @.</summary>
    public string Value { get; set; } = "";

    /// <summary>What is compared: one key for all national spellings of one number (BR, AR, MX), otherwise the value.</summary>
    public string MatchKey { get; set; } = "";

    /// <summary>Portfolio for user ids, empty for phones.</summary>
    public string Scope { get; set; } = "";

    public DateTime FirstSeenAtUtc { get; set; }

    public DateTime LastSeenAtUtc { get; set; }

    /// <summary>Set when a number or id changed: the old one may belong to somebody else later.</summary>
    public DateTime? RetiredAtUtc { get; set; }
}

/// <summary>What our people wrote about a person. Only those who may see the person read it; WhatsApp never does.</summary>
internal sealed class ContactNote
{
    public long Id { get; set; }

    public long ContactId { get; set; }

    public string Text { get; set; } = "";

    public long? AuthorId { get; set; }

    public string AuthorName { get; set; } = "";

    public DateTime CreatedAtUtc { get; set; }

    public DateTime? EditedAtUtc { get; set; }
}

/// <summary>One of our numbers blocked this person on WhatsApp: neither side can write, and messages do not arrive.</summary>
internal sealed class ContactBlock
{
    public long ContactId { get; set; }

    public long NumberId { get; set; }

    public DateTime AtUtc { get; set; }

    public string ByName { get; set; } = "";
}
