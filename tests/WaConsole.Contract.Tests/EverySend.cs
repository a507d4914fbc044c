using System.Text.Json;
using WaConsole.CloudApi;

namespace WaConsole.Contract.Tests;

/// <summary>A kind of message as the client builds it, filled with what the simulated world has.</summary>
/// <param name="Name">As the coverage list calls it.</param>
/// <param name="Country">Calling code of the customer's number.</param>
public sealed record Send(string Name, Func<Wire, string, Task<OutboundContent>> ContentAsync, string Country = "49")
{
    public override string ToString() => Name;
}

/// <summary>Every free-form kind; templates stand in <see cref="EveryTemplate"/>.</summary>
public static class EverySend
{
    private static readonly Uri Page = new("https://alder-oak.example/orders/1");

    public static TheoryData<Send> Data => [.. All.Select(send => new TheoryDataRow<Send>(send))];

    /// <summary>The string given is the wamid of the customer's last message.</summary>
    public static IReadOnlyList<Send> All { get; } =
    [
        Plain("text", new OutboundContent.Text("Hello *you*")),
        Plain("text with a link preview", new OutboundContent.Text("See https://alder-oak.example", PreviewUrl: true)),
        Media("image", "image", media => new OutboundContent.Image(media, "A boot")),
        Plain("image by link", new OutboundContent.Image(new MediaRef.Link(new("https://alder-oak.example/boot.jpg")))),
        Media("video", "video", media => new OutboundContent.Video(media, "A step")),
        Media("audio", "audio", media => new OutboundContent.Audio(media)),
        Media("voice note", "voice", media => new OutboundContent.Audio(media, Voice: true)),
        Media("document", "document", media => new OutboundContent.Document(media, "order.pdf", "Your order")),
        Media("sticker", "sticker", media => new OutboundContent.Sticker(media)),
        Plain("location", new OutboundContent.Location(52.5031, 13.4184, "Alder & Oak", "Lindenstraße 14")),
        Plain("contacts", new OutboundContent.Contacts(
        [
            new ContactCard(new ContactName("Alder & Oak", FirstName: "Alder"))
            {
                Phones = [new("+49 30 23125100", "WORK", "493023125100")],
                Emails = [new("shop@alder-oak.example", "WORK")],
                Org = new("Alder & Oak"),
            },
        ])),
        new("reaction", (_, wamid) => Done(new OutboundContent.Reaction(wamid, "👍"))),
        new("reaction taken back", (_, wamid) => Done(new OutboundContent.Reaction(wamid, null))),
        Interactive("reply buttons", new InteractiveContent.Buttons(
            "Which colour?", [new("c", "Chestnut"), new("b", "Black")], new InteractiveHeader.Text("Boots"), "Until six")),
        new("reply buttons under a picture", async (wire, _) => Of(new InteractiveContent.Buttons(
            "This one?", [new("y", "Yes")], new InteractiveHeader.Image(new MediaRef.Id(await wire.MediaAsync("image")))))),
        new("reply buttons under a video", async (wire, _) => Of(new InteractiveContent.Buttons(
            "This one?", [new("y", "Yes")], new InteractiveHeader.Video(new MediaRef.Id(await wire.MediaAsync("video")))))),
        new("reply buttons under a document", async (wire, _) => Of(new InteractiveContent.Buttons(
            "Right?", [new("y", "Yes")], new InteractiveHeader.Document(new MediaRef.Id(await wire.MediaAsync("document")), "o.pdf")))),
        Interactive("list", new InteractiveContent.List(
            "When?", "Days", [new("This week", [new("w", "Wednesday", "From ten"), new("f", "Friday")])], "Fitting", "By appointment")),
        Interactive("link button", new InteractiveContent.Link("Follow it", "Open", Page)),
        Interactive("location request", new InteractiveContent.LocationRequest("Where are you?")),
        Interactive("contact information request", new InteractiveContent.ContactInfoRequest("May we have your number?")),
        Interactive("form (Flow)", new InteractiveContent.Flow(
            "Book a fitting", new FlowCall("123456789012345", "Book", "fitting-1", "START", JsonElement.Parse("""{"shop":"Berlin"}""")))),
        Interactive("voice call button", new InteractiveContent.VoiceCall("Call us", "Call now", 100, "shop")),
        Interactive("call permission request", new InteractiveContent.CallPermissionRequest("May we call you?")),
        Interactive("product", wire => new InteractiveContent.Product(wire.Catalog, First(wire), "This one")),
        Interactive("product list", wire => new InteractiveContent.ProductList(
            "Boots", "Our picks", wire.Catalog, [new("New", [First(wire)])])),
        Interactive("catalogue", wire => new InteractiveContent.Catalog("All we make", First(wire))),
        new("carousel with links", async (wire, _) => Of(new InteractiveContent.MediaCarousel("Offers",
        [
            new MediaCard.Link(await PictureAsync(wire), "One", "Open", Page),
            new MediaCard.Link(await PictureAsync(wire), "Two", "Open", Page),
        ]))),
        new("carousel with quick replies", async (wire, _) => Of(new InteractiveContent.MediaCarousel("Offers",
        [
            new MediaCard.QuickReplies(await PictureAsync(wire), "One", [new("1", "This")]),
            new MediaCard.QuickReplies(await PictureAsync(wire), "Two", [new("2", "That")]),
        ]))),
        Interactive("carousel of products", wire => new InteractiveContent.ProductCarousel(
            "Offers", wire.Catalog, [First(wire), wire.World.Catalog.All[1].RetailerId])),
        Interactive("address request", new InteractiveContent.AddressRequest("Where to?", "IN")) with { Country = "91" },
        Interactive("order details", new InteractiveContent.OrderDetails("Your order", JsonElement.Parse(
            """
            {"reference_id":"AO-7","type":"physical-goods","currency":"INR","total_amount":{"value":110000,"offset":100},
             "payment_settings":[{"type":"payment_gateway","payment_gateway":{"type":"razorpay","configuration_name":"shop"}}],
             "order":{"status":"pending","items":[{"retailer_id":"WAX-SET","name":"Beeswax and brush","amount":{"value":110000,"offset":100},"quantity":1}],
                      "subtotal":{"value":110000,"offset":100},"tax":{"value":0,"offset":100}}}
            """))) with { Country = "91" },
        Interactive("order status", new InteractiveContent.OrderStatus("On its way", JsonElement.Parse(
            """{"reference_id":"AO-7","order":{"status":"shipped","description":"With the post"}}"""))) with { Country = "91" },
    ];

    /// <summary>What is built rightly and still may not be sent, with the code it is refused with.</summary>
    public static IReadOnlyList<(Send Send, int Code)> Refused { get; } =
    [
        (Interactive("address request outside India", new InteractiveContent.AddressRequest("Where to?", "IN")), 131009),
        (Interactive("order details without a total", new InteractiveContent.OrderDetails("Your order", JsonElement.Parse("""{"reference_id":"R1"}"""))), 131008),
        (Interactive("order status without an order", new InteractiveContent.OrderStatus("Shipped", JsonElement.Parse("""{"reference_id":"R1"}"""))), 131008),
    ];

    private static Send Plain(string name, OutboundContent content) => new(name, (_, _) => Done(content));

    private static Send Media(string name, string sample, Func<MediaRef, OutboundContent> content) =>
        new(name, async (wire, _) => content(new MediaRef.Id(await wire.MediaAsync(sample))));

    private static Send Interactive(string name, InteractiveContent content) => Plain(name, Of(content));

    private static Send Interactive(string name, Func<Wire, InteractiveContent> content) => new(name, (wire, _) => Done(Of(content(wire))));

    private static OutboundContent Of(InteractiveContent content) => new OutboundContent.Interactive(content);

    private static Task<OutboundContent> Done(OutboundContent content) => Task.FromResult(content);

    private static async Task<InteractiveHeader> PictureAsync(Wire wire) =>
        new InteractiveHeader.Image(new MediaRef.Id(await wire.MediaAsync("image")));

    private static string First(Wire wire) => wire.World.Catalog.All[0].RetailerId;
}
