using WaConsole.CloudApi;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>The customer stopped or resumed marketing messages in WhatsApp itself. Somebody unknown so far is remembered, so that the no is kept.</summary>
internal static class RecordPreference
{
    public static async Task<Recorded> ApplyAsync(
        WaConsoleDb db, UserPreferenceItem item, Reception at, CancellationToken cancellationToken)
    {
        var contact = await ResolveContact.ApplyAsync(
            db, new PersonIdentity(at.Scope, item.WaId, item.UserId, item.ParentUserId), at.NowUtc, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (Entry(item) is { } entry)
        {
            await KeepConsent.ApplyAsync(db, contact.Id, entry with { NumberId = at.NumberId }, cancellationToken);
        }

        await TellConsent.ApplyAsync(db, contact.Id, at.Changes, cancellationToken);
        return new Recorded.Stored();
    }

    /// <summary>Resuming is no consent by law: it ends the stop, and what was agreed to before is asked for again.</summary>
    private static NewConsent? Entry(UserPreferenceItem item) => item.Kind switch
    {
        PreferenceKind.Stop => NewConsent.Stop(ConsentPurpose.Marketing, ConsentSource.WhatsAppPreference, item.TimestampUtc, Said(item)),
        PreferenceKind.Resume => NewConsent.Lift(ConsentSource.WhatsAppPreference, item.TimestampUtc, Said(item)) with { Purpose = ConsentPurpose.Marketing },
        _ => null,
    };

    private static ConsentEvidence Said(UserPreferenceItem item) => new() { Text = StoredText.CleanOrNull(item.Detail, 1_000) };
}
