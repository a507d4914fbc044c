using System.Globalization;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>Pure: what a person typed, brought to the one form a value of this type is stored in.</summary>
public static class ContactFieldRules
{
    public const int MaxLength = 1_000;

    public const string Yes = "true";

    public const string No = "false";

    /// <returns>The stored form, empty to clear; or a sentence that says what is wrong.</returns>
    public static (string Value, string? Problem) Read(ContactFieldType type, IReadOnlyList<string> choices, string? typed)
    {
        var text = StoredText.Clean(typed).Trim();
        if (text.Length == 0)
        {
            return ("", null);
        }

        return type switch
        {
            _ when text.Length > MaxLength => Wrong("ValueTooLong", MaxLength),
            ContactFieldType.Number => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                ? (number.ToString(CultureInfo.InvariantCulture), null)
                : Wrong("ValueNumber"),
            ContactFieldType.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? (day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null)
                : Wrong("ValueDate"),
            ContactFieldType.YesNo => text is Yes or No ? (text, null) : Wrong("ValueYesNo"),
            ContactFieldType.Choice => choices.FirstOrDefault(choice => SearchWords.Fold(choice) == SearchWords.Fold(text)) is { } known
                ? (known, null)
                : Wrong("ValueChoice", string.Join(", ", choices)),
            _ => (text, null),
        };
    }

    public static IReadOnlyList<string> ChoicesOf(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (string Value, string? Problem) Wrong(string name, params ReadOnlySpan<object?> values) => ("", Texts.Contacts.Of(name, values));
}
