using WaConsole.Core.Consent;

namespace WaConsole.Testing;

/// <summary>Somebody agreed, or stopped: written as every way of consent writes it.</summary>
internal static class SeedOptIn
{
    /// <summary>A complete opt-in to marketing.</summary>
    public static Task WriteAsync(CoreHost core, long contactId, DateTime atUtc) => KeepAsync(
        core, contactId, new NewConsent(ConsentPurpose.Marketing, ConsentAction.Granted, ConsentSource.Website, atUtc)
        {
            BusinessName = "Alder & Oak",
            Wording = new ShownWording(null, null, "en", "0", HasAllParts: true),
            Basis = LawfulBasis.Consent,
            Jurisdiction = "DE",
            Evidence = new ConsentEvidence { Note = "Form of the shop" },
        });

    public static Task StopAsync(CoreHost core, long contactId, DateTime atUtc, ConsentPurpose purpose = ConsentPurpose.Marketing) =>
        KeepAsync(core, contactId, NewConsent.Stop(purpose, ConsentSource.Agent, atUtc));

    public static Task KeepAsync(CoreHost core, long contactId, NewConsent entry) => core.WithDbAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await KeepConsent.ApplyAsync(db, contactId, entry, CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    });
}
