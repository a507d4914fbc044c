using System.Globalization;
using System.Resources;
using WaConsole.Web.Components.Shared;

namespace WaConsole.Simulator.Phone;

/// <summary>The words on the phone, from <c>PhoneText.resx</c> in the reader's language.</summary>
internal static class PhoneText
{
    private static readonly ResourceManager Words = new("WaConsole.Simulator.Phone.PhoneText", typeof(PhoneText).Assembly);

    public static string T(string key) =>
        Words.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"No text for {key}.");

    public static string T(string key, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.CurrentCulture, T(key), values);

    /// <summary>A text in the form that fits the count, which is its {0}.</summary>
    public static string Count(string key, long count) => T(PluralForm.KeyOf(key, count), count);
}
