using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// The contacts beside a change's messages. Found by BSUID first, then phone; never by position, because Meta does not
/// promise one contact per message, nor their order.
/// </summary>
internal sealed class ContactBook
{
    // One table for both ids: a BSUID has a dot behind its country, a phone has digits only.
    private readonly Dictionary<string, JsonElement> _byId = new(StringComparer.Ordinal);

    public static ContactBook Empty { get; } = new();

    public static ContactBook Read(JsonElement value)
    {
        ContactBook? book = null;
        foreach (var contact in value.Items("contacts"u8))
        {
            book ??= new();
            book.Add(contact.Text("user_id"u8), contact);
            book.Add(contact.Text("wa_id"u8), contact);
        }

        return book ?? Empty;
    }

    public JsonElement? Find(string? userId, string? waId) =>
        userId is not null && _byId.TryGetValue(userId, out var contact) ? contact
        : waId is not null && _byId.TryGetValue(waId, out contact) ? contact
        : null;

    private void Add(string? id, JsonElement contact)
    {
        if (id is not null)
        {
            _byId.TryAdd(id, contact);
        }
    }
}

internal static class ContactReading
{
    public static string? ProfileName(this JsonElement contact) => contact.Object("profile"u8)?.Text("name"u8);

    public static string? Username(this JsonElement contact) =>
        contact.Object("profile"u8)?.Text("username"u8)?.TrimStart('@') is { Length: > 0 } name ? name : null;
}
