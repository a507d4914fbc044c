using WaConsole.Core.Consent;

namespace WaConsole.Core.Capture;

/// <summary>Words that people agree to, for one business name and one purpose. What they say is in <see cref="WordingVersion"/>.</summary>
internal sealed class Wording
{
    public const int MaxName = 100;
    public const int MaxBusiness = 200;
    public const int MaxText = 4_000;
    public const int MaxLanguage = 16;
    public const int MaxPrivacyVersion = 64;

    public long Id { get; set; }

    /// <summary>What the team calls it.</summary>
    public string Name { get; set; } = "";

    public string BusinessName { get; set; } = "";

    public ConsentPurpose Purpose { get; set; }

    public DateTime CreatedAtUtc { get; set; }
}

/// <summary>
/// The words in one language. Published rows are never changed: entries of the registry name them for years. The newest published one of a
/// language is in use.
/// </summary>
internal sealed class WordingVersion
{
    /// <summary>Of the one draft that a language may have.</summary>
    public const int Draft = 0;

    public long Id { get; set; }

    public long WordingId { get; set; }

    public string Language { get; set; } = "";

    public int Version { get; set; }

    public string BusinessName { get; set; } = "";

    public string Text { get; set; } = "";

    /// <summary>SHA-256 of the text, in hex.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Version or date of the privacy notice that the words link to.</summary>
    public string? PrivacyVersion { get; set; }

    public DateTime? PublishedAtUtc { get; set; }

    public string PublishedBy { get; set; } = "";
}
