using System.Globalization;
using System.Resources;

namespace WaConsole.Web.Components.Conversations;

/// <summary>
/// Names of countries from <c>CountryNames.resx</c> (Unicode CLDR). .NET names a region in one language for the life of the process,
/// whoever reads.
/// </summary>
public static class Countries
{
    private static readonly ResourceManager Names = new("WaConsole.Web.Components.Conversations.CountryNames", typeof(Countries).Assembly);

    /// <summary>The name of an ISO country in the viewer's language, the code itself when there is none.</summary>
    public static string? NameOf(string? code) =>
        string.IsNullOrEmpty(code) ? null : Names.GetString(code.ToUpperInvariant(), CultureInfo.CurrentUICulture) ?? code;
}
