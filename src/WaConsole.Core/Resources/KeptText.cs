using System.Text.Encodings.Web;
using System.Text.Json;

namespace WaConsole.Core.Resources;

/// <summary>
/// A sentence of ours in the database. Its name and what is filled in are kept, not its words: who reads it may read another language than
/// the worker that wrote it. Written as <c>text:["Sending.WindowMissed","2026-11-26 09:00"]</c>; a value may be such a sentence itself.
/// </summary>
internal static class KeptText
{
    private const string Mark = "text:[";

    /// <summary>A sentence in a sentence in a sentence is as deep as ours go; what is kept may have come from elsewhere.</summary>
    private const int MaxDepth = 3;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string area, string name, params ReadOnlySpan<object?> values) =>
        "text:" + JsonSerializer.Serialize<object?[]>([$"{area}.{name}", .. values], Plain);

    /// <summary>The words in the reader's language. Anything that is not a kept sentence is given back as it is.</summary>
    public static string? Read(string? kept) => Read(kept, MaxDepth);

    private static string? Read(string? kept, int depth) =>
        kept is not null && depth > 0 && kept.StartsWith(Mark, StringComparison.Ordinal) ? Worded(kept, depth) ?? kept : kept;

    private static string? Worded(string kept, int depth)
    {
        try
        {
            using var json = JsonDocument.Parse(kept.AsMemory("text:".Length));
            var parts = json.RootElement.EnumerateArray().ToList();
            return parts is [{ ValueKind: JsonValueKind.String } name, ..] && name.GetString()!.Split('.') is [var area, var key]
                ? Texts.Find(area)?.OrNull(key, [.. parts.Skip(1).Select(part => Value(part, depth - 1))])
                : null;
        }
        catch (Exception cause) when (cause is JsonException or FormatException)
        {
            return null;
        }
    }

    private static object? Value(JsonElement part, int depth) => part.ValueKind switch
    {
        JsonValueKind.Number => part.TryGetInt64(out var whole) ? whole : part.GetDouble(),
        JsonValueKind.String => Read(part.GetString(), depth),
        _ => part.ToString(),
    };
}
