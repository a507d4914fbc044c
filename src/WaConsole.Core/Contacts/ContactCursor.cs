using System.Buffers.Text;
using System.Globalization;
using System.Text;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>The last row of a page, and the key it was sorted by; null when the ids are the order.</summary>
internal sealed record ContactCursor(long Id, string? Key)
{
    public string Write()
    {
        var id = Id.ToString(CultureInfo.InvariantCulture);
        return Key is null ? id : $"{id}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Key))}";
    }

    /// <exception cref="InvalidContactCursorException">The cursor is not one of this order.</exception>
    public static ContactCursor? ReadNewest(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? null : new ContactCursor(IdOf(cursor), null);

    /// <exception cref="InvalidContactCursorException">The cursor is not one of this order.</exception>
    public static ContactCursor? ReadName(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return null;
        }

        var dot = cursor.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !Base64Url.IsValid(cursor.AsSpan(dot + 1)))
        {
            throw new InvalidContactCursorException();
        }

        var key = StoredText.Clean(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor.AsSpan(dot + 1))), Schema.SortKeyLength);
        return new ContactCursor(IdOf(cursor[..dot]), key);
    }

    private static long IdOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new InvalidContactCursorException();
}
