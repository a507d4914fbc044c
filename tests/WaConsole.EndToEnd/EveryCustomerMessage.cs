namespace WaConsole.EndToEnd;

/// <summary>Every kind a customer can send, as the simulator is asked for it, and what must be drawn for it in the thread.</summary>
internal static class EveryCustomerMessage
{
    public static IReadOnlyList<(object Message, string Drawn)> All { get; } =
    [
        (new { type = "text", text = "Good morning, *three* things: https://alder-oak.example" }, ".text strong"),
        (new { type = "image", caption = "The left heel" }, ".media-image img"),
        (new { type = "sticker" }, ".media-sticker"),
        (new { type = "video", caption = "Hear it creak" }, ".media-video"),
        (new { type = "voice" }, ".sound[aria-label='Voice message']"),
        (new { type = "audio" }, ".sound[aria-label='Audio message']"),
        (new { type = "document" }, ".media-document-icon[data-family='pdf']"),
        (new { type = "location", latitude = 52.5, longitude = 13.4, name = "Alder & Oak" }, "text=Alder & Oak"),
        (new { type = "contacts", contacts = new[] { new { name = "Ida Falk", phone = "+46701740605" } } }, "text=Ida Falk"),
        (new { type = "text", text = "Is this one waxed?", productId = "WAX-SET" }, "text=Beeswax and brush"),
        (new { type = "order", items = new[] { new { productId = "WAX-SET", quantity = 2, price = 14.5, currency = "EUR" } } }, "text=29.00"),
        (new { type = "buttonReply", id = "friday", title = "Friday" }, "text=Friday"),
        (new { type = "unsupported", unsupportedType = "poll_creation", code = 131051 }, "text=poll"),
    ];
}
