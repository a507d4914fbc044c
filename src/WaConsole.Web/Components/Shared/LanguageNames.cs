using System.Globalization;

namespace WaConsole.Web.Components.Shared;

internal static class LanguageNames
{
    /// <summary>As the language calls itself, with the capital a list entry has.</summary>
    public static string Own(string language)
    {
        if (language == "id")
        {
            // CLDR names the language like the country; its speakers, and WhatsApp, do not.
            return "Bahasa Indonesia";
        }

        var culture = CultureInfo.GetCultureInfo(language);
        return culture.TextInfo.ToUpper(culture.NativeName[..1]) + culture.NativeName[1..];
    }
}
