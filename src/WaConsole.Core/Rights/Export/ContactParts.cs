using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;

namespace WaConsole.Core.Rights.Export;

/// <summary>Who the person is: what they are called and known by, and what became of it.</summary>
internal static class ContactParts
{
    public static IAsyncEnumerable<IReadOnlyList<PersonFact>> ContactAsync(ExportedPerson person, CancellationToken cancellationToken) =>
        PeopleAsync(person, merged: false, cancellationToken);

    /// <summary>Who was kept as somebody else until a colleague said that it is the same person.</summary>
    public static IAsyncEnumerable<IReadOnlyList<PersonFact>> MergedAsync(ExportedPerson person, CancellationToken cancellationToken) =>
        PeopleAsync(person, merged: true, cancellationToken);

    private static async IAsyncEnumerable<IReadOnlyList<PersonFact>> PeopleAsync(
        ExportedPerson person, bool merged, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var contacts = InPages.RowsAsync(
            last => person.Db.Contacts.Where(c => person.Ids.Contains(c.Id) && c.MergedIntoId != null == merged && c.Id > last).OrderBy(c => c.Id),
            contact => contact.Id,
            cancellationToken);
        await foreach (var contact in contacts)
        {
            yield return Facts.Of(
                ("name", contact.GivenName),
                ("profileName", contact.ProfileName),
                ("phone", contact.Phone),
                ("username", contact.Username),
                ("userId", contact.UserId),
                ("country", contact.Country),
                ("since", contact.CreatedAtUtc),
                ("optedOut", contact.OptedOutAtUtc),
                ("optedOutReason", contact.OptedOutReason),
                ("identityChanged", contact.IdentityChangedAtUtc),
                ("blocked", contact.BlockedAtUtc));
        }
    }

    public static IEnumerable<IReadOnlyList<PersonFact>> Identifiers(ExportedPerson person) => person.Identifiers.Select(identifier => Facts.Of(
        ("kind", identifier.Kind),
        ("value", identifier.Value),
        ("scope", identifier.Scope),
        ("since", identifier.FirstSeenAtUtc),
        ("lastSeen", identifier.LastSeenAtUtc),
        ("until", identifier.RetiredAtUtc)));

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> MergesAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var merges = InPages.RowsAsync(
            last => person.Db.ContactMerges.Where(m => (person.Ids.Contains(m.StaysId) || person.Ids.Contains(m.GoesId)) && m.Id > last).OrderBy(m => m.Id),
            merge => merge.Id,
            cancellationToken);
        await foreach (var merge in merges)
        {
            yield return Facts.Of(
                ("at", merge.AtUtc),
                ("by", merge.ByName),
                ("until", merge.UndoUntilUtc),
                ("undone", merge.UndoneAtUtc),
                ("undoneBy", merge.UndoneByName),
                ("before", merge.SnapshotJson));
        }
    }

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> BlocksAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blocks = await person.Db.ContactBlocks.Where(b => person.Ids.Contains(b.ContactId)).OrderBy(b => b.AtUtc).ToListAsync(cancellationToken);
        foreach (var block in blocks)
        {
            yield return Facts.Of(("number", person.Number(block.NumberId)), ("at", block.AtUtc), ("by", block.ByName));
        }
    }

    /// <summary>Testing numbers that may write to the person first.</summary>
    public static IEnumerable<IReadOnlyList<PersonFact>> Testers(ExportedPerson person)
    {
        var phones = person.Present.Where(i => i.Kind == IdentifierKind.Phone).Select(i => i.Value).ToList();
        return from number in person.Numbers.Values
               from phone in number.Testers.Split(',', StringSplitOptions.TrimEntries).Intersect(phones)
               select Facts.Of(("number", number.Shown), ("phone", phone));
    }
}
