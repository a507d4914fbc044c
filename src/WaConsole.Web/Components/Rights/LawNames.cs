using Microsoft.Extensions.Localization;
using WaConsole.Web.Components.Conversations;

namespace WaConsole.Web.Components.Rights;

/// <summary>Under whose law an opt-in is, in the reader's language: a country, or "EU".</summary>
internal static class LawNames
{
    /// <param name="code">As the registry keeps it.</param>
    /// <param name="words">Those of <see cref="RightsTexts"/>.</param>
    public static string? Of(string? code, IStringLocalizer words) => code == "EU" ? words["MarketEurope"].Value : Countries.NameOf(code);
}
