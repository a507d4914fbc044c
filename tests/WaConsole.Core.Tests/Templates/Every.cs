using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Tests.Templates;

/// <summary>One composed template of each kind the API takes today. Each is right: no rule is broken.</summary>
internal static class Every
{
    public static ComposedTemplate Plain { get; } = new()
    {
        Name = "pickup_ready",
        Language = "en_US",
        Category = TemplateCategories.Utility,
        Body = new("Hello {{1}}, your bread is waiting for you at {{2}}. We close at six.", ("1", "Ines"), ("2", "Mill Lane")),
    };

    private static ComposedTemplate Marketing { get; } = Plain with { Category = TemplateCategories.Marketing };

    public static ComposedHeader Media(HeaderMediaKind kind, string handle = "4::handle") =>
        new ComposedHeader.Media(new ComposedMedia(kind, Handle: handle));

    public static ComposedCard Card(ComposedHeader header, params ReadOnlySpan<ComposedButton> buttons) =>
        new() { Header = header, Body = new("Fresh from the oven today."), Buttons = buttons.ToArray() };

    public static IReadOnlyDictionary<string, ComposedTemplate> All { get; } = new Dictionary<string, ComposedTemplate>
    {
        ["plain"] = Plain,
        ["named"] = Plain with
        {
            Named = true,
            Header = new ComposedHeader.Text(new("Order {{order_no}} is ready", ("order_no", "A-1042"))),
            Body = new("Hello {{first_name}}, your bread is waiting for you at {{shop}}. We close at six.", ("first_name", "Ines"), ("shop", "Mill Lane")),
            Footer = "Harbour Bakery",
            Buttons = [new ComposedButton.QuickReply("On my way")],
        },
        ["text header"] = Plain with { Header = new ComposedHeader.Text(new("Order {{1}} is ready", ("1", "A-1042"))) },
        ["image header"] = Plain with { Header = Media(HeaderMediaKind.Image) },
        ["video header"] = Plain with { Header = Media(HeaderMediaKind.Video) },
        ["document header"] = Plain with { Header = Media(HeaderMediaKind.Document) },
        ["location header"] = Plain with { Header = new ComposedHeader.Location() },
        ["links and phone"] = Plain with
        {
            Buttons =
            [
                new ComposedButton.Url("See the menu", "https://harbour.example/menu?c={{1}}", "https://harbour.example/menu?c=spring"),
                new ComposedButton.Url("Our shops", "https://harbour.example/shops"),
                new ComposedButton.Phone("Call us", "+351210000000"),
            ],
        },
        ["coupon"] = Marketing with { Buttons = [new ComposedButton.CopyCode("SPRING20")] },
        ["form"] = Plain with { Buttons = [new ComposedButton.Flow("Book a table", "1234", Screen: "START")] },
        ["catalogue"] = Marketing with { Buttons = [new ComposedButton.Catalogue()] },
        ["several products"] = Marketing with
        {
            Header = new ComposedHeader.Text(new("Baked this morning")),
            Buttons = [new ComposedButton.Products()],
        },
        ["one product"] = Marketing with { Header = new ComposedHeader.Product(), Buttons = [new ComposedButton.Product()] },
        ["call on WhatsApp"] = Plain with { Buttons = [new ComposedButton.VoiceCall("Call on WhatsApp")] },
        ["phone number asked"] = Plain with { Buttons = [new ComposedButton.ContactInfo()] },
        ["order to pay"] = Plain with
        {
            SubCategory = "ORDER_DETAILS",
            DisplayFormat = "ORDER_DETAILS",
            Buttons = [new ComposedButton.OrderDetails("Review and pay")],
        },
        ["call permission"] = Plain with { AsksToCall = true },
        ["offer"] = Marketing with
        {
            Header = Media(HeaderMediaKind.Image),
            Offer = new ComposedOffer("Ends soon", true),
            Buttons = [new ComposedButton.CopyCode("SPRING20"), new ComposedButton.Url("Shop", "https://harbour.example/shop")],
        },
        ["media cards"] = Marketing with
        {
            Cards =
            [
                Card(Media(HeaderMediaKind.Image), new ComposedButton.QuickReply("I want this"), new ComposedButton.Url("Look", "https://harbour.example/{{1}}", "https://harbour.example/rye")),
                Card(Media(HeaderMediaKind.Image), new ComposedButton.QuickReply("I want this"), new ComposedButton.Url("Look", "https://harbour.example/{{1}}", "https://harbour.example/oat")),
            ],
        },
        ["product cards"] = Marketing with
        {
            Cards =
            [
                Card(new ComposedHeader.Product(), new ComposedButton.Product()) with { Body = null },
                Card(new ComposedHeader.Product(), new ComposedButton.Product()) with { Body = null },
            ],
        },
        ["code to copy"] = Code(new ComposedCode(CodeDelivery.CopyCode, ExpiresInMinutes: 5, Label: "Copy code")),
        ["code in one tap"] = Code(new ComposedCode(CodeDelivery.OneTap, Label: "Copy code", FillInLabel: "Autofill", Apps: [new("com.acme.app", "K8a/AINcGX7")])),
        ["code without a tap"] = Code(new ComposedCode(
            CodeDelivery.ZeroTap, ExpiresInMinutes: 10, Label: "Copy code", FillInLabel: "Autofill", Apps: [new("com.acme.app", "K8a/AINcGX7")], ZeroTapTermsAccepted: true)),
    };

    private static ComposedTemplate Code(ComposedCode code) =>
        new() { Name = "login_code", Language = "en_US", Category = TemplateCategories.Authentication, Code = code };
}
