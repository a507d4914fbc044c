using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Where a page of the inbox ended. <see cref="AsOfUtc"/> is the moment the first page was read at, so that a window that closes
/// meanwhile does not move its row to a page still to come.
/// </summary>
internal sealed record InboxCursor(InboxSort Sort, int Stretch, DateTime AsOfUtc, DateTime AfterUtc, long AfterId)
{
    private const int Parts = 5;
    private const int MaxLength = 200;

    public string Write()
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{(int)Sort}.{Stretch}.{AsOfUtc.Ticks}.{AfterUtc.Ticks}.{AfterId}");
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));
    }

    /// <exception cref="InvalidCursorException">Not one of ours, or made for another sort.</exception>
    public static InboxCursor Read(string cursor, InboxSort sort)
    {
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
        {
            throw new InvalidCursorException();
        }

        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.');
        var numbers = new long[Parts];
        if (parts.Length != Parts)
        {
            throw new InvalidCursorException();
        }

        for (var i = 0; i < Parts; i++)
        {
            if (!long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw new InvalidCursorException();
            }
        }

        if (numbers[0] != (long)sort || numbers[1] >= InboxOrder.StretchesOf(sort)
            || numbers[2] > DateTime.MaxValue.Ticks || numbers[3] > DateTime.MaxValue.Ticks)
        {
            throw new InvalidCursorException();
        }

        return new InboxCursor(sort, (int)numbers[1], Utc(numbers[2]), Utc(numbers[3]), numbers[4]);
    }

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);
}
