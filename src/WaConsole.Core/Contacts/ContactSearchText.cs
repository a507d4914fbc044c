using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

internal static class ContactSearchText
{
    /// <summary>What the inbox search reads of a person. Set again whenever a name or an identifier changes.</summary>
    public static string Of(Contact contact) => SearchWords.Fold(string.Join(
        ' ',
        new[] { contact.GivenName, contact.ProfileName, contact.Username, contact.Phone }
            .Where(part => !string.IsNullOrEmpty(part))
            .Distinct()));
}
