using WaConsole.CloudApi;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Templates.Review;

/// <summary>Why WhatsApp did not do it: in our words with the remedy, and WhatsApp's own words beside them.</summary>
/// <param name="Code">WhatsApp's code; null when there was no answer.</param>
/// <param name="WhatsAppSays">Null when WhatsApp gave no words.</param>
public sealed record WhatsAppRefusal(int? Code, string Sentence, string? WhatsAppSays)
{
    internal static WhatsAppRefusal Of(CloudApiException refused) => new(
        refused.Error.Code == CloudApiError.NoCode ? null : refused.Error.Code,
        refused is { Fault: not CloudApiFault.Refused, Error.Code: CloudApiError.NoCode }
            ? Texts.TemplateStudio.Of("NoAnswer")
            : (refused.Error.Subcode is { } subcode ? Texts.TemplateStudio.OrNull($"Refused{subcode}") : null) ?? ErrorSentence.Of(refused.Error),
        string.Join(": ", new[] { refused.Error.Title, refused.Error.Details ?? refused.Error.Message }.Where(text => !string.IsNullOrEmpty(text))) is { Length: > 0 } said
            ? said
            : null);
}
