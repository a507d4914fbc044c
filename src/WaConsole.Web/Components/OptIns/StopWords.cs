using Microsoft.Extensions.Localization;
using WaConsole.Core.Consent;

namespace WaConsole.Web.Components.OptIns;

/// <summary>Why somebody wants no marketing, in the reader's words.</summary>
internal static class StopWords
{
    /// <param name="words">Those of <see cref="OptInTexts"/>.</param>
    public static string? Of(string? reason, IStringLocalizer words) =>
        StopReason.SourceOf(reason) is { } source ? words[$"Source{source}"].Value : reason;
}
