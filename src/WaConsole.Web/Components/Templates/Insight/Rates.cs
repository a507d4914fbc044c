using System.Globalization;

namespace WaConsole.Web.Components.Templates.Insight;

/// <summary>A share as a person reads it; a dash where there is nothing to divide by.</summary>
internal static class Rates
{
    public static string Of(long part, long whole) => whole <= 0 ? "–" : ((double)part / whole).ToString("P0", CultureInfo.CurrentCulture);
}
