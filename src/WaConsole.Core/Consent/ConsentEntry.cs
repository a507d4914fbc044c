namespace WaConsole.Core.Consent;

/// <summary>
/// One thing that happened to somebody's consent. Rows are added and never changed: neither a merge, which moves <see cref="ConsentSubject"/>,
/// nor an erasure, which deletes the key that <see cref="Sealed"/> is read with.
/// </summary>
internal sealed class ConsentEntry
{
    public long Id { get; set; }

    /// <summary>See EntryMac.Form.</summary>
    public int Form { get; set; }

    public long SubjectId { get; set; }

    public ConsentPurpose Purpose { get; set; }

    public ConsentAction Action { get; set; }

    public ConsentSource Source { get; set; }

    /// <summary>When the person did it, on their side.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>The zone the time was told in, or else the usual one: see <see cref="ConsentZone"/>. Null in entries of before, which told UTC.</summary>
    public string? TimeZone { get; set; }

    public DateTime RecordedAtUtc { get; set; }

    /// <summary>The name of the business the person saw.</summary>
    public string? BusinessName { get; set; }

    public long? NumberId { get; set; }

    public long? WordingId { get; set; }

    public int? WordingVersion { get; set; }

    public string? WordingLanguage { get; set; }

    /// <summary>SHA-256 of what was shown, in hex.</summary>
    public string? WordingHash { get; set; }

    public string? PrivacyVersion { get; set; }

    public LawfulBasis? Basis { get; set; }

    /// <summary>ISO country, or EU.</summary>
    public string? Jurisdiction { get; set; }

    public DateTime? ExpiresAtUtc { get; set; }

    /// <summary>All the proof that is asked for is there: see <see cref="ProofRules"/>.</summary>
    public bool Complete { get; set; }

    /// <summary>A colleague; null for the person themselves and for programs.</summary>
    public long? ActorId { get; set; }

    public string ActorName { get; set; } = "";

    /// <summary>With <see cref="ConsentAction.Requested"/>: the client key of the one message that asks.</summary>
    public Guid? AskKey { get; set; }

    /// <summary>With a confirmation: the entry that asked. With <see cref="ConsentAction.Restored"/>: the entry that no longer counts.</summary>
    public long? AnswersEntryId { get; set; }

    /// <summary>A PersonalPart, encrypted with the subject's key.</summary>
    public byte[] Sealed { get; set; } = [];

    /// <summary>
    /// The marks of ConsentSuppressions that this entry set, if it says that somebody was erased, or else ended; see MarkDeeds. Not null with
    /// every erasure, also of somebody who left no mark. Since form 3.
    /// </summary>
    public byte[]? Marks { get; set; }

    /// <summary>HMAC over all of the above.</summary>
    public byte[] Mac { get; set; } = [];
}

/// <summary>
/// Whose entries: a person as known when the first was written. A merge moves the subject and leaves the entries alone.
/// </summary>
internal sealed class ConsentSubject
{
    public long Id { get; set; }

    /// <summary>Whose it is now; null after that contact is gone.</summary>
    public long? ContactId { get; set; }

    /// <summary>The contact it was made for. A merge does not change it, so that what is written later is told apart when the merge is undone.</summary>
    public long MadeFor { get; set; }

    /// <summary>Protected by data protection. Null after erasure: nobody can read the personal parts any more.</summary>
    public string? KeyProtected { get; set; }

    public DateTime? ErasedAtUtc { get; set; }
}

/// <summary>Where a contact stands with one purpose: derived from the entries and written with them, for the gate and lists.</summary>
internal sealed class ConsentState
{
    public long ContactId { get; set; }

    public ConsentPurpose Purpose { get; set; }

    public Standing What { get; set; }

    public DateTime SinceUtc { get; set; }

    public DateTime? ExpiresAtUtc { get; set; }

    public ConsentSource Source { get; set; }

    public bool Complete { get; set; }

    public string? Jurisdiction { get; set; }

    public long EntryId { get; set; }

    public Guid? AskKey { get; set; }
}

/// <summary>A link of the chain: an entry, in an order without gaps. Its MAC covers the entry's and the link before.</summary>
internal sealed class ConsentLink
{
    public long Sequence { get; set; }

    public long EntryId { get; set; }

    public byte[] Mac { get; set; } = [];
}

/// <summary>An entry that is not yet linked.</summary>
internal sealed class ConsentWait
{
    public long EntryId { get; set; }
}

/// <summary>The chain's key, protected by data protection, in a table of its own.</summary>
internal sealed class ConsentKey
{
    public const int Only = 1;

    public int Id { get; set; } = Only;

    public string KeyProtected { get; set; } = "";
}

/// <summary>Who looked at, changed or took away somebody's consent.</summary>
internal sealed class ConsentAudit
{
    public long Id { get; set; }

    public DateTime AtUtc { get; set; }

    public long? AgentId { get; set; }

    public string ByName { get; set; } = "";

    public ConsentDeed Deed { get; set; }

    /// <summary>The contact as it was called then; a merge does not rewrite the log. Null when it was about all of them.</summary>
    public long? PersonId { get; set; }

    /// <summary>See <see cref="AuditDetail"/>.</summary>
    public string? Detail { get; set; }

    public static ConsentAudit Of(long? agentId, string byName, ConsentDeed deed, long? personId, DateTime nowUtc, AuditDetail? detail = null) =>
        new() { AgentId = agentId, ByName = byName, Deed = deed, PersonId = personId, AtUtc = nowUtc, Detail = detail?.Write() };
}

public enum ConsentDeed
{
    Looked = 1,
    OptedIn = 2,
    OptedOut = 3,
    Exported = 4,
    Erased = 5,
    Imported = 7,
    Verified = 8,
    Certificate = 9,

    /// <summary>How long things are kept, after how long consent wears out, an account's rules of sending, and how it confirms a stop.</summary>
    ChangedSettings = 10,

    /// <summary>New words were published.</summary>
    PublishedWording = 11,

    /// <summary>A page was made, changed, published or closed.</summary>
    ChangedPage = 12,
}

/// <summary>
/// Somebody whose data was erased: a keyed hash of a number or an id of theirs, and when. It names nobody, and tells a list, or a new
/// conversation, that here is somebody who was erased.
/// </summary>
internal sealed class ConsentSuppression
{
    public string Mark { get; set; } = "";

    public DateTime AtUtc { get; set; }
}

/// <summary>What reading the whole registry found last, and how far it is while it is being read: one row.</summary>
internal sealed class ConsentCheck
{
    public const int Only = 1;

    public int Id { get; set; } = Only;

    /// <summary>Somebody asked for it, and nobody has begun.</summary>
    public DateTime? AskedAtUtc { get; set; }

    public string AskedByName { get; set; } = "";

    /// <summary>While it is being read: the last sign of life of whoever reads.</summary>
    public DateTime? BeatAtUtc { get; set; }

    /// <summary>Whose reading it is: who was taken over from finds another one here.</summary>
    public Guid? RunId { get; set; }

    /// <summary>How many rows were read so far, of how many.</summary>
    public long Read { get; set; }

    public long ToRead { get; set; }

    /// <summary>When it was read last; null before the first time.</summary>
    public DateTime? EndedAtUtc { get; set; }

    public string ByName { get; set; } = "";

    /// <summary>A ConsentVerdict, of the last time.</summary>
    public string? VerdictJson { get; set; }
}

/// <summary>A file that proves an entry. Its bytes are encrypted; without the row nobody can read them.</summary>
internal sealed class ConsentFile
{
    /// <summary>Its name among the stored files.</summary>
    public Guid Key { get; set; }

    /// <summary>Whose proof it is. Null until an entry names it.</summary>
    public long? SubjectId { get; set; }

    public long? UploadedById { get; set; }

    public long? UploadedByApiKeyId { get; set; }

    public string FileName { get; set; } = "";

    public string MimeType { get; set; } = "";

    public long SizeBytes { get; set; }

    /// <summary>SHA-256 of the file as it was uploaded, in hex.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>The file's key, protected by data protection.</summary>
    public string KeyProtected { get; set; } = "";

    public DateTime CreatedAtUtc { get; set; }
}

/// <summary>What the business decided for its registry and for what is kept: one row.</summary>
internal sealed class ConsentSettings
{
    public const int Only = 1;

    public int Id { get; set; } = Only;

    /// <summary>RetentionTerms.</summary>
    public string RetentionJson { get; set; } = "{}";

    /// <summary>RenewalTerms.</summary>
    public string RenewalJson { get; set; } = "{}";

    /// <summary>When what is too old was removed last.</summary>
    public DateTime? SweptAtUtc { get; set; }
}
