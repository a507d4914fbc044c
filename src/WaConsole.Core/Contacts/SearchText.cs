namespace WaConsole.Core.Contacts;

internal static class SearchText
{
    /// <summary>What the inbox search reads of a person. Set again whenever a name or an identifier changes.</summary>
    public static string Of(Contact contact) => string.Join(
        ' ',
        new[] { contact.GivenName, contact.ProfileName, contact.Username, contact.Phone }
            .Where(part => !string.IsNullOrEmpty(part))
            .Distinct())
        .ToLowerInvariant();
}
