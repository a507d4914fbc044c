using WaConsole.CloudApi;
using WaConsole.Core.Interactive;
using WaConsole.Core.Media;
using MessageKind = WaConsole.Core.Conversations.MessageKind;

namespace WaConsole.Core.Sending;

/// <summary>Pure: a composed message with something to tap, as the wire wants it.</summary>
internal static class BuildInteractive
{
    /// <param name="mediaId">WhatsApp's id of the header's file, when there is one.</param>
    public static InteractiveContent Run(InteractiveMessage reply, MediaFile? file, string? mediaId) => reply switch
    {
        InteractiveMessage.Buttons it => new InteractiveContent.Buttons(
            it.Body, [.. it.Options.Select(option => new ReplyButton(option.Id!, option.Title))], Header(it.Head, file, mediaId), it.Footer),
        InteractiveMessage.List it => new InteractiveContent.List(
            it.Body, it.Label,
            [.. it.Groups.Select(group => new ListSection(
                group.Title, [.. group.Options.Select(option => new ListRow(option.Id!, option.Title, option.Description))]))],
            it.Header, it.Footer),
        InteractiveMessage.Link it => new InteractiveContent.Link(it.Body, it.Label, new Uri(it.Url), Header(it.Head, file, mediaId), it.Footer),
        InteractiveMessage.LocationRequest it => new InteractiveContent.LocationRequest(it.Body),
        InteractiveMessage.ContactRequest it => new InteractiveContent.ContactInfoRequest(it.Body),
        InteractiveMessage.Product it => new InteractiveContent.Product(it.CatalogueId, it.Pick.ProductId, it.Body.Length > 0 ? it.Body : null, it.Footer),
        InteractiveMessage.ProductList it => new InteractiveContent.ProductList(
            it.Header, it.Body, it.CatalogueId,
            [.. it.Groups.Select(group => new ProductSection(group.Title, [.. group.Picks.Select(pick => pick.ProductId)]))], it.Footer),
        InteractiveMessage.Catalogue it => new InteractiveContent.Catalog(it.Body, it.Cover?.ProductId, it.Footer),
        _ => throw new InvalidOperationException("An interactive reply of an unknown kind passed the gate."),
    };

    private static InteractiveHeader? Header(InteractiveHead? head, MediaFile? file, string? mediaId)
    {
        if (head?.MediaFileId is null)
        {
            return head?.Text is { } text ? new InteractiveHeader.Text(text) : null;
        }

        var media = new MediaRef.Id(mediaId!);
        return UploadRules.KindOf(file!.MimeType) switch
        {
            MessageKind.Image => new InteractiveHeader.Image(media),
            MessageKind.Video => new InteractiveHeader.Video(media),
            _ => new InteractiveHeader.Document(media, file.FileName),
        };
    }
}
