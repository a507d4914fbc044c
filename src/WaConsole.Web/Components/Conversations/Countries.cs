using System.Globalization;

namespace WaConsole.Web.Components.Conversations;

public static class Countries
{
    /// <summary>The name of an ISO country in the viewer's language, the code itself when there is none.</summary>
    public static string? NameOf(string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return null;
        }

        try
        {
            var region = new RegionInfo(code);
            return CultureInfo.CurrentUICulture.Equals(CultureInfo.InvariantCulture) ? region.EnglishName : region.DisplayName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }
}
