namespace WaConsole.Core.Consent;

/// <summary>
/// Pure: what an opt-in must be able to show, enough for the strictest reading of WhatsApp's policy and the law (GDPR article 7(1)): who, for
/// which business, by which words, when, how, on which basis and under whose law, and something that proves it.
/// </summary>
internal static class ProofRules
{
    public static bool IsComplete(NewConsent entry) =>
        !string.IsNullOrWhiteSpace(entry.BusinessName)
        && entry.Wording is { HasAllParts: true }
        && entry.Basis is not null
        && !string.IsNullOrWhiteSpace(entry.Jurisdiction)
        && !entry.Evidence.IsEmpty;
}
