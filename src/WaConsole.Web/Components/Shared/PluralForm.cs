using System.Globalization;

namespace WaConsole.Web.Components.Shared;

/// <summary>
/// Pure: which of a text's forms a count takes in a language, by the plural rules of CLDR for whole numbers. A text that counts is kept as
/// <c>Name</c> (the form "other", which every language has) and <c>Name.one</c>, <c>Name.few</c> and so on where the language has them.
/// </summary>
internal static class PluralForm
{
    public static IReadOnlyList<string> Of(string language) => language switch
    {
        "ar" => ["zero", "one", "two", "few", "many"],
        "id" => [],
        _ => ["one"],
    };

    public static string KeyOf(string name, long count) =>
        Form(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, Math.Abs(count)) is { } form ? $"{name}.{form}" : name;

    private static string? Form(string language, long count) => (language, count) switch
    {
        ("id", _) => null,
        ("ar", 0) => "zero",
        (_, 1) => "one",
        ("ar", 2) => "two",
        ("ar", _) => (count % 100) switch
        {
            >= 3 and <= 10 => "few",
            >= 11 => "many",
            _ => null,
        },
        ("pt" or "hi", 0) => "one",
        _ => null,
    };
}
