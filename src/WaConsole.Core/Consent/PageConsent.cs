using WaConsole.Core.Capture;

namespace WaConsole.Core.Consent;

/// <summary>Pure: an agreement on a page, or by its code, as the registry keeps it: with the words of exactly the version that was shown.</summary>
internal static class PageConsent
{
    /// <param name="country">Of the phone number: its law holds where the page names none.</param>
    public static NewConsent Of(
        OptInPage page, WordingVersion shown, ConsentPurpose purpose, ConsentSource source, DateTime atUtc, string? country, ConsentEvidence evidence) =>
        new(purpose, ConsentAction.Granted, source, atUtc)
        {
            BusinessName = shown.BusinessName,
            NumberId = page.NumberId,
            Wording = new ShownWording(shown.WordingId, shown.Version, shown.Language, shown.Hash, HasAllParts: true),
            PrivacyVersion = shown.PrivacyVersion,
            Basis = page.Basis,
            Jurisdiction = page.Jurisdiction ?? country ?? page.Country,
            ExpiresAtUtc = page.RenewMonths is { } months ? atUtc.AddMonths(months) : null,
            Evidence = evidence with { PageId = page.Id },
        };
}
