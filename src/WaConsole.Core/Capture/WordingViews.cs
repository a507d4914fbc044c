using WaConsole.Core.Consent;

namespace WaConsole.Core.Capture;

/// <summary>Words in one language. <see cref="IsInUse"/>: the newest published ones. A draft has no version yet.</summary>
public sealed record WordingLine(
    long Id, long WordingId, string Language, int? Version, string BusinessName, string Text, string Hash, DateTime? PublishedAtUtc, string PublishedBy,
    bool IsInUse)
{
    /// <summary>Version or date of the privacy notice that the words link to.</summary>
    public string? PrivacyVersion { get; init; }
}

/// <summary><see cref="Lines"/>: every version and draft, by language, newest first.</summary>
public sealed record WordingView(long Id, string Name, string BusinessName, ConsentPurpose Purpose, IReadOnlyList<WordingLine> Lines)
{
    /// <summary>Titles of the published or draft pages that show it.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];

    public IEnumerable<WordingLine> InUse => Lines.Where(line => line.IsInUse);

    public WordingLine? DraftOf(string language) => Lines.FirstOrDefault(line => line.Language == language && line.Version is null);

    public WordingLine? UsedIn(string language) => InUse.FirstOrDefault(line => line.Language == language);
}
