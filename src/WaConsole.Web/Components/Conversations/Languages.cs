using System.Globalization;
using WaConsole.Core.Templates;

namespace WaConsole.Web.Components.Conversations;

public static class Languages
{
    /// <summary>A template's language code as a person reads it, in that language: "pt_BR" is "português (Brasil)".</summary>
    public static string NameOf(string code)
    {
        try
        {
            return CultureInfo.GetCultureInfo(code.Replace('_', '-'), predefinedOnly: true).NativeName;
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }

    /// <summary>WhatsApp's code of the language the reader uses the console in; null where it has none.</summary>
    public static string? OfReader() => (TemplateLanguages.Find(CultureInfo.CurrentUICulture.Name.Replace('-', '_'))
        ?? TemplateLanguages.Find(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName))?.Code;

    /// <summary>rtl for a language that runs from right to left; otherwise the text itself decides.</summary>
    public static string DirectionOf(string code) => TemplateLanguages.IsRightToLeft(code) ? "rtl" : "auto";
}
