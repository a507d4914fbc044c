using WaConsole.Core.Resources;

namespace WaConsole.Core.Templates;

/// <summary>Pure: what WhatsApp's words say to a person. A word that is not known is shown as it is.</summary>
internal static class TemplateWords
{
    public static TemplateEventView Of(TemplateEvent happened) => new(
        happened.AtUtc, happened.Kind,
        Texts.TemplateStudio.Of($"Event{happened.Kind}", Word(happened.FromWord), Word(happened.ToWord)),
        Reason(happened.Reason), KeptText.Read(happened.Recommendation), happened.By);

    public static string Word(string? word) => string.IsNullOrEmpty(word) ? "–" : Texts.TemplateStudio.OrNull($"Word{word}") ?? word;

    /// <summary>Whether there is a sentence for this reason, which says more than WhatsApp's own.</summary>
    public static bool IsKnown(string? reason) => reason is not null && Texts.TemplateStudio.OrNull($"Reason{reason}") is not null;

    /// <summary>Also for a sentence, which stays one.</summary>
    public static string? Reason(string? reason) =>
        reason is null or "NONE" ? null : Texts.TemplateStudio.OrNull($"Reason{reason}") ?? KeptText.Read(reason);
}
