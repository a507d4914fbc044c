using System.Text.Json;
using System.Text.Json.Serialization;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>What of an entry points to a person: read only with the person's key.</summary>
internal sealed record PersonalPart
{
    public string? Phone { get; init; }

    public IReadOnlyList<string> UserIds { get; init; } = [];

    public string? Username { get; init; }

    public string? Name { get; init; }

    public ConsentEvidence Evidence { get; init; } = new();

    /// <summary>Of the file that the evidence names; since form 2.</summary>
    public string? FileSha256 { get; init; }

    /// <summary>What the file's row says: see VerifyFiles.RowHash.</summary>
    public string? FileRow { get; init; }

    private static readonly JsonSerializerOptions Shape = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Shape);

    public static PersonalPart Read(byte[] json) => JsonSerializer.Deserialize<PersonalPart>(json, Shape)!;
}

/// <summary>What proves an entry.</summary>
public sealed record ConsentEvidence
{
    /// <summary>WhatsApp's id of the customer's message.</summary>
    public string? Wamid { get; init; }

    /// <summary>What the customer wrote or tapped.</summary>
    public string? Text { get; init; }

    /// <summary>A colleague's note, or where the paper lies.</summary>
    public string? Note { get; init; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    /// <summary>The form as it was filled in.</summary>
    public string? FormJson { get; init; }

    /// <summary>The words that were shown, as they were.</summary>
    public string? Shown { get; init; }

    /// <summary>The message that asked for it, as the person saw it, with its buttons.</summary>
    public string? Question { get; init; }

    /// <summary>The opt-in page it was agreed to on, or by a code of.</summary>
    public long? PageId { get; init; }

    /// <summary>A stored file.</summary>
    public Guid? File { get; init; }

    [JsonIgnore]
    public bool IsEmpty => (this with { Shown = null }) == new ConsentEvidence();

    /// <summary>Blanks prove nothing. What was shown keeps its own, so that it stays what its hash was made of.</summary>
    internal ConsentEvidence Cleaned() => this with
    {
        Wamid = Trimmed(Wamid, 512),
        Text = Trimmed(Text, 4_000),
        Note = Trimmed(Note, 4_000),
        IpAddress = Trimmed(IpAddress, 64),
        UserAgent = Trimmed(UserAgent, 500),
        FormJson = Trimmed(FormJson, 10_000),
        Question = Trimmed(Question, 4_000),
        Shown = StoredText.CleanOrNull(Shown, 4_000),
    };

    private static string? Trimmed(string? text, int longest) => StoredText.CleanOrNull(text?.Trim(), longest);
}
