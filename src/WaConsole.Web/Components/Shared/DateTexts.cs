using System.Globalization;
using System.Resources;

namespace WaConsole.Web.Components.Shared;

/// <summary>How a language writes the longer dates, from <c>DateTexts.resx</c>: .NET's own patterns have no day without its year.</summary>
internal static class DateTexts
{
    private static readonly ResourceManager Patterns = new(typeof(DateTexts));

    public static string Write(DateTime at, string pattern) => at.ToString(Pattern(pattern), CultureInfo.CurrentCulture);

    public static string Write(DateOnly day, string pattern) => day.ToString(Pattern(pattern), CultureInfo.CurrentCulture);

    private static string Pattern(string name) =>
        Patterns.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException($"No pattern {name}.");
}
