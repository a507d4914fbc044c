using System.Globalization;

namespace WaConsole.Web.Components.Shared;

/// <summary>Numbers and shares as a person reads them, the same on every screen.</summary>
internal static class Counted
{
    private const double Small = 0.1;

    public static string Of(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A dash where there is nothing to divide by. Of a small one the tenths count: who stops is one in a hundred.</summary>
    public static string Share(long part, long whole)
    {
        if (whole <= 0)
        {
            return "–";
        }

        var share = (double)part / whole;
        return share.ToString(share is > 0 and < Small ? "P1" : "P0", CultureInfo.CurrentCulture);
    }
}
