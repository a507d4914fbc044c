using WaConsole.Core.Templates.Drafts;
using WaConsole.Core.Templates.Rules;

namespace WaConsole.Core.Tests.Templates;

/// <summary>For each rule a template that breaks it. <see cref="Facts"/>: what only the database would know.</summary>
internal sealed record Breaking(ComposedTemplate Template, RuleFacts? Facts = null)
{
    private static readonly ComposedTemplate Plain = Every.Plain;
    private static readonly ComposedTemplate Marketing = Every.Plain with { Category = TemplateCategories.Marketing };
    private static readonly ComposedTemplate Cards = Every.All["media cards"];
    private static readonly ComposedTemplate ProductCards = Every.All["product cards"];
    private static readonly ComposedTemplate Offer = Every.All["offer"];
    private static readonly DateTime Later = new(2026, 12, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Where one rule breaks, others may too; which one is asked for is the key.</summary>
    public static IReadOnlyDictionary<string, Breaking> Rules { get; } = new Dictionary<string, Breaking>
    {
        ["NAME_FORM"] = new(Plain with { Name = "Pickup ready" }),
        ["NAME_LENGTH"] = new(Plain with { Name = new string('a', 513) }),
        ["NAME_TAKEN"] = new(Plain, new() { NameTaken = true }),
        ["NAME_LOCKED"] = new(Plain, new() { NameLockedUntilUtc = Later }),
        ["LANGUAGE_UNKNOWN"] = new(Plain with { Language = "tlh" }),
        ["CATEGORY_UNKNOWN"] = new(Plain with { Category = "FREE_SERVICE" }),
        ["CATEGORY_MARKETING"] = new(Plain with { Body = new("Your order is here, and today there is a discount on rye.") }),
        ["CATEGORY_CODE"] = new(Plain with { Body = new("Here is your verification code, good for a day.") }),
        ["CODE_FORM"] = new(Plain with { Category = TemplateCategories.Authentication }),
        ["CODE_CATEGORY"] = new(Every.All["code to copy"] with { Category = TemplateCategories.Utility }),
        ["CODE_PLAIN"] = new(Code(new(CodeDelivery.CopyCode, Label: "Copy 🔑"))),
        ["CODE_DEVICES"] = new(Every.All["code to copy"]),
        ["SAME_CONTENT"] = new(Plain, new() { SameContentAs = "other" }),
        ["DISPLAY_FORMAT"] = new(Plain with { Buttons = [new ComposedButton.OrderDetails("Pay")] }),
        ["NOT_EDITABLE"] = new(Plain, Edit("PENDING")),
        ["NAME_FIXED"] = new(Plain with { Name = "other_name" }, Edit("REJECTED")),
        ["CATEGORY_FIXED"] = new(Marketing, Edit("APPROVED")),
        ["ACCOUNT_FULL"] = new(Plain, new() { Templates = 6000 }),
        ["ACCOUNT_FILLING"] = new(Plain, new() { Templates = 250 }),
        ["CREATED_TOO_MANY"] = new(Plain, new() { CreatedInLastHour = 100 }),
        ["EDITED_TODAY"] = new(Plain, Edit("APPROVED", new EditsLeft(0, 5, Later))),
        ["EDITED_OFTEN"] = new(Plain, Edit("APPROVED", new EditsLeft(1, 0, Later))),
        ["VARIABLE_BRACES"] = new(Body("Hello {{1}, your bread is ready.")),
        ["VARIABLE_MIXED"] = new(Body("Hello {{first_name}}, your bread is ready for you now.", ("first_name", "Ines"))),
        ["VARIABLE_NAME"] = new(Body("Hello {{FirstName}}, your bread is ready for you now.", ("FirstName", "Ines")) with { Named = true }),
        ["VARIABLE_NAME_DIGIT"] = new(Body("Hello {{name_1}}, your bread is ready for you now.", ("name_1", "Ines")) with { Named = true }),
        ["VARIABLE_SEQUENCE"] = new(Body("Hello {{1}}, your bread is waiting at {{3}} for you now.", ("1", "a"), ("3", "b"))),
        ["VARIABLE_EDGE"] = new(Body("Hello there, your bread is waiting for you, {{1}}", ("1", "Ines"))),
        ["VARIABLE_ADJACENT"] = new(Body("Hello {{1}} {{2}}, your bread is waiting for you here.", ("1", "a"), ("2", "b"))),
        ["VARIABLE_RATIO"] = new(Body("Hello {{1}} there.", ("1", "Ines"))),
        ["VARIABLE_SIGNS"] = new(Body("Hello {{na#me}}, your bread is ready for you now.", ("na#me", "Ines")) with { Named = true }),
        ["SAMPLE_MISSING"] = new(Body("Hello {{1}}, your bread is ready for you now.")),
        ["SAMPLE_SPACES"] = new(Body("Hello {{1}}, your bread is ready for you now.", ("1", "Ines\nDuarte"))),
        ["FILLED_LENGTH"] = new(Body($"{new string('x', 980)} for {{{{1}}}} as agreed by us.", ("1", new string('y', 100)))),
        ["HEADER_EMPTY"] = new(Header("")),
        ["HEADER_LENGTH"] = new(Header(new string('x', 61))),
        ["HEADER_VARIABLES"] = new(Header("Order {{1}} of {{2}} is here", ("1", "a"), ("2", "b"))),
        ["HEADER_FORMATTING"] = new(Header("Order is *ready* now")),
        ["HEADER_LINES"] = new(Header("Order\nis ready")),
        ["HEADER_EMOJI"] = new(Header("Order is ready 🎉")),
        ["HEADER_FILE"] = new(Plain with { Header = new ComposedHeader.Media(new ComposedMedia(HeaderMediaKind.Image)) }),
        ["HEADER_IMAGE_TYPE"] = File(HeaderMediaKind.Image, "image/gif", 10),
        ["HEADER_IMAGE_SIZE"] = File(HeaderMediaKind.Image, "image/png", 5_242_881),
        ["HEADER_VIDEO_TYPE"] = File(HeaderMediaKind.Video, "video/webm", 10),
        ["HEADER_VIDEO_SIZE"] = File(HeaderMediaKind.Video, "video/mp4", 16_777_217),
        ["HEADER_DOCUMENT_TYPE"] = File(HeaderMediaKind.Document, "text/plain", 10),
        ["HEADER_DOCUMENT_SIZE"] = File(HeaderMediaKind.Document, "application/pdf", 104_857_601),
        ["HEADER_GIF_TYPE"] = File(HeaderMediaKind.Gif, "image/gif", 10),
        ["HEADER_GIF_SIZE"] = File(HeaderMediaKind.Gif, "video/mp4", 3_670_017),
        ["HEADER_GIF"] = new(Marketing with { Header = Every.Media(HeaderMediaKind.Gif) }),
        ["HEADER_PRODUCT"] = new(Marketing with { Header = new ComposedHeader.Product() }),
        ["HEADER_KIND"] = new(Plain with { Header = new ComposedHeader.Other("""{"type":"HEADER","format":"AUDIO"}""") }),
        ["BODY_EMPTY"] = new(Body("")),
        ["BODY_LENGTH"] = new(Body(new string('x', 1025))),
        ["BODY_LONG"] = new(Body(new string('x', 551))),
        ["BODY_EMOJI"] = new(Body("Ready " + string.Concat(Enumerable.Repeat("🍞", 11)) + " now")),
        ["BODY_BLANK_LINES"] = new(Body("Ready.\n\n\nCome by.")),
        ["FOOTER_EMPTY"] = new(Plain with { Footer = "" }),
        ["FOOTER_LENGTH"] = new(Plain with { Footer = new string('x', 61) }),
        ["FOOTER_VARIABLES"] = new(Plain with { Footer = "From {{1}} with love" }),
        ["FOOTER_LINES"] = new(Plain with { Footer = "Oak\nBakery" }),
        ["FOOTER_FORMATTING"] = new(Plain with { Footer = "The *Oak* bakery" }),
        ["FOOTER_EMOJI"] = new(Plain with { Footer = "Oak 🍞" }),
        ["BUTTONS_MANY"] = new(Plain with { Buttons = [.. Enumerable.Range(1, 11).Select(i => new ComposedButton.QuickReply($"Choice {i}"))] }),
        ["BUTTON_ORDER"] = new(Buttons(new ComposedButton.QuickReply("A"), Link("B"), new ComposedButton.QuickReply("C"))),
        ["BUTTON_DESKTOP"] = new(Buttons(new ComposedButton.QuickReply("A"), Link("B"))),
        ["BUTTON_FOLDED"] = new(Plain with { Buttons = [.. Enumerable.Range(1, 4).Select(i => new ComposedButton.QuickReply($"Choice {i}"))] }),
        ["BUTTON_KIND"] = new(Buttons(new ComposedButton.Other("""{"type":"REMINDER","text":"Later"}"""))),
        ["LABEL_EMPTY"] = new(Buttons(new ComposedButton.QuickReply(""))),
        ["LABEL_LENGTH"] = new(Buttons(new ComposedButton.QuickReply(new string('x', 26)))),
        ["LABEL_VARIABLES"] = new(Buttons(new ComposedButton.QuickReply("Yes {{1}}"))),
        ["URL_MANY"] = new(Buttons(Link("A"), Link("B"), Link("C"))),
        ["URL_ADDRESS"] = new(Buttons(new ComposedButton.Url("Look", "harbour.example"))),
        ["URL_LENGTH"] = new(Buttons(new ComposedButton.Url("Look", "https://harbour.example/" + new string('x', 2000)))),
        ["URL_VARIABLES"] = new(Buttons(new ComposedButton.Url("Look", "https://harbour.example/{{1}}/{{2}}", "https://harbour.example/a/b"))),
        ["URL_VARIABLE_END"] = new(Buttons(new ComposedButton.Url("Look", "https://harbour.example/{{1}}/x", "https://harbour.example/a/x"))),
        ["URL_SAMPLE"] = new(Buttons(new ComposedButton.Url("Look", "https://harbour.example/{{1}}"))),
        ["URL_SHORTENED"] = new(Buttons(new ComposedButton.Url("Look", "https://bit.ly/abc"))),
        ["PHONE_MANY"] = new(Buttons(new ComposedButton.Phone("A", "+351210000000"), new ComposedButton.Phone("B", "+351210000001"))),
        ["PHONE_LENGTH"] = new(Buttons(new ComposedButton.Phone("Call", "+35121000000000000000000"))),
        ["PHONE_FORM"] = new(Buttons(new ComposedButton.Phone("Call", "030231251"))),
        ["COUPON_MANY"] = new(Sold(new ComposedButton.CopyCode("A1"), new ComposedButton.CopyCode("B2"))),
        ["COUPON_EMPTY"] = new(Sold(new ComposedButton.CopyCode(""))),
        ["COUPON_LENGTH"] = new(Sold(new ComposedButton.CopyCode(new string('A', 21)))),
        ["COUPON_LONG"] = new(Sold(new ComposedButton.CopyCode(new string('A', 16)))),
        ["COUPON_SIGNS"] = new(Sold(new ComposedButton.CopyCode("SPRING-20"))),
        ["COUPON_CATEGORY"] = new(Buttons(new ComposedButton.CopyCode("SPRING20"))),
        ["CATALOGUE_CATEGORY"] = new(Buttons(new ComposedButton.Catalogue())),
        ["FLOW_ONE"] = new(Buttons(new ComposedButton.Flow("Book", "1", "also_a_name"))),
        ["FLOW_ICON"] = new(Buttons(new ComposedButton.Flow("Book", "1", Icon: "STAR"))),
        ["FLOW_MANY"] = new(Buttons(new ComposedButton.Flow("A", "1"), new ComposedButton.Flow("B", "2"))),
        ["CATALOGUE_MANY"] = new(Sold(new ComposedButton.Catalogue(), new ComposedButton.Catalogue())),
        ["PRODUCTS_MANY"] = new(Every.All["several products"] with { Buttons = [new ComposedButton.Products(), new ComposedButton.Products()] }),
        ["PRODUCTS_HEADER"] = new(Sold(new ComposedButton.Products())),
        ["PRODUCT_MANY"] = new(Every.All["one product"] with { Buttons = [new ComposedButton.Product(), new ComposedButton.Product()] }),
        ["PRODUCT_HEADER"] = new(Sold(new ComposedButton.Product())),
        ["PRODUCT_BODY"] = new(Every.All["one product"] with { Body = new(new string('x', 161)) }),
        ["CALL_MANY"] = new(Buttons(new ComposedButton.VoiceCall("A"), new ComposedButton.VoiceCall("B"))),
        ["CONTACT_MANY"] = new(Buttons(new ComposedButton.ContactInfo(), new ComposedButton.ContactInfo())),
        ["OFFER_CATEGORY"] = new(Offer with { Category = TemplateCategories.Utility }),
        ["OFFER_TEXT"] = new(Offer with { Offer = new ComposedOffer(new string('x', 17), true) }),
        ["OFFER_FOOTER"] = new(Offer with { Footer = "Oak" }),
        ["OFFER_HEADER"] = new(Offer with { Header = new ComposedHeader.Text(new("Now")) }),
        ["OFFER_BUTTONS"] = new(Offer with { Buttons = [new ComposedButton.CopyCode("SPRING20")] }),
        ["OFFER_BODY"] = new(Offer with { Body = new(new string('x', 601)) }),
        ["OFFER_DESKTOP"] = new(Offer),
        ["CARDS_CATEGORY"] = new(Cards with { Category = TemplateCategories.Utility }),
        ["CARDS_FEW"] = new(Cards with { Cards = [Cards.Cards[0]] }),
        ["CARDS_MANY"] = new(Cards with { Cards = [.. Enumerable.Repeat(Cards.Cards[0], 11)] }),
        ["CARDS_ALIKE"] = new(Cards with { Cards = [Cards.Cards[0], Cards.Cards[1] with { Body = null }] }),
        ["CARD_HEADER"] = new(Cards with { Cards = [.. Cards.Cards.Select(card => card with { Header = null })] }),
        ["CARD_BODY"] = new(Cards with { Cards = [.. Cards.Cards.Select(card => card with { Body = new(new string('x', 161)) })] }),
        ["CARD_BUTTONS"] = new(Cards with { Cards = [.. Cards.Cards.Select(card => card with { Buttons = [.. card.Buttons, new ComposedButton.Phone("Call", "+351210000000")] })] }),
        ["CARD_BUTTON_KIND"] = new(Cards with { Cards = [.. Cards.Cards.Select(card => card with { Buttons = [new ComposedButton.CopyCode("SPRING20")] })] }),
        ["PRODUCT_CARD_BUTTON"] = new(ProductCards with { Cards = [.. ProductCards.Cards.Select(card => card with { Buttons = [new ComposedButton.QuickReply("Yes")] })] }),
        ["PRODUCT_CARDS_TWO"] = new(ProductCards with { Cards = [.. ProductCards.Cards, ProductCards.Cards[0]] }),
        ["PART_UNKNOWN"] = new(Plain with { Others = ["""{"type":"ALBUM"}"""] }),
        ["PART_STRANGE"] = new(Plain with { Others = ["""{"type":"HOLOGRAM"}"""] }),
        ["CODE_EXPIRES"] = new(Code(new(CodeDelivery.CopyCode, ExpiresInMinutes: 91))),
        ["CODE_APPS"] = new(Code(new(CodeDelivery.OneTap, Apps: []))),
        ["CODE_PACKAGE"] = new(Code(new(CodeDelivery.OneTap, Apps: [new CodeApp("acme", "K8a/AINcGX7")]))),
        ["CODE_SIGNATURE"] = new(Code(new(CodeDelivery.OneTap, Apps: [new CodeApp("com.acme.app", "short")]))),
        ["CODE_TERMS"] = new(Code(new(CodeDelivery.ZeroTap, Apps: [new CodeApp("com.acme.app", "K8a/AINcGX7")]))),
        ["TTL_AUTHENTICATION"] = new(Every.All["code to copy"] with { TtlSeconds = 901 }),
        ["TTL_UTILITY"] = new(Plain with { TtlSeconds = 29 }),
        ["TTL_MARKETING"] = new(Marketing with { TtlSeconds = 60 }),
        ["TTL_MARKETING_API"] = new(Marketing with { TtlSeconds = 43_200 }),
        ["POLICY"] = new(Body("Please send us the full card number and the CVV, thank you.")),
    };

    private static ComposedTemplate Body(string text, params ReadOnlySpan<(string, string)> samples) => Plain with { Body = new(text, samples) };

    private static ComposedTemplate Header(string text, params ReadOnlySpan<(string, string)> samples) =>
        Plain with { Header = new ComposedHeader.Text(new(text, samples)) };

    private static ComposedTemplate Buttons(params ReadOnlySpan<ComposedButton> buttons) => Plain with { Buttons = buttons.ToArray() };

    private static ComposedTemplate Sold(params ReadOnlySpan<ComposedButton> buttons) => Marketing with { Buttons = buttons.ToArray() };

    private static ComposedTemplate Code(ComposedCode code) => Every.All["code to copy"] with { Code = code };

    private static ComposedButton.Url Link(string label) => new(label, "https://harbour.example/");

    private static Breaking File(HeaderMediaKind kind, string type, long size) => new(
        Marketing with { Header = new ComposedHeader.Media(new ComposedMedia(kind, MediaFileId: 1)) },
        new RuleFacts { Files = new Dictionary<long, FileFacts> { [1] = new(type, size) } });

    private static RuleFacts Edit(string status, EditsLeft? left = null) =>
        new() { Edits = new EditFacts(Plain.Name, Plain.Language, Plain.Named, status, TemplateCategories.Utility, left ?? new EditsLeft(1, 10, null)) };
}
