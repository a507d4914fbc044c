using WaConsole.CloudApi;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// The customer stopped or resumed marketing messages in WhatsApp itself, or signed up to them there. Somebody unknown so far is remembered, so
/// that the no is kept.
/// </summary>
internal static class RecordPreference
{
    private const string Marketing = "marketing_messages";

    public static async Task<Recorded> ApplyAsync(
        WaConsoleDb db, UserPreferenceItem item, Reception at, CancellationToken cancellationToken)
    {
        var contact = await ResolveContact.ApplyAsync(
            db, new PersonIdentity(at.Scope, item.WaId, item.UserId, item.ParentUserId) { SeenAtUtc = item.TimestampUtc }, at.NowUtc, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var entry in Entries(item, contact.Country))
        {
            await KeepConsent.ApplyAsync(db, contact.Id, entry with { NumberId = at.NumberId, ByThemselves = true }, cancellationToken);
        }

        await TellConsent.ApplyAsync(db, contact.Id, at.Changes, cancellationToken);
        return new Recorded.Stored();
    }

    private static IReadOnlyList<NewConsent> Entries(UserPreferenceItem item, string? country) => item.Kind switch
    {
        PreferenceKind.Stop => [NewConsent.Stop(ConsentPurpose.Marketing, ConsentSource.WhatsAppPreference, item.TimestampUtc, Said(item))],
        PreferenceKind.Resume => [Lift(item)],
        PreferenceKind.SignUp when item.Category is Marketing => [Lift(item), SignUp(item, country)],
        _ => [],
    };

    /// <summary>Resuming is no consent by law: it ends the stop, and what was agreed to before is asked for again.</summary>
    private static NewConsent Lift(UserPreferenceItem item) =>
        NewConsent.Lift(ConsentSource.WhatsAppPreference, item.TimestampUtc, Said(item)) with { Purpose = ConsentPurpose.Marketing };

    /// <summary>
    /// They agreed through a sign-up link, which shows words and the name of a business that the webhook does not tell. So the entry holds what it
    /// does tell, and is incomplete proof until somebody records what the link showed.
    /// </summary>
    private static NewConsent SignUp(UserPreferenceItem item, string? country) =>
        new(ConsentPurpose.Marketing, ConsentAction.Granted, ConsentSource.WhatsAppPreference, item.TimestampUtc)
        {
            Basis = LawfulBasis.Consent,
            Jurisdiction = country,
            Evidence = Said(item) with { FormJson = StoredText.CleanOrNull(item.RawJson, 10_000), Note = Link(item) },
        };

    private static string? Link(UserPreferenceItem item) => item.SignupId is { } link ? StoredText.CleanOrNull($"signup_id {link}", 300) : null;

    private static ConsentEvidence Said(UserPreferenceItem item) => new() { Text = StoredText.CleanOrNull(item.Detail, 1_000) };
}
