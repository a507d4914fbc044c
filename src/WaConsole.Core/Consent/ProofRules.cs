namespace WaConsole.Core.Consent;

/// <summary>
/// Pure: what an opt-in must be able to show, enough for the strictest reading of WhatsApp's policy and the law (GDPR article 7(1)): who, for
/// which business, by which words, when, how, on which basis and under whose law, and something that proves it. Marketing stands on consent, or
/// on what similar products to a customer allow (ePrivacy, article 13): a contract or a legitimate interest carries none.
/// </summary>
internal static class ProofRules
{
    public static bool IsComplete(NewConsent entry) =>
        !string.IsNullOrWhiteSpace(entry.BusinessName)
        && entry.Wording is { HasAllParts: true }
        && entry.Basis is { } basis
        && (entry.Purpose is not (ConsentPurpose.Marketing or ConsentPurpose.All) || basis is LawfulBasis.Consent or LawfulBasis.SoftOptIn)
        && !string.IsNullOrWhiteSpace(entry.Jurisdiction)
        && !entry.Evidence.IsEmpty;
}
