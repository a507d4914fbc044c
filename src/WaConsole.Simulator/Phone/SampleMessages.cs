using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Phone;

/// <summary>Messages a customer can send without writing them.</summary>
internal static class SampleMessages
{
    public static readonly string[] Kinds = ["image", "voice", "video", "audio", "document", "sticker"];

    public static string Sign(string kind) => kind switch
    {
        "image" => "picture",
        "voice" => "mic",
        "video" => "film",
        "audio" => "music",
        "sticker" => "smile",
        _ => "file",
    };

    public static MessageContent Of(string kind, SimulatedWhatsApp world) => Samples.Message(kind, null, world);

    /// <summary>The customer's own card, in answer to the question for it.</summary>
    public static MessageContent OwnCard(Customer customer) => new()
    {
        Kind = "contacts",
        SubKind = "contact_request",
        Contacts = [new ContactPart(customer.Name, "+" + customer.Phone, customer.Phone)],
    };

    public static MessageContent Unsupported(string kind) =>
        new() { Kind = "unsupported", SubKind = kind == "unnamed" ? null : kind };

    public static MessageContent Edit(ChatLine line, string text) => new() { Kind = "edit", TargetId = line.Id, Text = text.Trim() };

    public static MessageContent Deletion(ChatLine line) => new() { Kind = "revoke", TargetId = line.Id };

    /// <summary>The same content once more. A file of the business is sent on as the customer's own.</summary>
    public static MessageContent Forwarded(ChatLine line, SimulatedWhatsApp world)
    {
        var content = line.Content with { Forwarded = line.Content.Forwarded == 0 ? 1 : line.Content.Forwarded, Product = null, Wire = null };
        if (content.Media is not { Id: { } id } media || world.Media.Stored(id) is not { } file)
        {
            return content;
        }

        var own = world.Media.Add(file.Bytes, file.MimeType, file.FileName, null, fromCustomer: true);
        return content with { Media = media with { Id = own.Id } };
    }
}
