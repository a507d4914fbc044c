using System.Collections.Frozen;
using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>Every known error code with what it means, what to do, and the sentence for an agent.</summary>
public static class ErrorBook
{
    private static readonly (int First, int Last, ErrorBookEntry Entry)[] Ranges;
    private static readonly FrozenDictionary<int, ErrorBookEntry> Entries;

    static ErrorBook()
    {
        using var stream = typeof(ErrorBook).Assembly.GetManifestResourceStream("error-codes.json")!;
        using var document = JsonDocument.Parse(stream);

        var entries = new Dictionary<int, ErrorBookEntry>();
        var ranges = new List<(int, int, ErrorBookEntry)>();
        foreach (var row in document.RootElement.EnumerateArray())
        {
            var entry = ReadEntry(row);
            entries.Add(entry.Code, entry);
            if (row.TryGetProperty("code_to"u8, out var last))
            {
                ranges.Add((entry.Code, last.GetInt32(), entry));
            }
        }

        Entries = entries.ToFrozenDictionary();
        Ranges = [.. ranges];
    }

    public static IReadOnlyCollection<ErrorBookEntry> All => Entries.Values;

    /// <summary>The entry of a code; an unlisted code gets an entry that asks a person to look.</summary>
    public static ErrorBookEntry Find(int code)
    {
        if (Entries.TryGetValue(code, out var entry))
        {
            return entry;
        }

        foreach (var range in Ranges)
        {
            if (code >= range.First && code <= range.Last)
            {
                return range.Entry with { Code = code };
            }
        }

        return Unlisted(code, ErrorRetry.Fix, maybeSent: false);
    }

    /// <summary>
    /// As <see cref="Find(int)"/>, and an unlisted code is judged by its HTTP status and Meta's transient mark.
    /// </summary>
    public static ErrorBookEntry Find(CloudApiError error)
    {
        var entry = Find(error.Code);
        if (!ReferenceEquals(entry.Title, UnlistedTitle))
        {
            return entry;
        }

        return error switch
        {
            { HttpStatus: >= 500 } => Unlisted(error.Code, ErrorRetry.Backoff, maybeSent: true),
            { HttpStatus: 429 } or { IsTransient: true } => Unlisted(error.Code, ErrorRetry.Backoff, maybeSent: false),
            _ => entry,
        };
    }

    /// <summary>
    /// What an error should stop. Codes that only ask for patience stay with the message (or, for the pair limit, with
    /// the recipient); read together with <see cref="ErrorBookEntry.Retry"/>.
    /// </summary>
    public static ErrorScope ScopeOf(int code) => code switch
    {
        131050 or 130403 or 130497 or 130472 or 131026 or 131049 or 131056 => ErrorScope.Recipient,
        131048 or 131064 or 132001 or 132007 or 132015 or 132016 or 132068 or 132069 => ErrorScope.Template,
        131045 or 133010 or 33 or 131037 => ErrorScope.Number,
        0 or 190 or 10 or (>= 200 and <= 299) or 131005 or 131031 or 368 or 131042 => ErrorScope.Account,
        _ => ErrorScope.Message,
    };

    private const string UnlistedTitle = "Unlisted error";

    private static ErrorBookEntry Unlisted(int code, ErrorRetry retry, bool maybeSent) => new(
        code,
        UnlistedTitle,
        "WhatsApp answered with a code that is not in the error book.",
        retry,
        maybeSent
            ? "WhatsApp did not confirm. We wait for its status before anything is sent again."
            : retry == ErrorRetry.Backoff
                ? "WhatsApp asks us to wait. The message stays queued and will be tried again."
                : "WhatsApp refused this for a reason we do not know. See the detail text and tell an administrator.",
        maybeSent);

    private static ErrorBookEntry ReadEntry(JsonElement row) => new(
        row.GetProperty("code"u8).GetInt32(),
        row.GetProperty("title"u8).GetString()!,
        row.GetProperty("meaning"u8).GetString()!,
        row.GetProperty("retry"u8).GetString() switch
        {
            "never" => ErrorRetry.Never,
            "backoff" => ErrorRetry.Backoff,
            "window" => ErrorRetry.Window,
            _ => ErrorRetry.Fix,
        },
        row.GetProperty("agent_hint"u8).GetString()!,
        row.TryGetProperty("maybe_sent"u8, out var maybe) && maybe.ValueKind == JsonValueKind.True);
}
