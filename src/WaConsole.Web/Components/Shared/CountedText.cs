using Microsoft.Extensions.Localization;

namespace WaConsole.Web.Components.Shared;

internal static class CountedText
{
    extension(IStringLocalizer words)
    {
        /// <summary>A text in the form that fits the count, which is its {0}.</summary>
        public string Count(string name, long count) => words[PluralForm.KeyOf(name, count), count];
    }
}
