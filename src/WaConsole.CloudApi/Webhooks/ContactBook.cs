using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>
/// The contacts beside a change's messages. Found by BSUID first, then phone; never by position, because Meta does not
/// promise one contact per message, nor their order.
/// </summary>
internal sealed class ContactBook
{
    /// <summary>Up to here looking at each is quicker than a table, and most bodies have one.</summary>
    private const int Few = 4;

    private readonly List<(string? UserId, string? WaId, JsonElement Contact)> _contacts = [];

    // One table for both ids: a BSUID has a dot behind its country, a phone has digits only.
    private Dictionary<string, JsonElement>? _byId;

    public static ContactBook Empty { get; } = new();

    public static ContactBook Read(JsonElement value)
    {
        ContactBook? book = null;
        foreach (var contact in value.Items("contacts"u8))
        {
            (book ??= new())._contacts.Add((contact.Text("user_id"u8), contact.Text("wa_id"u8), contact));
        }

        return book ?? Empty;
    }

    public JsonElement? Find(string? userId, string? waId) =>
        userId is not null && Find(userId) is { } contact ? contact
        : waId is not null ? Find(waId)
        : null;

    private JsonElement? Find(string id)
    {
        if (_contacts.Count > Few)
        {
            return (_byId ??= Table()).TryGetValue(id, out var found) ? found : null;
        }

        foreach (var (userId, waId, contact) in _contacts)
        {
            if (userId == id || waId == id)
            {
                return contact;
            }
        }

        return null;
    }

    private Dictionary<string, JsonElement> Table()
    {
        var table = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (userId, waId, contact) in _contacts)
        {
            Add(userId, contact);
            Add(waId, contact);
        }

        return table;

        void Add(string? id, JsonElement contact)
        {
            if (id is not null)
            {
                table.TryAdd(id, contact);
            }
        }
    }
}

internal static class ContactReading
{
    public static string? ProfileName(this JsonElement contact) => contact.Object("profile"u8)?.Text("name"u8);

    public static string? Username(this JsonElement contact) =>
        contact.Object("profile"u8)?.Text("username"u8)?.TrimStart('@') is { Length: > 0 } name ? name : null;
}
