using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class RawJsonText
{
    /// <summary>
    /// An item and the contact it belongs to as one JSON text. Put together as bytes: by way of texts it took a
    /// fifth of
    /// all the memory a message costs.
    /// </summary>
    public static string WithContact(ReadOnlySpan<byte> itemName, JsonElement item, JsonElement? contact)
    {
        if (contact is not { } found)
        {
            return item.GetRawText();
        }

        var itemJson = JsonMarshal.GetRawUtf8Value(item);
        var contactJson = JsonMarshal.GetRawUtf8Value(found);
        var buffer = ArrayPool<byte>.Shared.Rent(itemJson.Length + contactJson.Length + itemName.Length + 20);
        var length = 0;
        Append("{\""u8, buffer, ref length);
        Append(itemName, buffer, ref length);
        Append("\":"u8, buffer, ref length);
        Append(itemJson, buffer, ref length);
        Append(",\"contact\":"u8, buffer, ref length);
        Append(contactJson, buffer, ref length);
        Append("}"u8, buffer, ref length);
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    private static void Append(ReadOnlySpan<byte> part, byte[] buffer, ref int length)
    {
        part.CopyTo(buffer.AsSpan(length));
        length += part.Length;
    }
}
