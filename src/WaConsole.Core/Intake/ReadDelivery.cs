using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WaConsole.CloudApi;

namespace WaConsole.Core.Intake;

/// <summary>One item of a body.</summary>
internal sealed class ReadItem(WebhookItem item)
{
    public WebhookItem Item { get; } = item;

    /// <summary>
    /// Tells it from every other: the same item delivered again has the same. Messages and statuses that find their row never ask for it.
    /// </summary>
    public string Hash => field ??= ReadDelivery.HashOf(Item);
}

/// <summary>Pure: every item of a raw body, in order of appearance.</summary>
internal static class ReadDelivery
{
    /// <exception cref="WebhookFormatException">The body as a whole is no webhook.</exception>
    public static IReadOnlyList<ReadItem> Run(ReadOnlyMemory<byte> body) =>
        [.. WebhookReader.Read(body).Select(item => new ReadItem(item))];

    /// <summary>Of a body that could not be read.</summary>
    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>
    /// Messages are told apart by their id. Everything else by place, time of the entry and content: two equal reports at different
    /// times are two.
    /// </summary>
    internal static string HashOf(WebhookItem item)
    {
        var identity = item is MessageItem message
            ? $"message\n{message.Wamid}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"item\n{item.BusinessAccountId}\n{item.Field}\n{(item as OtherItem)?.Part}\n{item.PhoneNumberId}\n{TimeOf(item):O}\n{item.RawJson}");
        return HashOf(Encoding.UTF8.GetBytes(identity));
    }

    /// <summary>A status says itself when it happened; the entry's time is that of one delivery.</summary>
    private static DateTime? TimeOf(WebhookItem item) => item is StatusItem or CallItem or UserPreferenceItem or UserIdUpdateItem ? null : item.EntryTime;
}
