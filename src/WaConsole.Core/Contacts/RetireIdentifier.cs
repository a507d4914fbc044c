namespace WaConsole.Core.Contacts;

internal static class RetireIdentifier
{
    /// <summary>The identifier stays in the history and may belong to somebody else from now on.</summary>
    public static void Apply(Contact contact, IdentifierKind kind, string value, DateTime nowUtc)
    {
        var key = kind == IdentifierKind.Phone ? PhoneMatchKey.Of(value) : value;
        foreach (var identifier in contact.Identifiers.Where(i => i.Kind == kind && i.MatchKey == key && i.RetiredAtUtc is null))
        {
            identifier.RetiredAtUtc = nowUtc;
        }

        contact.Phone = StillHas(contact, IdentifierKind.Phone);
        contact.UserId = StillHas(contact, IdentifierKind.UserId);
        contact.SearchText = ContactSearchText.Of(contact);
    }

    private static string? StillHas(Contact contact, IdentifierKind kind) => contact.Identifiers
        .Where(i => i.Kind == kind && i.RetiredAtUtc is null)
        .OrderByDescending(i => i.LastSeenAtUtc)
        .Select(i => i.Value)
        .FirstOrDefault();
}
