using System.Text.Json;
using WaConsole.Simulator.Templates;

namespace WaConsole.Simulator.Tests;

/// <summary>The rules of every kind of template when it is sent, broken and kept by raw requests.</summary>
public sealed class TemplateSendRulesTests(SharedBench shared) : IClassFixture<SharedBench>
{
    private const string Body = """{"type":"body","parameters":[{"type":"text","text":"Ines"}]}""";
    private const string Link = """{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"x"}]}""";

    public static TheoryData<string, int, string> Wrong => new()
    {
        { "components that are no list", 100, """{"messaging_product":"whatsapp","to":"+491713920001","type":"template","template":{"name":"offer","language":{"code":"en"},"components":{}}}""" },
        { "component of no kind", 100, Send("offer", Body, """{"type":"song"}""") },
        { "another policy", 131009, """{"messaging_product":"whatsapp","to":"+491713920001","type":"template","template":{"name":"offer","language":{"code":"en","policy":"fallback"}}}""" },
        { "no language", 131008, """{"messaging_product":"whatsapp","to":"+491713920001","type":"template","template":{"name":"offer"}}""" },
        { "offer without its end", 132012, Send("offer", Body, Coupon("SAVE"), Link) },
        { "offer that ends in words", 132012, Send("offer", Body, Coupon("SAVE"), Link, """{"type":"limited_time_offer","parameters":[{"type":"limited_time_offer","limited_time_offer":{"expiration_time_ms":"soon"}}]}""") },
        { "coupon too long", 132018, Send("offer", Body, Coupon(new string('A', 21)), Link, Ends()) },
        { "no coupon", 131008, Send("offer", Body, Link, Ends()) },
        { "currency without amount", 131008, Send("plain", """{"type":"body","parameters":[{"type":"currency","currency":{"fallback_value":"1 €","code":"EUR"}}]}""") },
        { "picture as a parameter of the body", 132012, Send("plain", """{"type":"body","parameters":[{"type":"image","image":{"link":"https://a.example/a.jpg"}}]}""") },
        { "carousel of one card less", 132012, Send("cards", Body, Cards(1)) },
        { "carousel out of order", 132012, Send("cards", Body, Cards(2).Replace("\"card_index\":0", "\"card_index\":5", StringComparison.Ordinal)) },
        { "carousel without picture", 132012, Send("cards", Body, """{"type":"carousel","cards":[{"card_index":0,"components":[]},{"card_index":1,"components":[]}]}""") },
        { "carousel nobody defined", 132000, Send("plain", Body, Cards(2)) },
        { "eleven products", 132012, Send("goods", Body, Goods(11)) },
        { "products without a list", 131008, Send("items", Body) },
        { "products of no section", 131009, Send("items", Body, """{"type":"button","sub_type":"mpm","index":"0","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"WAX-SET","sections":[]}}]}""") },
        { "form with a parameter of another type", 132012, Send("form", Body, """{"type":"button","sub_type":"flow","index":"0","parameters":[{"type":"text","text":"t"}]}""") },
        { "call that rings for months", 132012, Send("call", Body, """{"type":"button","sub_type":"voice_call","index":"0","parameters":[{"type":"ttl_minutes","ttl_minutes":43201}]}""") },
        { "payload for a link", 132012, Send("offer", Body, Coupon("SAVE"), Ends(), """{"type":"button","sub_type":"url","index":"1","parameters":[{"type":"payload","payload":"p"}]}""") },
        { "code that differs", 132018, Send("sign_in_code", """{"type":"body","parameters":[{"type":"text","text":"1"}]}""", """{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"2"}]}""") },
        { "code too long", 132018, Send("sign_in_code", """{"type":"body","parameters":[{"type":"text","text":"1234567890123456"}]}""", """{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1234567890123456"}]}""") },
        { "disabled", 132016, Send("tired", Body) },
        { "sample of a test number", 131058, Send("hello_world") },
    };

    public static TheoryData<string> Right =>
    [
        Send("offer", Body, Coupon("SAVE10"), Link, Ends()),
        Send("plain", """{"type":"body","parameters":[{"type":"currency","currency":{"fallback_value":"1 €","code":"EUR","amount_1000":1000}}]}"""),
        Send("cards", Body, Cards(2)),
        Send("goods", Body, Goods(10)),
        Send("items", Body, """{"type":"button","sub_type":"mpm","index":"0","parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"WAX-SET","sections":[{"title":"A","product_items":[{"product_retailer_id":"WAX-SET"}]}]}}]}"""),
        Send("form", Body, """{"type":"button","sub_type":"flow","index":"0","parameters":[{"type":"action","action":{"flow_token":"t","flow_action_data":{"k":"v"}}}]}"""),
        Send("form", Body),
        Send("catalogue", Body, """{"type":"button","sub_type":"CATALOG","index":0,"parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"WAX-SET"}}]}"""),
        Send("call", Body, """{"type":"button","sub_type":"voice_call","index":"0","parameters":[{"type":"ttl_minutes","ttl_minutes":100},{"type":"payload","payload":"p"}]}"""),
        Send("plain", Body, """{"type":"tap_target_configuration","parameters":[{"type":"tap_target_configuration","tap_target_configuration":[{"url":"https://a.example","title":"Offer"}]}]}"""),
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_send_that_does_not_fit_is_refused_with_its_code(string what, int code, string body) =>
        (await Ready().SendRawAsync(body)).IsRefused(what, code);

    [Theory]
    [MemberData(nameof(Right))]
    public async Task A_send_that_fits_is_accepted(string body)
    {
        var answer = await Ready().SendRawAsync(body);

        Assert.True(answer.Code is null, answer.Body.ToString());
    }

    private Bench Ready()
    {
        var world = shared.Bench.World;
        if (world.Templates.Find("offer", "en") is null)
        {
            Put("plain");
            Put("tired", status: "DISABLED");
            Put("hello_world", "UTILITY", more: "", body: "Hello");
            Put("offer", more: """,{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Soon over","has_expiration":true}},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE10"},{"type":"URL","text":"Open","url":"https://a.example/{{1}}","example":["x"]}]}""");
            Put("cards", more: """,{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},{"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]}]}""");
            Put("goods", more: """,{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]},{"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]}]}""");
            Put("items", more: Button("""{"type":"MPM","text":"View items"}"""));
            Put("form", "UTILITY", more: Button("""{"type":"FLOW","text":"Book","flow_id":"1"}"""));
            Put("catalogue", more: Button("""{"type":"CATALOG","text":"View catalog"}"""));
            Put("call", more: Button("""{"type":"VOICE_CALL","text":"Call us"}"""));
        }

        return shared.Bench;

        void Put(string name, string category = "MARKETING", string status = "APPROVED", string more = "", string body = "Hello {{1}}, look here") =>
            world.PutTemplate(new SimulatedTemplate
            {
                Id = "79" + name.Sum(c => c),
                Name = name,
                Language = "en",
                Category = category,
                Status = status,
                Components = JsonDocument.Parse($$"""[{"type":"BODY","text":"{{body}}"}{{more}}]""").RootElement,
            });
    }

    private static string Button(string button) => $$""",{"type":"BUTTONS","buttons":[{{button}}]}""";

    private static string Coupon(string code) =>
        $$$"""{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"{{{code}}}"}]}""";

    private static string Ends() =>
        """{"type":"limited_time_offer","parameters":[{"type":"limited_time_offer","limited_time_offer":{"expiration_time_ms":1798761600000}}]}""";

    private static string Cards(int count) => Carousel(Enumerable.Range(0, count).Select(i =>
        $$$"""{"card_index":{{{i}}},"components":[{"type":"header","parameters":[{"type":"image","image":{"link":"https://a.example/a.jpg"}}]}]}"""));

    private static string Goods(int count) => Carousel(Enumerable.Range(0, count).Select(i =>
        $$$"""{"card_index":{{{i}}},"components":[{"type":"header","parameters":[{"type":"product","product":{"product_retailer_id":"WAX-SET","catalog_id":"740000000000001"}}]}]}"""));

    private static string Carousel(IEnumerable<string> cards) => $$"""{"type":"carousel","cards":[{{string.Join(',', cards)}}]}""";

    private static string Send(string name, params string[] components) =>
        $$$"""{"messaging_product":"whatsapp","to":"+491713920001","type":"template","template":{"name":"{{{name}}}","language":{"code":"en"},"components":[{{{string.Join(',', components)}}}]}}""";
}
