using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// The contacts beside a change's messages. Found by BSUID first, then phone; never by position, because Meta does not
/// promise one contact per message, nor their order.
/// </summary>
internal sealed class ContactBook
{
    private readonly Dictionary<string, JsonElement> _byUserId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _byWaId = new(StringComparer.Ordinal);

    public static ContactBook Read(JsonElement value)
    {
        var book = new ContactBook();
        foreach (var contact in value.Items("contacts"u8))
        {
            book.Add(contact);
        }

        return book;
    }

    public JsonElement? Find(string? userId, string? waId) =>
        userId is not null && _byUserId.TryGetValue(userId, out var contact) ? contact
        : waId is not null && _byWaId.TryGetValue(waId, out contact) ? contact
        : null;

    private void Add(JsonElement contact)
    {
        if (contact.Text("user_id"u8) is { } userId)
        {
            _byUserId.TryAdd(userId, contact);
        }

        if (contact.Text("wa_id"u8) is { } waId)
        {
            _byWaId.TryAdd(waId, contact);
        }
    }
}

internal static class ContactReading
{
    public static string? ProfileName(this JsonElement contact) => contact.Object("profile"u8)?.Text("name"u8);

    public static string? Username(this JsonElement contact) =>
        contact.Object("profile"u8)?.Text("username"u8)?.TrimStart('@') is { Length: > 0 } name ? name : null;

    /// <summary>An item and the contact it belongs to, as one JSON text.</summary>
    public static string RawWith(this JsonElement? contact, string name, JsonElement item) => contact is { } found
        ? $$"""{"{{name}}":{{item.GetRawText()}},"contact":{{found.GetRawText()}}}"""
        : item.GetRawText();
}
