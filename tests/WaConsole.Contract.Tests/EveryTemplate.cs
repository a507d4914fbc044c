using System.Text.Json;
using WaConsole.CloudApi;

namespace WaConsole.Contract.Tests;

/// <summary>A kind of template: how it is made, and with which values it is sent.</summary>
public sealed record TemplateCase(
    string Name,
    Func<Wire, Task<TemplateDraft>> DraftAsync,
    Func<Wire, Task<IReadOnlyList<TemplateComponent>>> ValuesAsync)
{
    public override string ToString() => Name;
}

/// <summary>Every kind of header, variable, button and card.</summary>
public static class EveryTemplate
{
    public static TheoryData<TemplateCase> Data => [.. All.Select(one => new TheoryDataRow<TemplateCase>(one))];

    public static IReadOnlyList<TemplateCase> All { get; } =
    [
        Words("numbered variables", "UTILITY",
            [
                new TemplatePart.TextHeader("Order {{1}} is ready", new("AO-2047")),
                new TemplatePart.Body("Hello {{1}}, your boots wait for you at {{2}} today.", [new("Ines"), new("Mill Lane")]),
                new TemplatePart.Footer("Alder & Oak"),
            ],
            [Header(new TemplateParameter.Text("AO-1")), TemplateComponent.Body.Positional("Ada", "Berlin")]),
        new("named variables", _ => Done(new TemplateDraft("named_variables", "en", "UTILITY",
            [new TemplatePart.Body("Hello {{first_name}}, your boots are ready for you.", [new("Ines", "first_name")])]) { Named = true }),
            _ => Values([TemplateComponent.Body.Named([new("first_name", "Ada")])])),
        new("picture header", async wire => Marketing("picture_header",
            [new TemplatePart.MediaHeader("IMAGE", await wire.HandleAsync("image")), Body("boots")]),
            async wire => [Header(new TemplateParameter.Image(new MediaRef.Id(await wire.MediaAsync("image"))))]),
        new("video header", async wire => Marketing("video_header",
            [new TemplatePart.MediaHeader("VIDEO", await wire.HandleAsync("video")), Body("shoes")]),
            async wire => [Header(new TemplateParameter.Video(new MediaRef.Id(await wire.MediaAsync("video"))))]),
        new("document header", async wire => Marketing("document_header",
            [new TemplatePart.MediaHeader("DOCUMENT", await wire.HandleAsync("document")), Body("laces")]),
            async wire => [Header(new TemplateParameter.Document(new MediaRef.Id(await wire.MediaAsync("document")), "care.pdf"))]),
        Words("location header", "UTILITY", [new TemplatePart.LocationHeader(), Body("brushes")],
            [Header(new TemplateParameter.Location(52.5031, 13.4184, "Alder & Oak", "Lindenstraße 14"))]),
        Words("quick replies, links and a call", "MARKETING",
            [
                Body("wax"),
                new TemplatePart.Buttons(
                [
                    new TemplateButton.QuickReply("Stop offers"),
                    new TemplateButton.Url("See it", "https://alder-oak.example/p/{{1}}", "https://alder-oak.example/p/boots"),
                    new TemplateButton.Url("Home", "https://alder-oak.example/"),
                    new TemplateButton.Phone("Call us", "+493023125100"),
                ]),
            ],
            [new TemplateComponent.QuickReplyButton(0, "STOP"), new TemplateComponent.UrlButton(1, "winter")]),
        Words("copy code", "MARKETING", [Body("soles"), new TemplatePart.Buttons([new TemplateButton.CopyCode("SPRING20")])],
            [new TemplateComponent.CopyCodeButton(0, "WINTER10")]),
        new("limited-time offer", async wire => Marketing("limited_time_offer",
            [
                new TemplatePart.MediaHeader("IMAGE", await wire.HandleAsync("image")),
                new TemplatePart.LimitedTimeOffer("Ends soon", HasExpiration: true),
                Body("heels"),
                new TemplatePart.Buttons(
                [
                    new TemplateButton.CopyCode("SPRING20"),
                    new TemplateButton.Url("Shop", "https://alder-oak.example/s/{{1}}", "https://alder-oak.example/s/a"),
                ]),
            ]),
            async wire =>
            [
                Header(new TemplateParameter.Image(new MediaRef.Id(await wire.MediaAsync("image")))),
                new TemplateComponent.LimitedTimeOffer(wire.World.Clock.GetUtcNow().AddDays(1)),
                new TemplateComponent.CopyCodeButton(0, "SPRING20"),
                new TemplateComponent.UrlButton(1, "winter"),
            ]),
        Words("form (Flow) button", "MARKETING",
            [Body("belts"), new TemplatePart.Buttons([new TemplateButton.Flow("Book", "123456789012345", "START")])],
            [new TemplateComponent.FlowButton(0, "fitting-1", JsonElement.Parse("""{"shop":"Berlin"}"""))]),
        new("catalogue button", _ => Done(Marketing("catalogue_button",
            [Body("bags"), new TemplatePart.Buttons([new TemplateButton.Catalog("View catalog")])])),
            wire => Values([new TemplateComponent.CatalogButton(0, First(wire))])),
        new("several products", _ => Done(Marketing("several_products",
            [
                new TemplatePart.TextHeader("New boots"), Body("socks"), new TemplatePart.Buttons([new TemplateButton.Products("View items")]),
            ])),
            wire => Values([new TemplateComponent.ProductsButton(0, First(wire), [new("New", [First(wire)])])])),
        new("one product", _ => Done(Marketing("one_product",
            [new TemplatePart.ProductHeader(), Body("gloves"), new TemplatePart.Buttons([new TemplateButton.SingleProduct("View")])])),
            wire => Values([Header(new TemplateParameter.Product(First(wire), wire.Catalog))])),
        new("carousel of pictures", async wire => Marketing("picture_carousel",
            [Body("straps"), new TemplatePart.Carousel([await CardAsync(wire), await CardAsync(wire)])]),
            async wire => [new TemplateComponent.Carousel([await CardValuesAsync(wire), await CardValuesAsync(wire)])]),
        new("carousel of products", _ => Done(Marketing("product_carousel",
            [Body("buckles"), new TemplatePart.Carousel([ProductCard(), ProductCard()])])),
            wire => Values([new TemplateComponent.Carousel(
            [
                [Header(new TemplateParameter.Product(First(wire), wire.Catalog))],
                [Header(new TemplateParameter.Product(wire.World.Catalog.All[1].RetailerId, wire.Catalog))],
            ])])),
        Words("voice call button", "MARKETING", [Body("lasts"), new TemplatePart.Buttons([new TemplateButton.VoiceCall("Call now")])],
            [new TemplateComponent.VoiceCallButton(0, 100, "shop")]),
        Words("call permission request", "MARKETING", [Body("hides"), new TemplatePart.CallPermissionRequest()], []),
        Words("contact information request", "UTILITY",
            [new TemplatePart.Body("May we have your number for the delivery?"), new TemplatePart.Buttons([new TemplateButton.RequestContactInfo()])],
            []),
        Words("code to sign in", "AUTHENTICATION",
            [
                new TemplatePart.PasswordBody(AddSecurityRecommendation: true),
                new TemplatePart.PasswordFooter(5),
                new TemplatePart.Buttons([new TemplateButton.CopyPassword("Copy code")]),
            ],
            TemplateComponent.OneTimePassword("123456")),
    ];

    /// <summary>A text of its own: the review turns away a template that says what another one says.</summary>
    private static TemplatePart.Body Body(string what) => new($"Our {what} for this winter are here and wait for you in the shop.");

    private static TemplateComponent.Header Header(TemplateParameter parameter) => new(parameter);

    private static TemplateDraft Marketing(string name, IReadOnlyList<TemplatePart> parts) => new(name, "en", "MARKETING", parts);

    private static TemplateCase Words(
        string name, string category, IReadOnlyList<TemplatePart> parts, IReadOnlyList<TemplateComponent> values) => new(
        name,
        _ => Done(new TemplateDraft(
            string.Concat(name.Select(letter => char.IsAsciiLetterLower(letter) ? letter : '_')), "en", category, parts)),
        _ => Values(values));

    private static async Task<IReadOnlyList<TemplatePart>> CardAsync(Wire wire) =>
    [
        new TemplatePart.MediaHeader("IMAGE", await wire.HandleAsync("image")),
        new TemplatePart.Body("Boots for {{1}}, made by hand.", [new("winter")]),
        new TemplatePart.Buttons(
        [
            new TemplateButton.QuickReply("Tell me more"),
            new TemplateButton.Url("Shop", "https://alder-oak.example/p/{{1}}", "https://alder-oak.example/p/a"),
        ]),
    ];

    private static async Task<IReadOnlyList<TemplateComponent>> CardValuesAsync(Wire wire) =>
    [
        Header(new TemplateParameter.Image(new MediaRef.Id(await wire.MediaAsync("image")))),
        TemplateComponent.Body.Positional("rain"),
        new TemplateComponent.QuickReplyButton(0, "MORE"),
        new TemplateComponent.UrlButton(1, "boots"),
    ];

    private static IReadOnlyList<TemplatePart> ProductCard() =>
        [new TemplatePart.ProductHeader(), new TemplatePart.Buttons([new TemplateButton.SingleProduct("View")])];

    private static Task<TemplateDraft> Done(TemplateDraft draft) => Task.FromResult(draft);

    private static Task<IReadOnlyList<TemplateComponent>> Values(IReadOnlyList<TemplateComponent> values) => Task.FromResult(values);

    private static string First(Wire wire) => wire.World.Catalog.All[0].RetailerId;
}
