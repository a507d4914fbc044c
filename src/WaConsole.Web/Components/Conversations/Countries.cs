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
            return new RegionInfo(code).DisplayName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }
}
