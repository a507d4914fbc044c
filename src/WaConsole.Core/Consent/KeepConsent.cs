using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Writes an entry and what follows from it, in the caller's transaction: the states of the contact, and its opt-out, which the lists show.
/// The contact is locked first; whoever was merged meanwhile is the one they were merged into. The caller commits and publishes.
/// </summary>
internal static class KeepConsent
{
    public static async Task<ConsentEntry> ApplyAsync(WaConsoleDb db, long contactId, NewConsent consent, CancellationToken cancellationToken) =>
        await ApplyAsync(db, await LockAsync(db, contactId, cancellationToken), consent, cancellationToken);

    /// <param name="contact">Tracked, and locked before it was read.</param>
    public static async Task<ConsentEntry> ApplyAsync(WaConsoleDb db, Contact contact, NewConsent consent, CancellationToken cancellationToken)
    {
        await db.Entry(contact).Collection(c => c.Identifiers).LoadAsync(cancellationToken);
        await AdoptAsync(db, contact, cancellationToken);
        await Suppressions.HonourAsync(db, contact, cancellationToken);
        var subject = await SubjectAsync(db, contact.Id, cancellationToken);
        var said = await GrantAsync(db, contact, consent, cancellationToken);
        var ended = await Suppressions.EndAsync(db, contact, said, cancellationToken);
        var entry = await AppendAsync(db, contact, subject, ended.Count > 0 ? said with { Marks = ended } : said, cancellationToken);
        await DeriveStates.ApplyAsync(db, contact, null, cancellationToken);
        return entry;
    }

    private static async Task<NewConsent> GrantAsync(WaConsoleDb db, Contact contact, NewConsent consent, CancellationToken cancellationToken)
    {
        if (consent.Action is not (ConsentAction.Granted or ConsentAction.Renewed))
        {
            return consent;
        }

        var lines = await ReadStandings.LinesAsync(db, [contact.Id], cancellationToken);
        return (await ReadRenewal.ApplyAsync(db, cancellationToken)).Dated(consent).Renewing([.. lines[contact.Id]]);
    }

    /// <summary>A stop from before there was a registry becomes an entry, so that deriving does not forget it. The contact is locked.</summary>
    public static async Task AdoptAsync(WaConsoleDb db, Contact contact, CancellationToken cancellationToken)
    {
        if (contact.OptedOutAtUtc is not { } stopped
            || await db.ConsentStates.AnyAsync(s => s.ContactId == contact.Id && s.Purpose == ConsentPurpose.Marketing, cancellationToken))
        {
            return;
        }

        var subject = await SubjectAsync(db, contact.Id, cancellationToken);
        await AppendAsync(db, contact, subject, NewConsent.Stop(ConsentPurpose.Marketing, ConsentSource.Earlier, stopped), cancellationToken);
        await DeriveStates.ApplyAsync(db, contact, contact.OptedOutReason, cancellationToken);
    }

    /// <summary>Adds the entry alone; the states are the caller's.</summary>
    public static async Task<ConsentEntry> AppendAsync(
        WaConsoleDb db, Contact contact, ConsentSubject subject, NewConsent wanted, CancellationToken cancellationToken)
    {
        var secrets = db.GetService<ConsentSecrets>();
        var key = await secrets.ChainKeyAsync(db, cancellationToken);
        var file = wanted.Evidence.File is { } name
            ? await db.ConsentFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Key == name, cancellationToken)
            : null;
        var zoned = wanted with { TimeZone = await ConsentZone.OfAsync(db, wanted, contact.Country, cancellationToken) };
        var entry = Seal(secrets, key, contact, subject, zoned, db.GetService<TimeProvider>().GetUtcNow().UtcDateTime, file);
        db.ConsentEntries.Add(entry);
        await db.SaveChangesAsync(cancellationToken);
        db.ConsentWaits.Add(new ConsentWait { EntryId = entry.Id });
        return entry;
    }

    /// <summary>The entry as it is stored, with its MAC; nothing is written. The contact's identifiers are loaded.</summary>
    public static ConsentEntry Seal(ConsentSecrets secrets, byte[] key, Contact contact, ConsentSubject subject, NewConsent wanted, DateTime now, ConsentFile? file = null)
    {
        var consent = wanted.Cleaned();
        var entry = new ConsentEntry
        {
            Form = EntryMac.Form,
            SubjectId = subject.Id,
            Purpose = consent.Purpose,
            Action = consent.Action,
            Source = consent.Source,
            AtUtc = EntryMac.Kept(HappenedAt(consent, now)),
            TimeZone = ConsentZone.Of(consent, contact.Country) ?? ConsentZone.Unknown,
            RecordedAtUtc = EntryMac.Kept(now),
            BusinessName = consent.BusinessName,
            NumberId = consent.NumberId,
            WordingId = consent.Wording?.Id,
            WordingVersion = consent.Wording?.Version,
            WordingLanguage = consent.Wording?.Language,
            WordingHash = consent.Wording?.Hash,
            PrivacyVersion = consent.PrivacyVersion,
            Basis = consent.Basis,
            Jurisdiction = consent.Jurisdiction,
            ExpiresAtUtc = consent.ExpiresAtUtc is { } expires ? EntryMac.Kept(expires) : null,
            Complete = ProofRules.IsComplete(consent),
            ActorId = consent.ActorId,
            ActorName = consent.ActorName,
            AskKey = consent.AskKey,
            AnswersEntryId = consent.AnswersEntryId,
            // Of who was erased nothing is left to be sealed, nor a key to do it with.
            Sealed = subject.KeyProtected is { } personKey ? secrets.Seal(personKey, subject.Id, Part(contact, consent, file)) : [],
            Marks = consent.Marks is { } marks ? MarkDeeds.Pack(marks) : null,
        };
        entry.Mac = EntryMac.Of(key, entry);
        return entry;
    }

    /// <summary>The person as they are behind the lock, also when the context knew them before: a merge may have been waited for.</summary>
    public static async Task<Contact> LockAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken)
    {
        await ContactLock.TakeAsync(db, contactId, cancellationToken);
        if (db.Contacts.Local.FindEntry(contactId) is { State: EntityState.Unchanged } known)
        {
            await known.ReloadAsync(cancellationToken);
        }

        var contact = await db.Contacts.Include(c => c.Identifiers).SingleAsync(c => c.Id == contactId, cancellationToken);
        return contact.MergedIntoId is { } into ? await LockAsync(db, into, cancellationToken) : contact;
    }

    /// <summary>The one made for this contact, with a key; others came by merges or were erased.</summary>
    public static async Task<ConsentSubject> SubjectAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken)
    {
        var own = await db.ConsentSubjects
            .OrderBy(s => s.Id)
            .FirstOrDefaultAsync(s => s.ContactId == contactId && s.MadeFor == contactId && s.KeyProtected != null, cancellationToken);
        if (own is null)
        {
            own = new ConsentSubject { ContactId = contactId, MadeFor = contactId, KeyProtected = db.GetService<ConsentSecrets>().NewPersonKey() };
            db.ConsentSubjects.Add(own);
            await db.SaveChangesAsync(cancellationToken);
        }

        return own;
    }

    /// <summary>
    /// Nothing happens later than we learn of it. What a person agreed to is told to the second, as WhatsApp tells stops: of two in one second
    /// the stop comes last. A stop that a merge repeats comes after everything it must outlast, see CarryConsent.
    /// </summary>
    public static DateTime HappenedAt(NewConsent consent, DateTime now)
    {
        if (consent.Source == ConsentSource.Merge)
        {
            return consent.AtUtc;
        }

        var at = consent.AtUtc < now ? consent.AtUtc : now;
        return consent.Action is ConsentAction.Granted or ConsentAction.Renewed ? new DateTime(at.Ticks - (at.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc) : at;
    }

    private static PersonalPart Part(Contact contact, NewConsent consent, ConsentFile? file) => new()
    {
        Phone = contact.Phone,
        UserIds = [.. contact.Identifiers
            .Where(i => i.Kind is IdentifierKind.UserId or IdentifierKind.ParentUserId && i.RetiredAtUtc is null)
            .Select(i => i.Value)],
        Username = contact.Username,
        Name = contact.GivenName ?? contact.ProfileName,
        Evidence = consent.Evidence,
        FileSha256 = file?.Sha256,
        FileRow = file is null ? null : VerifyFiles.RowHash(file),
    };
}
