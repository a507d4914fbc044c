using WaConsole.Core.Conversations;
using WaConsole.Core.Demo;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;
using Phone = WaConsole.Simulator.World.MessageContent;
using Stored = WaConsole.Core.Conversations.MessageContent;

namespace WaConsole.Web.Hosting;

/// <summary>A stored chat in the words of the simulator's phone.</summary>
internal static class PhoneChats
{
    /// <returns>Null for a chat whose customer has no phone number to be found by.</returns>
    public static async Task<ImportedChat?> ImportedAsync(PhoneChat chat, MediaShelf media, CancellationToken cancellationToken)
    {
        if (chat.Phone is null)
        {
            return null;
        }

        List<ImportedMessage> lines = [];
        foreach (var line in chat.Lines)
        {
            lines.Add(new ImportedMessage(
                line.Wamid,
                line.FromCustomer,
                new DateTimeOffset(line.AtUtc, TimeSpan.Zero),
                ContentOf(line, await MediaOfAsync(line, chat.PhoneNumberId, media, cancellationToken)),
                StateOf(line.Status),
                line.ReplyToWamid,
                line.ReactionOfCustomer,
                line.ReactionOfUs,
                ErrorCode: line.ErrorCode));
        }

        return new ImportedChat(chat.PhoneNumberId, chat.Name, chat.Phone, chat.UserId, chat.Username, HiddenNumber: false, lines);
    }

    private static async Task<MediaPart?> MediaOfAsync(PhoneLine line, string numberId, MediaShelf media, CancellationToken cancellationToken)
    {
        if (line is not { MediaPath: { } path, MimeType: { } type } || !File.Exists(path))
        {
            return null;
        }

        var stored = media.Add(await File.ReadAllBytesAsync(path, cancellationToken), type, line.FileName, numberId, line.FromCustomer);
        return new MediaPart(stored.Id, type, line.FileName, line.Content is Stored.Voice { IsVoiceNote: true });
    }

    private static Phone ContentOf(PhoneLine line, MediaPart? media) => line.Content switch
    {
        Stored.Location place => new Phone { Kind = "location", Location = new LocationPart(place.Latitude, place.Longitude, place.Name, place.Address) },
        Stored.ContactCards cards => new Phone
        {
            Kind = "contacts",
            Contacts = [.. cards.Cards.Select(card => new ContactPart(card.Name, card.Phones.Count > 0 ? card.Phones[0] : null))],
        },
        Stored.Order order => new Phone
        {
            Kind = "order",
            Order = [.. order.Lines.Select(item => new OrderItem(item.ProductId, item.Quantity, item.Price, item.Currency))],
        },
        _ when media is not null && line.Kind != MessageKind.Template => Phone.OfMedia(KindOf(line.Kind), media, TextOf(line)),
        _ => new Phone { Kind = line.Kind == MessageKind.Template ? "template" : "text", Text = line.Text, Media = media },
    };

    private static string? TextOf(PhoneLine line) => line.Text.Length == 0 ? null : line.Text;

    private static string KindOf(MessageKind kind) => kind switch
    {
        MessageKind.Image => "image",
        MessageKind.Video => "video",
        MessageKind.Audio => "audio",
        MessageKind.Sticker => "sticker",
        _ => "document",
    };

    private static ReceiptState StateOf(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Failed => ReceiptState.Failed,
        DeliveryStatus.Played => ReceiptState.Played,
        DeliveryStatus.Read or DeliveryStatus.None => ReceiptState.Read,
        DeliveryStatus.Delivered => ReceiptState.Delivered,
        DeliveryStatus.Sent => ReceiptState.Sent,
        _ => ReceiptState.Accepted,
    };
}
