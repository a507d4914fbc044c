using WaConsole.CloudApi;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Templates;
using MessageKind = WaConsole.Core.Conversations.MessageKind;

namespace WaConsole.Core.Sending;

/// <summary>Pure: what we stored, as the wire wants it.</summary>
internal static class BuildMessage
{
    /// <param name="mediaId">WhatsApp's id of the uploaded file, when there is one.</param>
    /// <param name="cardFiles">The files of a carousel's cards, by our id.</param>
    public static OutboundMessage Run(
        Contact contact, ReplyContent content, TemplateView? template, MediaFile? file, string? mediaId, string? replyToWamid,
        IReadOnlyDictionary<long, WhatsAppFile> cardFiles) =>
        new(To(contact), Content(content, template, file, mediaId, cardFiles)) { ReplyToWamid = replyToWamid };

    /// <summary>Of a contact that passed the gate.</summary>
    public static Recipient To(Contact contact) => contact.Phone is { Length: > 0 } phone
        ? new Recipient.Phone(phone)
        : new Recipient.UserId(contact.UserId ?? throw new InvalidOperationException("A contact without an identity passed the gate."));

    private static OutboundContent Content(
        ReplyContent content, TemplateView? template, MediaFile? file, string? mediaId, IReadOnlyDictionary<long, WhatsAppFile> cardFiles) => content switch
        {
            ReplyContent.Text text => new OutboundContent.Text(text.Body, HasLink(text.Body)),
            ReplyContent.Media media => Media(media, file!, new MediaRef.Id(mediaId!)),
            ReplyContent.Interactive wanted => new OutboundContent.Interactive(BuildInteractive.Run(wanted.What, file, mediaId)),
            ReplyContent.Place place => new OutboundContent.Location(place.Latitude, place.Longitude, place.Name, place.Address),
            ReplyContent.Cards cards => new OutboundContent.Contacts([.. cards.People.Select(Card)]),
            ReplyContent.Template wanted => BuildTemplateMessage.Run(
                template!, wanted.Values, mediaId is null ? cardFiles : new Dictionary<long, WhatsAppFile>(cardFiles) { [file!.Id] = new(mediaId, file.FileName) }),
            _ => throw new InvalidOperationException("A reply of an unknown kind passed the gate."),
        };

    /// <summary>WhatsApp wants a part of the name besides the whole.</summary>
    private static CloudApi.ContactCard Card(Conversations.ContactCard person) => new(new CloudApi.ContactName(person.Name, person.Name))
    {
        Phones = [.. person.Phones.Select(phone => new ContactPhone(phone))],
        Emails = person.Emails.Count > 0 ? [.. person.Emails.Select(mail => new ContactEmail(mail))] : null,
        Org = person.Organisation is { } organisation ? new ContactOrganisation(organisation) : null,
    };

    private static OutboundContent Media(ReplyContent.Media media, MediaFile file, MediaRef.Id id)
    {
        var caption = string.IsNullOrWhiteSpace(media.Caption) ? null : media.Caption;
        return media.Kind switch
        {
            MessageKind.Image => new OutboundContent.Image(id, caption),
            MessageKind.Video => new OutboundContent.Video(id, caption),
            MessageKind.Audio => new OutboundContent.Audio(id, media.Voice),
            MessageKind.Sticker => new OutboundContent.Sticker(id),
            _ => new OutboundContent.Document(id, string.IsNullOrWhiteSpace(media.FileName) ? file.FileName : media.FileName, caption),
        };
    }

    private static bool HasLink(string text) =>
        text.Contains("https://", StringComparison.OrdinalIgnoreCase) || text.Contains("http://", StringComparison.OrdinalIgnoreCase);
}
