using System.Globalization;

namespace WaConsole.Core.Consent;

/// <summary>
/// Pure: what the button of a message that asks for confirmation gives back when it is pressed. It names the entry's key, so that only the
/// answer to this one question is a yes.
/// </summary>
internal static class AskButton
{
    /// <summary>How long a question waits for its answer, and nobody is asked again.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromDays(7);

    private const string Prefix = "waconsole:agree:";

    public static string Payload(Guid askKey) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{askKey:N}");

    public static Guid? Read(string? payload) =>
        payload is not null && payload.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(payload.AsSpan(Prefix.Length), "N", out var key)
            ? key
            : null;
}
