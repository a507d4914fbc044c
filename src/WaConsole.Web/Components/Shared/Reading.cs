using System.Globalization;

namespace WaConsole.Web.Components.Shared;

/// <summary>How the page of the language at hand is marked and read.</summary>
internal static class Reading
{
    public static string Language => CultureInfo.CurrentUICulture.Name is { Length: > 0 } name ? name : "en";

    public static bool IsRightToLeft => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft;

    public static string Direction => IsRightToLeft ? "rtl" : "ltr";
}
