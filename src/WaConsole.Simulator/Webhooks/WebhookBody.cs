using System.Buffers;
using System.Globalization;
using System.Text;

namespace WaConsole.Simulator.Webhooks;

/// <summary>How several things share one body.</summary>
public enum BatchShape
{
    /// <summary>Neighbours of one number and kind share a <c>statuses</c> or <c>messages</c> list.</summary>
    Items,

    /// <summary>Each is a change of its own in one entry.</summary>
    Changes,

    /// <summary>Each is an entry of its own.</summary>
    Entries,
}

/// <summary>Puts webhook items into a body. Source: Meta, "Webhooks overview", September 2026: up to 1,000 updates and 3 MB.</summary>
internal static class WebhookBody
{
    public const int MostItems = 1000;
    public const int MostBytes = 3_000_000;

    public static byte[] Write(IReadOnlyList<WebhookItem> items, BatchShape shape, string accountId, DateTimeOffset now)
    {
        var body = new ArrayBufferWriter<byte>(512 + items.Sum(item => item.Json.Length + 256));
        body.Write("{\"object\":\"whatsapp_business_account\",\"entry\":["u8);
        for (var i = 0; i < items.Count;)
        {
            var opens = i == 0 || shape == BatchShape.Entries || items[i].EntryId != items[i - 1].EntryId;
            if (opens)
            {
                body.Write(i == 0 ? "{"u8 : "]},{"u8);
                OpenEntry(body, items[i], accountId, now);
            }
            else
            {
                body.Write(","u8);
            }

            var together = shape == BatchShape.Items ? Together(items, i) : 1;
            WriteChange(body, items, i, together);
            i += together;
        }

        body.Write("]}]}"u8);
        return body.WrittenSpan.ToArray();
    }

    // Meta leaves the time out of most bodies of the field "messages" and gives it in all others.
    private static void OpenEntry(ArrayBufferWriter<byte> body, WebhookItem first, string accountId, DateTimeOffset now)
    {
        body.Write("\"id\":\""u8);
        body.Write(Encoding.ASCII.GetBytes(first.EntryId ?? accountId));
        body.Write("\","u8);
        if (first.Field != "messages")
        {
            body.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"time\":{now.ToUnixTimeSeconds()},")));
        }

        body.Write("\"changes\":["u8);
    }

    private static int Together(IReadOnlyList<WebhookItem> items, int from)
    {
        var first = items[from];
        var count = 1;
        while (first.List is not null && from + count < items.Count && items[from + count] is { } next
            && next.List == first.List && next.Field == first.Field && next.Head == first.Head && next.EntryId == first.EntryId)
        {
            count++;
        }

        return count;
    }

    private static void WriteChange(ArrayBufferWriter<byte> body, IReadOnlyList<WebhookItem> items, int from, int count)
    {
        body.Write("{\"value\":"u8);
        if (items[from].List is { } list)
        {
            body.Write(items[from].Head);
            WriteList(body, items, from, count, "contacts"u8, item => item.Contact);
            WriteList(body, items, from, count, Encoding.ASCII.GetBytes(list), item => item.Json);
            body.Write("}"u8);
        }
        else
        {
            body.Write(items[from].Json);
        }

        body.Write(",\"field\":\""u8);
        body.Write(Encoding.ASCII.GetBytes(items[from].Field));
        body.Write("\"}"u8);
    }

    private static void WriteList(
        ArrayBufferWriter<byte> body, IReadOnlyList<WebhookItem> items, int from, int count, ReadOnlySpan<byte> name, Func<WebhookItem, byte[]?> of)
    {
        var any = false;
        for (var i = from; i < from + count; i++)
        {
            if (of(items[i]) is not { } json)
            {
                continue;
            }

            if (!any)
            {
                body.Write(",\""u8);
                body.Write(name);
                body.Write("\":["u8);
                any = true;
            }
            else
            {
                body.Write(","u8);
            }

            body.Write(json);
        }

        if (any)
        {
            body.Write("]"u8);
        }
    }
}
