using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>Who among many people is known already, in one query. Nothing is learned about them: that is <see cref="ResolveContact"/>'s work.</summary>
internal static class FindKnownContacts
{
    /// <returns>The contact's id for each person, in their order; null for who is not known, or known only by a parent id.</returns>
    public static async Task<IReadOnlyList<long?>> RunAsync(
        WaConsoleDb db, IReadOnlyList<PersonIdentity?> people, CancellationToken cancellationToken)
    {
        var cleaned = people.Select(person => person?.Cleaned()).ToList();
        var keys = cleaned.Select(KeyOf).OfType<string>().Distinct().ToArray();
        var found = await db.ContactIdentifiers.AsNoTracking()
            .Where(i => keys.Contains(i.MatchKey) && i.RetiredAtUtc == null
                && (i.Kind == IdentifierKind.Phone || i.Kind == IdentifierKind.UserId))
            .Select(i => new { i.Kind, i.Scope, i.MatchKey, i.ContactId })
            .ToListAsync(cancellationToken);
        var byKey = found.ToDictionary(i => (i.Kind, i.Scope, i.MatchKey), i => i.ContactId);
        return
        [
            .. cleaned.Select(person => person is not null && KeyOf(person) is { } key
                && byKey.TryGetValue(
                    person.UserId is null ? (IdentifierKind.Phone, "", key) : (IdentifierKind.UserId, person.Scope, key), out var contact)
                    ? contact
                    : (long?)null),
        ];
    }

    private static string? KeyOf(PersonIdentity? person) =>
        person?.UserId ?? (person?.Phone is { } phone ? PhoneMatchKey.Of(phone) : null);
}
