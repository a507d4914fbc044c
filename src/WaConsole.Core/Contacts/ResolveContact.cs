using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Countries;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>
/// Finds or makes the person behind identifiers: business-scoped user id first, then phone (in any national spelling),
/// then parent id. Two people who turn out to be one are merged. Runs inside the caller's transaction.
/// </summary>
internal static class ResolveContact
{
    /// <summary>The identity must have at least one key. The contact is tracked and has its identifiers loaded.</summary>
    public static async Task<Contact> ApplyAsync(
        WaConsoleDb db, PersonIdentity person, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var who = person.Cleaned();
        if (!who.HasKey)
        {
            throw new ArgumentException("A person needs a phone or a user id.", nameof(person));
        }

        var holders = await HoldersAsync(db, who, cancellationToken);
        var byUserId = holders.GetValueOrDefault(IdentifierKind.UserId);
        var byPhone = holders.GetValueOrDefault(IdentifierKind.Phone);
        var known = byUserId ?? byPhone ?? holders.GetValueOrDefault(IdentifierKind.ParentUserId);

        if (byUserId is not null && byPhone is not null && byUserId.Id != byPhone.Id)
        {
            await JoinAsync(db, byUserId, byPhone, who, nowUtc, cancellationToken);
        }

        if (known is null)
        {
            known = new Contact { CreatedAtUtc = nowUtc };
            db.Contacts.Add(known);
        }

        who = WithoutEarlierId(known, who);
        var passedFrom = PassedFrom(known, who);
        Learn(known, who, holders.GetValueOrDefault(IdentifierKind.ParentUserId), nowUtc);
        if (passedFrom is not null)
        {
            await db.SaveChangesAsync(cancellationToken);
            await NumberPassed.ApplyAsync(db, known, passedFrom, who.UserId!, who.SeenAtUtc ?? nowUtc, nowUtc, cancellationToken);
        }

        return known;
    }

    /// <summary>
    /// Pure: the user id of whoever had this number before, when another one is behind it now. A person who moves has their old id retired by
    /// WhatsApp's notice, see ChangeIdentity; one parent id is one person.
    /// </summary>
    public static string? PassedFrom(Contact contact, PersonIdentity who) =>
        who is { Phone: { } phone, UserId: { } userId }
        && Holds(contact, IdentifierKind.Phone, "", PhoneMatchKey.Of(phone))
        && !Holds(contact, IdentifierKind.UserId, who.Scope, userId)
        && !(who.ParentUserId is { } parent && Holds(contact, IdentifierKind.ParentUserId, who.Scope, parent))
            ? UserIdOf(contact, who.Scope)
            : null;

    /// <summary>Pure: what was sent before an id of this person was replaced comes late, and does not put that id back.</summary>
    public static PersonIdentity WithoutEarlierId(Contact contact, PersonIdentity who) =>
        who.UserId is { } id && !Holds(contact, IdentifierKind.UserId, who.Scope, id)
        && contact.Identifiers.Any(i => i.Kind == IdentifierKind.UserId && i.Scope == who.Scope && i.Value == id && i.RetiredAtUtc >= who.SeenAtUtc)
            ? who with { UserId = null }
            : who;

    public static string? UserIdOf(Contact contact, string scope) =>
        contact.Identifiers.FirstOrDefault(i => i.Kind == IdentifierKind.UserId && i.Scope == scope && i.RetiredAtUtc is null)?.Value;

    private static bool Holds(Contact contact, IdentifierKind kind, string scope, string key) =>
        contact.Identifiers.Any(i => i.Kind == kind && i.Scope == scope && i.MatchKey == key && i.RetiredAtUtc is null);

    /// <summary>The person who has this identifier now, or null.</summary>
    public static async Task<Contact?> FindAsync(
        WaConsoleDb db, IdentifierKind kind, string scope, string? value, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        var key = kind == IdentifierKind.Phone ? PhoneMatchKey.Of(value) : value;
        var contactId = await db.ContactIdentifiers
            .Where(i => i.Kind == kind && i.Scope == scope && i.MatchKey == key && i.RetiredAtUtc == null)
            .Select(i => (long?)i.ContactId)
            .FirstOrDefaultAsync(cancellationToken);
        return contactId is null
            ? null
            : await db.Contacts.Include(c => c.Identifiers).SingleAsync(c => c.Id == contactId, cancellationToken);
    }

    private static async Task<Dictionary<IdentifierKind, Contact>> HoldersAsync(
        WaConsoleDb db, PersonIdentity who, CancellationToken cancellationToken)
    {
        var phoneKey = who.Phone is null ? null : PhoneMatchKey.Of(who.Phone);
        List<string> keys = [.. new[] { who.UserId, phoneKey, who.ParentUserId }.OfType<string>()];
        var matches = await db.ContactIdentifiers
            .AsNoTracking()
            .Where(i => keys.Contains(i.MatchKey) && i.RetiredAtUtc == null && i.Kind != IdentifierKind.Username && i.Kind != IdentifierKind.Group)
            .Select(i => new { i.Kind, i.Scope, i.MatchKey, i.ContactId })
            .ToListAsync(cancellationToken);
        if (matches.Count == 0)
        {
            return [];
        }

        var ids = matches.Select(match => match.ContactId).Distinct().ToList();
        var contacts = await db.Contacts.Include(c => c.Identifiers).Where(c => ids.Contains(c.Id)).ToListAsync(cancellationToken);
        var holders = new Dictionary<IdentifierKind, Contact>();
        foreach (var match in matches)
        {
            var (scope, key) = match.Kind switch
            {
                IdentifierKind.Phone => ("", phoneKey),
                IdentifierKind.UserId => (who.Scope, who.UserId),
                _ => (who.Scope, who.ParentUserId),
            };
            if (match.Scope == scope && match.MatchKey == key)
            {
                holders[match.Kind] = contacts.Single(contact => contact.Id == match.ContactId);
            }
        }

        return holders;
    }

    /// <summary>
    /// The phone belongs to another contact than the user id. One person met by two ways, unless that contact has a user id of
    /// its own here: then the number went to somebody else.
    /// </summary>
    private static async Task JoinAsync(
        WaConsoleDb db, Contact byUserId, Contact byPhone, PersonIdentity who, DateTime nowUtc, CancellationToken cancellationToken)
    {
        if (UserIdOf(byPhone, who.Scope) is { } own)
        {
            RetireIdentifier.Apply(byPhone, IdentifierKind.Phone, who.Phone!, nowUtc);
            byPhone.IdentityChangedAtUtc = nowUtc;
            await db.SaveChangesAsync(cancellationToken);
            await NumberPassed.ApplyAsync(db, byPhone, own, who.UserId!, who.SeenAtUtc ?? nowUtc, nowUtc, cancellationToken);
        }
        else
        {
            await MergeLocks.TakeAsync(db, byUserId.Id, byPhone.Id, cancellationToken);
            if (!await db.Contacts.AnyAsync(c => (c.Id == byUserId.Id || c.Id == byPhone.Id) && c.MergedIntoId != null, cancellationToken))
            {
                if (who.SeenAtUtc is { } seen)
                {
                    // WhatsApp told of a move to this number without an id, and now shows whose it is: nobody else's.
                    await NumberPassed.RestoreAsync(
                        db,
                        byUserId,
                        ended => ended.Before == who.UserId && ended.AtUtc < seen && PhoneMatchKey.Of(ended.After) == PhoneMatchKey.Of(who.Phone!),
                        seen,
                        nowUtc,
                        cancellationToken);
                }

                await MergeContacts.ApplyAsync(db, byUserId, byPhone, cancellationToken);
            }
        }
    }

    /// <summary>Pure: puts what is newly known of a person on the contact and its identifiers.</summary>
    public static void Learn(Contact contact, PersonIdentity who, Contact? parentHolder, DateTime nowUtc)
    {
        var before = (contact.Phone, contact.UserId, contact.Username, contact.ProfileName);
        if (who.Phone is { } phone)
        {
            Remember(contact, IdentifierKind.Phone, "", phone, PhoneMatchKey.Of(phone), nowUtc);
            contact.Phone = phone;
        }

        if (who.UserId is { } userId)
        {
            ReplaceOtherUserId(contact, who.Scope, userId, nowUtc);
            Remember(contact, IdentifierKind.UserId, who.Scope, userId, userId, nowUtc);
            contact.UserId = userId;
        }

        if (who.ParentUserId is { } parent && (parentHolder is null || parentHolder.Id == contact.Id))
        {
            Remember(contact, IdentifierKind.ParentUserId, who.Scope, parent, parent, nowUtc);
        }

        if (who.Username is { } username)
        {
            Remember(contact, IdentifierKind.Username, "", username, username.ToLowerInvariant(), nowUtc);
            contact.Username = username;
        }

        contact.ProfileName = who.ProfileName ?? contact.ProfileName;
        if (before != (contact.Phone, contact.UserId, contact.Username, contact.ProfileName))
        {
            contact.Country = CountryOf.Person(contact.Phone, contact.UserId) ?? contact.Country;
            contact.SearchText = ContactSearchText.Of(contact);
        }
    }

    /// <summary>
    /// WhatsApp gives one id per person and portfolio, and a new one with a new number (Meta, Business-scoped user IDs, June 2026).
    /// Another id behind a known phone keeps the thread together, marked as possibly another person. Somebody who was merged from two
    /// has two, both of them theirs.
    /// </summary>
    private static void ReplaceOtherUserId(Contact contact, string scope, string userId, DateTime nowUtc)
    {
        if (contact.Identifiers.Any(i => i.Kind == IdentifierKind.UserId && i.Scope == scope && i.RetiredAtUtc is null && i.Value == userId))
        {
            return;
        }

        var other = contact.Identifiers.FirstOrDefault(
            i => i.Kind == IdentifierKind.UserId && i.Scope == scope && i.RetiredAtUtc is null && i.Value != userId);
        if (other is not null)
        {
            other.RetiredAtUtc = nowUtc;
            contact.IdentityChangedAtUtc = nowUtc;
        }
    }

    private static void Remember(
        Contact contact, IdentifierKind kind, string scope, string value, string matchKey, DateTime nowUtc)
    {
        var known = contact.Identifiers.FirstOrDefault(
            i => i.Kind == kind && i.Scope == scope && i.MatchKey == matchKey && i.RetiredAtUtc is null);
        if (known is null)
        {
            contact.Identifiers.Add(new ContactIdentifier
            {
                Kind = kind,
                Scope = scope,
                Value = value,
                MatchKey = matchKey,
                FirstSeenAtUtc = nowUtc,
                LastSeenAtUtc = nowUtc,
            });
            return;
        }

        known.Value = value;
        if (nowUtc - known.LastSeenAtUtc > TimeSpan.FromHours(1))
        {
            known.LastSeenAtUtc = nowUtc;
        }
    }
}
