using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>
/// A customer moved to a new number or got a new user id. The person keeps the conversation; the old identifiers are retired,
/// since a number can be given to somebody else. Nobody is merged: whoever held the new number before stays a person of his own, and
/// what they agreed to ends; what the person themselves stopped before WhatsApp said that they had moved comes along. News that come after
/// the new id was seen restore what had ended for it: WhatsApp names both ids of one person.
/// </summary>
internal static class ChangeIdentity
{
    /// <returns>The person, tracked, and false when nothing changed because the news was known already.</returns>
    public static async Task<(Contact Contact, bool Changed)> ApplyAsync(
        WaConsoleDb db, PersonIdentity before, PersonIdentity after, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var old = before.Cleaned();
        var next = after.Cleaned();
        var byUserId = await ResolveContact.FindAsync(db, IdentifierKind.UserId, old.Scope, old.UserId, cancellationToken);
        if (byUserId is null && await RestoredAsync(db, old, next, nowUtc, cancellationToken) is { } same)
        {
            return (same, false);
        }

        var contact = byUserId
            ?? await ResolveContact.FindAsync(db, IdentifierKind.Phone, "", old.Phone, cancellationToken);
        if (contact is null)
        {
            return (await ResolveContact.ApplyAsync(db, next.HasKey ? next : old, nowUtc, cancellationToken), false);
        }

        if (Has(contact, next))
        {
            return (contact, false);
        }

        var moved = next.Phone is { } phone && !Holds(contact, IdentifierKind.Phone, PhoneMatchKey.Of(phone));
        var byNumber = await TakeOverAsync(db, contact, IdentifierKind.Phone, "", next.Phone, next, nowUtc, cancellationToken);
        var byId = await TakeOverAsync(db, contact, IdentifierKind.UserId, next.Scope, next.UserId, next, nowUtc, cancellationToken);

        // A new number always comes with new user ids, of each portfolio, so the old ones must not claim the person's next message.
        foreach (var identifier in contact.Identifiers.Where(i => i.RetiredAtUtc is null && i.Kind != IdentifierKind.Username).ToList())
        {
            if (IsReplaced(identifier, next, moved))
            {
                RetireIdentifier.Apply(contact, identifier.Kind, identifier.Value, nowUtc);
            }
        }

        contact.IdentityChangedAtUtc = nowUtc;
        await db.SaveChangesAsync(cancellationToken);
        foreach (var holder in new[] { byNumber, byId }.OfType<Contact>().Distinct())
        {
            await CarryConsent.StopsAsync(db, holder, contact, cancellationToken);
        }

        if (byUserId is not null)
        {
            // Their number was seen with somebody else before WhatsApp said that they had moved.
            await NumberPassed.RestoreAsync(
                db, contact, ended => ended.Before == old.UserId && (ended.After == next.UserId || !WasEver(contact, old.Scope, ended.After)), next.SeenAtUtc ?? nowUtc, nowUtc, cancellationToken);
        }

        return (next.HasKey ? await ResolveContact.ApplyAsync(db, next, nowUtc, cancellationToken) : contact, true);
    }

    /// <returns>Who has the new id already, when it was taken for somebody else's in the place of the old one.</returns>
    private static async Task<Contact?> RestoredAsync(
        WaConsoleDb db, PersonIdentity old, PersonIdentity next, DateTime nowUtc, CancellationToken cancellationToken) =>
        old.UserId is not null
        && await ResolveContact.FindAsync(db, IdentifierKind.UserId, next.Scope, next.UserId, cancellationToken) is { } holder
        && await NumberPassed.RestoreAsync(
            db, holder, ended => ended.Before == old.UserId && ended.After == next.UserId, next.SeenAtUtc ?? nowUtc, nowUtc, cancellationToken)
            ? holder
            : null;

    private static bool WasEver(Contact contact, string scope, string userId) =>
        contact.Identifiers.Any(i => i.Kind == IdentifierKind.UserId && i.Scope == scope && i.Value == userId);

    private static bool Has(Contact contact, PersonIdentity next) =>
        next.HasKey
        && (next.Phone is null || Holds(contact, IdentifierKind.Phone, PhoneMatchKey.Of(next.Phone)))
        && (next.UserId is null || Holds(contact, IdentifierKind.UserId, next.UserId));

    private static bool Holds(Contact contact, IdentifierKind kind, string key) =>
        contact.Identifiers.Any(i => i.Kind == kind && i.MatchKey == key && i.RetiredAtUtc is null);

    private static bool IsReplaced(ContactIdentifier identifier, PersonIdentity next, bool moved) => identifier.Kind switch
    {
        IdentifierKind.Phone => next.Phone is null || identifier.MatchKey != PhoneMatchKey.Of(next.Phone),
        IdentifierKind.UserId => identifier.Scope == next.Scope ? identifier.Value != next.UserId : moved,
        IdentifierKind.ParentUserId => identifier.Scope == next.Scope ? identifier.Value != next.ParentUserId : moved,
        _ => false,
    };

    /// <summary>Gives the new identifier to the person, taking it from whoever had it.</summary>
    /// <returns>Who had it, when that is the same person, or may be, who wrote from it before WhatsApp said that they had moved.</returns>
    private static async Task<Contact?> TakeOverAsync(
        WaConsoleDb db, Contact contact, IdentifierKind kind, string scope, string? value, PersonIdentity next, DateTime nowUtc, CancellationToken cancellationToken)
    {
        if (value is null
            || await ResolveContact.FindAsync(db, kind, scope, value, cancellationToken) is not { } holder
            || holder.Id == contact.Id)
        {
            if (value is not null)
            {
                Add(contact, kind, scope, value, nowUtc);
            }

            return null;
        }

        var isSame = kind == IdentifierKind.UserId || (next.UserId is { } id && Holds(holder, IdentifierKind.UserId, id));
        var maybe = next.UserId is null && BeganAfter(holder, contact, next.Scope);
        RetireIdentifier.Apply(holder, kind, value, nowUtc);
        holder.IdentityChangedAtUtc = nowUtc;
        await db.SaveChangesAsync(cancellationToken);
        if (!isSame)
        {
            await NumberPassed.ApplyAsync(
                db, holder, ResolveContact.UserIdOf(holder, next.Scope) ?? value, next.UserId ?? value, next.SeenAtUtc ?? nowUtc, nowUtc, cancellationToken);
        }

        Add(contact, kind, scope, value, nowUtc);
        return isSame || maybe ? holder : null;
    }

    /// <summary>Whether WhatsApp showed somebody's user id for the first time after a person was last seen under what they had before.</summary>
    private static bool BeganAfter(Contact somebody, Contact person, string scope)
    {
        var last = person.Identifiers.Where(i => i.RetiredAtUtc is null && i.Kind != IdentifierKind.Username).Max(i => (DateTime?)i.LastSeenAtUtc);
        return somebody.Identifiers.Any(i => i.Kind == IdentifierKind.UserId && i.Scope == scope && i.RetiredAtUtc is null && i.FirstSeenAtUtc >= last);
    }

    private static void Add(Contact contact, IdentifierKind kind, string scope, string value, DateTime nowUtc)
    {
        var key = kind == IdentifierKind.Phone ? PhoneMatchKey.Of(value) : value;
        if (!Holds(contact, kind, key))
        {
            contact.Identifiers.Add(new ContactIdentifier
            {
                Kind = kind,
                Scope = scope,
                Value = value,
                MatchKey = key,
                FirstSeenAtUtc = nowUtc,
                LastSeenAtUtc = nowUtc,
            });
        }
    }
}
