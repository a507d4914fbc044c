using System.Net;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

public sealed class SendRulesTests(SharedBench shared) : IClassFixture<SharedBench>
{
    private static readonly string Long = new('x', 4097);

    /// <summary>Requests that are wrong in themselves, with the code WhatsApp gives them.</summary>
    public static TheoryData<string, int, string> Wrong => new()
    {
        { "no messaging_product", 100, """{"to":"+491713920001","type":"text","text":{"body":"Hi"}}""" },
        { "another product", 100, """{"messaging_product":"sms","to":"+491713920001","type":"text","text":{"body":"Hi"}}""" },
        { "unknown type", 100, Sent("hologram", """{"body":"Hi"}""") },
        { "unknown key at the top", 100, """{"messaging_product":"whatsapp","to":"+491713920001","type":"text","text":{"body":"Hi"},"txet":1}""" },
        { "unknown key inside", 100, Sent("text", """{"body":"Hi","colour":"red"}""") },
        { "no recipient", 131008, """{"messaging_product":"whatsapp","type":"text","text":{"body":"Hi"}}""" },
        { "not a phone number", 100, """{"messaging_product":"whatsapp","to":"Amina","type":"text","text":{"body":"Hi"}}""" },
        { "no text object", 131008, """{"messaging_product":"whatsapp","to":"+491713920001","type":"text"}""" },
        { "no body", 131008, Sent("text", "{}") },
        { "empty body", 131008, Sent("text", """{"body":""}""") },
        { "body too long", 100, Sent("text", $$"""{"body":"{{Long}}"}""") },
        { "body is a number", 100, Sent("text", """{"body":7}""") },
        { "callback data too long", 100, $$$"""{"messaging_product":"whatsapp","to":"+491713920001","type":"text","biz_opaque_callback_data":"{{{Long[..513]}}}","text":{"body":"Hi"}}""" },
        { "unknown quoted message", 131009, """{"messaging_product":"whatsapp","to":"+491713920001","type":"text","context":{"message_id":"wamid.no"},"text":{"body":"Hi"}}""" },
        { "unknown group", 131041, """{"messaging_product":"whatsapp","recipient_type":"group","to":"+491713920001","type":"text","text":{"body":"Hi"}}""" },
        { "Direct Send that is not switched on", 100, """{"messaging_product":"whatsapp","to":"+491713920001","category":"utility","type":"text","text":{"body":"Hi"}}""" },
        { "own number", 131021, """{"messaging_product":"whatsapp","to":"+493023125100","type":"text","text":{"body":"Hi"}}""" },
        { "unknown media id", 100, Sent("image", """{"id":"123"}""") },
        { "id and link", 100, Sent("image", """{"id":"123","link":"https://alder-oak.example/a.jpg"}""") },
        { "neither id nor link", 131008, Sent("image", "{}") },
        { "link that is none", 131009, Sent("image", """{"link":"file:///etc/passwd"}""") },
        { "caption on a sticker", 100, Sent("sticker", """{"link":"https://alder-oak.example/a.webp","caption":"no"}""") },
        { "caption too long", 100, Sent("image", $$"""{"link":"https://alder-oak.example/a.jpg","caption":"{{Long[..1025]}}"}""") },
        { "latitude off the globe", 131009, Sent("location", """{"latitude":"91","longitude":"13"}""") },
        { "no longitude", 131008, Sent("location", """{"latitude":"52"}""") },
        { "card without a second name part", 131009, Sent("contacts", """[{"name":{"formatted_name":"Ada"}}]""") },
        { "no cards", 131009, Sent("contacts", "[]") },
        { "reaction with words", 131009, Sent("reaction", """{"message_id":"wamid.x","emoji":"nice"}""") },
        { "reaction without target", 131008, Sent("reaction", """{"emoji":"👍"}""") },
        { "four buttons", 131009, Buttons(["1", "2", "3", "4"]) },
        { "no buttons", 131009, Buttons([]) },
        { "two buttons of one id", 131009, Buttons(["1", "1"]) },
        { "button title too long", 100, Sent("interactive", """{"type":"button","body":{"text":"Choose"},"action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"A title of twenty-one"}}]}}""") },
        { "eleven rows", 131009, Rows(11, 1) },
        { "two sections without titles", 131008, """{"messaging_product":"whatsapp","to":"+491713920001","type":"interactive","interactive":{"type":"list","body":{"text":"b"},"action":{"button":"Open","sections":[{"rows":[{"id":"1","title":"a"}]},{"rows":[{"id":"2","title":"b"}]}]}}}""" },
        { "image header on a list", 131009, """{"messaging_product":"whatsapp","to":"+491713920001","type":"interactive","interactive":{"type":"list","header":{"type":"image","image":{"link":"https://a.example/a.jpg"}},"body":{"text":"b"},"action":{"button":"Open","sections":[{"rows":[{"id":"1","title":"a"}]}]}}}""" },
        { "link button without address", 131008, Sent("interactive", """{"type":"cta_url","body":{"text":"b"},"action":{"name":"cta_url","parameters":{"display_text":"Open"}}}""") },
        { "wrong action name", 131009, Sent("interactive", """{"type":"location_request_message","body":{"text":"b"},"action":{"name":"send_money"}}""") },
        { "flow without id", 131008, Sent("interactive", """{"type":"flow","body":{"text":"b"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_cta":"Go"}}}""") },
        { "carousel of one card", 131009, Sent("interactive", """{"type":"carousel","body":{"text":"b"},"action":{"cards":[{"card_index":0,"type":"product","action":{"product_retailer_id":"S","catalog_id":"C"}}]}}""") },
        { "product list without header", 131008, Sent("interactive", """{"type":"product_list","body":{"text":"b"},"action":{"catalog_id":"C","sections":[{"product_items":[{"product_retailer_id":"S"}]}]}}""") },
        { "unknown interactive type", 131009, Sent("interactive", """{"type":"maze","body":{"text":"b"},"action":{}}""") },
        { "another kind of recipient", 131009, """{"messaging_product":"whatsapp","recipient_type":"crowd","to":"+491713920001","type":"text","text":{"body":"Hi"}}""" },
        { "interactive for a group", 131051, """{"messaging_product":"whatsapp","recipient_type":"group","to":"g1","type":"interactive","interactive":{}}""" },
        { "pin for a person", 131051, Sent("pin", """{"type":"pin","message_id":"wamid.x","expiration_days":7}""") },
        { "pin for too long", 131009, """{"messaging_product":"whatsapp","recipient_type":"group","to":"g1","type":"pin","pin":{"type":"pin","message_id":"wamid.x","expiration_days":31}}""" },
        { "lifetime without Direct Send", 100, """{"messaging_product":"whatsapp","to":"+491713920001","ttl_seconds":60,"type":"text","text":{"body":"Hi"}}""" },
        { "context with another key", 100, """{"messaging_product":"whatsapp","to":"+491713920001","context":{"id":"wamid.x"},"type":"text","text":{"body":"Hi"}}""" },
        { "preview that is a word", 100, Sent("text", """{"body":"Hi","preview_url":"yes"}""") },
        { "white space alone", 131009, Sent("text", """{"body":"   "}""") },
        { "caption on audio", 100, Sent("audio", """{"link":"https://a.example/a.mp3","caption":"no"}""") },
        { "voice that is a word", 100, Sent("audio", """{"link":"https://a.example/a.ogg","voice":"yes"}""") },
        { "latitude in words", 131009, Sent("location", """{"latitude":"north","longitude":"13"}""") },
        { "card with a key of its own", 100, Sent("contacts", """[{"name":{"formatted_name":"Ada L.","first_name":"Ada"},"age":30}]""") },
        { "phone with a key of its own", 100, Sent("contacts", """[{"name":{"formatted_name":"Ada L.","first_name":"Ada"},"phones":[{"number":"1"}]}]""") },
        { "birthday in words", 131009, Sent("contacts", """[{"name":{"formatted_name":"Ada L.","first_name":"Ada"},"birthday":"1 May"}]""") },
        { "reaction without emoji", 131008, Sent("reaction", """{"message_id":"wamid.x"}""") },
        { "reaction in reply", 131009, """{"messaging_product":"whatsapp","to":"+491713920001","context":{"message_id":"wamid.x"},"type":"reaction","reaction":{"message_id":"wamid.x","emoji":"👍"}}""" },
        { "button of another type", 131009, Sent("interactive", """{"type":"button","body":{"text":"b"},"action":{"buttons":[{"type":"link","reply":{"id":"1","title":"a"}}]}}""") },
        { "button id too long", 100, Sent("interactive", $$$"""{"type":"button","body":{"text":"b"},"action":{"buttons":[{"type":"reply","reply":{"id":"{{{Long[..257]}}}","title":"a"}}]}}""") },
        { "footer too long", 100, Sent("interactive", $$$"""{"type":"button","body":{"text":"b"},"footer":{"text":"{{{Long[..61]}}}"},"action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"a"}}]}}""") },
        { "body too long for buttons", 100, Sent("interactive", $$$"""{"type":"button","body":{"text":"{{{Long[..1025]}}}"},"action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"a"}}]}}""") },
        { "no body", 131008, Sent("interactive", """{"type":"button","action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"a"}}]}}""") },
        { "header text too long", 100, Sent("interactive", $$$"""{"type":"list","header":{"type":"text","text":"{{{Long[..61]}}}"},"body":{"text":"b"},"action":{"button":"o","sections":[{"rows":[{"id":"1","title":"a"}]}]}}""") },
        { "two rows of one id", 131009, Sent("interactive", """{"type":"list","body":{"text":"b"},"action":{"button":"o","sections":[{"rows":[{"id":"1","title":"a"},{"id":"1","title":"b"}]}]}}""") },
        { "row description too long", 100, Sent("interactive", $$$"""{"type":"list","body":{"text":"b"},"action":{"button":"o","sections":[{"rows":[{"id":"1","title":"a","description":"{{{Long[..73]}}}"}]}]}}""") },
        { "link button to nowhere", 131009, Sent("interactive", """{"type":"cta_url","body":{"text":"b"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"ftp://a.example"}}}""") },
        { "location request with a footer", 131009, Sent("interactive", """{"type":"location_request_message","body":{"text":"b"},"footer":{"text":"f"},"action":{"name":"send_location"}}""") },
        { "flow by id and by name", 100, Flow("\"flow_name\":\"x\"") },
        { "flow in another mode", 131009, Flow("\"mode\":\"secret\"") },
        { "flow that navigates nowhere", 131008, Flow("\"flow_action\":\"navigate\"") },
        { "flow with empty data", 131009, Flow("\"flow_action\":\"navigate\",\"flow_action_payload\":{\"screen\":\"S\",\"data\":{}}") },
        { "flow with a payload too many", 131009, Flow("\"flow_action\":\"data_exchange\",\"flow_action_payload\":{\"screen\":\"S\"}") },
        { "flow with an emoji", 131009, Flow("", "Go 🎉") },
        { "call that rings for months", 131009, Sent("interactive", """{"type":"voice_call","body":{"text":"b"},"action":{"name":"voice_call","parameters":{"ttl_minutes":43201}}}""") },
        { "address outside India", 131009, Sent("interactive", """{"type":"address_message","body":{"text":"b"},"action":{"name":"address_message","parameters":{"country":"IN"}}}""") },
        { "order without total", 131008, Sent("interactive", """{"type":"order_details","body":{"text":"b"},"action":{"name":"review_and_pay","parameters":{"reference_id":"1","currency":"INR"}}}""") },
        { "order in an unknown state", 131009, Sent("interactive", """{"type":"order_status","body":{"text":"b"},"action":{"name":"review_order","parameters":{"reference_id":"1","order":{"status":"lost"}}}}""") },
        { "cards out of order", 131009, Cards("""{"card_index":1,"type":"product","action":{"product_retailer_id":"WAX-SET","catalog_id":"740000000000001"}}""", Product(0)) },
        { "cards that differ", 131009, Cards(Product(0), """{"card_index":1,"type":"cta_url","header":{"type":"image","image":{"link":"https://a.example/1.jpg"}},"action":{"name":"cta_url","parameters":{"display_text":"Buy","url":"https://a.example/1"}}}""") },
        { "card of another type", 131009, Cards(Product(0), """{"card_index":1,"type":"song"}""") },
        { "card text too long", 100, Cards(Picture(0, $",\"body\":{{\"text\":\"{Long[..161]}\"}}"), Picture(1)) },
        { "card text of many lines", 131009, Cards(Picture(0, ",\"body\":{\"text\":\"a\\nb\\nc\\nd\"}"), Picture(1)) },
        { "card with a document", 131009, Cards(Picture(0).Replace("image", "document", StringComparison.Ordinal), Picture(1)) },
        { "product of another catalogue", 131009, Sent("interactive", """{"type":"product","action":{"catalog_id":"C","product_retailer_id":"WAX-SET"}}""") },
        { "thirty-one products", 131009, Sent("interactive", $$$"""{"type":"product_list","header":{"type":"text","text":"h"},"body":{"text":"b"},"action":{"catalog_id":"740000000000001","sections":[{"title":"A","product_items":[{{{string.Join(',', Enumerable.Repeat("{\"product_retailer_id\":\"WAX-SET\"}", 31))}}}]}]}}""") },
        { "list of unknown products", 131009, Sent("interactive", """{"type":"product_list","header":{"type":"text","text":"h"},"body":{"text":"b"},"action":{"catalog_id":"740000000000001","sections":[{"title":"A","product_items":[{"product_retailer_id":"NOTHING"}]}]}}""") },
        { "read mark of nothing", 131008, """{"messaging_product":"whatsapp","status":"read"}""" },
        { "unread mark", 131009, """{"messaging_product":"whatsapp","status":"unread","message_id":"wamid.x"}""" },
        { "typing something else", 131009, """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.x","typing_indicator":{"type":"song"}}""" },
        { "not JSON", 100, "messaging_product=whatsapp" },
        { "not an object", 100, "[1]" },
    };

    /// <summary>One correct request of each kind that needs no upload.</summary>
    public static TheoryData<string> Right =>
    [
        Sent("text", """{"body":"See https://alder-oak.example","preview_url":true}"""),
        Sent("image", """{"link":"https://alder-oak.example/a.jpg","caption":"Boots"}"""),
        Sent("document", """{"link":"https://alder-oak.example/a.pdf","filename":"invoice.pdf"}"""),
        Sent("location", """{"latitude":"52.52","longitude":"13.40","name":"Shop","address":"Street 1"}"""),
        Sent("location", """{"latitude":52.52,"longitude":13.40}"""),
        Sent("contacts", """[{"name":{"formatted_name":"Ada L.","first_name":"Ada"},"phones":[{"phone":"+49301234","type":"WORK","wa_id":"49301234"}],"emails":[{"email":"a@example.com"}]}]"""),
        Buttons(["1", "2", "3"]),
        Rows(10, 2),
        Sent("interactive", """{"type":"cta_url","header":{"type":"text","text":"News"},"body":{"text":"b"},"footer":{"text":"f"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://a.example"}}}"""),
        Sent("interactive", """{"type":"location_request_message","body":{"text":"b"},"action":{"name":"send_location"}}"""),
        Sent("interactive", """{"type":"request_contact_info","body":{"text":"b"},"action":{"name":"request_contact_info"}}"""),
        Sent("interactive", """{"type":"flow","body":{"text":"b"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"Go","flow_action":"navigate","flow_action_payload":{"screen":"S"}}}}"""),
        Sent("interactive", """{"type":"voice_call","body":{"text":"b"},"action":{"name":"voice_call","parameters":{"display_text":"Call","ttl_minutes":100}}}"""),
        Sent("interactive", """{"type":"call_permission_request","action":{"name":"call_permission_request"}}"""),
        Sent("interactive", """{"type":"product","action":{"catalog_id":"740000000000001","product_retailer_id":"WAX-SET"}}"""),
        Sent("interactive", """{"type":"product_list","header":{"type":"text","text":"h"},"body":{"text":"b"},"action":{"catalog_id":"740000000000001","sections":[{"title":"A","product_items":[{"product_retailer_id":"WAX-SET"}]}]}}"""),
        Sent("interactive", """{"type":"catalog_message","body":{"text":"b"},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"WAX-SET"}}}"""),
        Sent("interactive", """{"type":"carousel","body":{"text":"b"},"action":{"cards":[{"card_index":0,"type":"product","action":{"product_retailer_id":"WAX-SET","catalog_id":"740000000000001"}},{"card_index":1,"type":"product","action":{"product_retailer_id":"BOOT-BLACK-38","catalog_id":"740000000000001"}}]}}"""),
        Sent("interactive", """{"type":"carousel","body":{"text":"b"},"action":{"cards":[{"card_index":0,"type":"cta_url","header":{"type":"image","image":{"link":"https://a.example/1.jpg"}},"body":{"text":"c"},"action":{"name":"cta_url","parameters":{"display_text":"Buy","url":"https://a.example/1"}}},{"card_index":1,"type":"cta_url","header":{"type":"image","image":{"link":"https://a.example/2.jpg"}},"action":{"name":"cta_url","parameters":{"display_text":"Buy","url":"https://a.example/2"}}}]}}"""),
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_request_is_refused_with_its_code(string what, int code, string body)
    {
        var bench = shared.Bench;
        bench.Says(bench.Amina, "Hello");

        (await bench.SendRawAsync(body)).IsRefused(what, code);

        Assert.Empty(bench.World.Ledger);
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task A_right_request_is_accepted_and_reaches_the_phone(string body)
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");

        var answer = await bench.SendRawAsync(body);

        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body.ToString());
        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        var line = bench.World.FindChat(bench.Amina.Id)!.Lines.Single(line => !line.FromCustomer);
        Assert.Equal(ReceiptState.Read, line.State);
    }

    [Fact]
    public async Task Without_the_right_token_the_answer_is_190_and_401()
    {
        await using var bench = await Bench.StartAsync();
        bench.Http.DefaultRequestHeaders.Authorization = new("Bearer", "yesterday");

        var answer = await bench.SendTextAsync(bench.Amina.Phone, "Hi");

        Assert.Equal((HttpStatusCode.Unauthorized, 190), (answer.Status, answer.Code!.Value));
    }

    [Fact]
    public async Task An_unknown_number_is_an_unknown_object()
    {
        await using var bench = await Bench.StartAsync();

        var answer = await bench.SendAsync(JsonNode.Parse(Sent("text", """{"body":"Hi"}"""))!, "999");

        Assert.Equal(100, answer.Code);
    }

    [Fact]
    public async Task After_24_hours_free_text_is_accepted_and_then_fails_with_131047()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        bench.World.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "In time")).Code);
        bench.World.Clock.Advance(TimeSpan.FromMinutes(1));

        var answer = await bench.SendTextAsync(bench.Amina.Phone, "Too late", "late:1");

        Assert.Null(answer.Code);
        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "failed"));
        var failed = all.Single(r => r.StatusWord == "failed");
        var status = failed.Status!.Value;
        Assert.Equal(answer.Wamid, status.GetProperty("id").GetString());
        Assert.Equal(131047, status.GetProperty("errors")[0].GetProperty("code").GetInt32());
        Assert.Equal("late:1", status.GetProperty("biz_opaque_callback_data").GetString());
        Assert.False(status.TryGetProperty("recipient_user_id", out _));
        Assert.False(failed.Value.TryGetProperty("contacts", out _));
        Assert.False(status.TryGetProperty("pricing", out _));
    }

    [Fact]
    public async Task When_asked_to_the_window_is_reported_in_the_answer()
    {
        await using var bench = await Bench.StartAsync(options => options with { RefusalTiming = RefusalTiming.Answer });

        var answer = await bench.SendTextAsync(bench.Amina.Phone, "Nobody wrote yet");

        Assert.Equal((HttpStatusCode.BadRequest, 131047), (answer.Status, answer.Code!.Value));
        Assert.Empty(bench.World.Ledger);
    }

    [Fact]
    public async Task The_window_belongs_to_one_number()
    {
        await using var bench = await Bench.StartAsync(options => options with { RefusalTiming = RefusalTiming.Answer });
        bench.Says(bench.Amina, "Hello Vienna", Bench.Vienna);

        Assert.Equal(131047, (await bench.SendTextAsync(bench.Amina.Phone, "From Berlin")).Code);
    }

    [Fact]
    public async Task Somebody_without_WhatsApp_cannot_be_reached()
    {
        await using var bench = await Bench.StartAsync(options => options with { MakeUnknownCustomers = false });

        Assert.Null((await bench.SendTextAsync("+4917604069099", "Anybody?")).Code);

        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "failed"));
        Assert.Equal(131026, all[^1].Status!.Value.GetProperty("errors")[0].GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task An_unknown_user_id_is_refused()
    {
        await using var bench = await Bench.StartAsync();

        var answer = await bench.SendRawAsync("""{"messaging_product":"whatsapp","recipient":"DE.1","type":"text","text":{"body":"Hi"}}""");

        Assert.Equal(131026, answer.Code);
    }

    [Fact]
    public async Task Too_many_messages_to_one_customer_are_131056_until_time_passes()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var bench = await Bench.StartAsync(options => options with { PairBurst = 2 }, time);
        bench.Says(bench.Amina, "Hello");
        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "1")).Code);
        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "2")).Code);

        Assert.Equal(131056, (await bench.SendTextAsync(bench.Amina.Phone, "3")).Code);
        Assert.Equal(2, bench.World.Ledger.Count);

        bench.World.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "3")).Code);
    }

    [Fact]
    public async Task A_number_that_goes_too_fast_gets_130429()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var bench = await Bench.StartAsync(options => options with { ThroughputPerSecond = 3 }, time);
        bench.Says(bench.Amina, "In and out count together");
        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "1")).Code);
        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "2")).Code);

        Assert.Equal(130429, (await bench.SendTextAsync(bench.Amina.Phone, "3")).Code);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "3")).Code);
    }

    [Fact]
    public async Task A_deregistered_number_cannot_send_until_it_is_registered_again()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        bench.World.Deregister(Bench.Berlin);
        Assert.Equal(133010, (await bench.SendTextAsync(bench.Amina.Phone, "Hi")).Code);

        Assert.Equal(133005, (await bench.PostAsync($"/v25.0/{Bench.Berlin}/register", new { messaging_product = "whatsapp", pin = "12" })).Code);
        Assert.Null((await bench.PostAsync($"/v25.0/{Bench.Berlin}/register", new { messaging_product = "whatsapp", pin = "123456" })).Code);
        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "Hi")).Code);
    }

    [Fact]
    public async Task Marking_read_turns_the_ticks_on_the_phone_and_may_show_typing()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "One");
        bench.Says(bench.Amina, "Two");
        var wamid = bench.World.FindChat(bench.Amina.Id)!.Lines[^1].Id;

        var answer = await bench.SendRawAsync(
            $$$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{{wamid}}}","typing_indicator":{"type":"text"}}""");

        Assert.True(answer.Body.GetProperty("success").GetBoolean());
        var chat = bench.World.FindChat(bench.Amina.Id)!;
        Assert.All(chat.Lines, line => Assert.True(line.ReadByBusiness));
        Assert.True(chat.TypingUntil > bench.World.Clock.GetUtcNow());
        Assert.Equal(131009, (await bench.SendRawAsync("""{"messaging_product":"whatsapp","status":"read","message_id":"wamid.no"}""")).Code);
    }

    [Fact]
    public async Task A_reaction_lands_on_its_message_and_only_sent_is_reported()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        var target = bench.World.FindChat(bench.Amina.Id)!.Lines[0].Id;

        await bench.SendRawAsync(Sent("reaction", $$"""{"message_id":"{{target}}","emoji":"👍"}"""));
        await bench.SendTextAsync(bench.Amina.Phone, "And a word");

        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        Assert.Equal(["sent", "sent", "delivered", "read"], all.Where(r => r.Status is not null).Select(r => r.StatusWord));
        Assert.Equal("👍", bench.World.FindChat(bench.Amina.Id)!.Lines[0].BusinessReaction);
    }

    private static string Sent(string type, string content) =>
        $$"""{"messaging_product":"whatsapp","to":"+491713920001","type":"{{type}}","{{type}}":{{content}}}""";

    private static string Flow(string more, string title = "Go") => Sent("interactive",
        """{"type":"flow","body":{"text":"b"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","""
        + $"\"flow_cta\":\"{title}\"{(more.Length > 0 ? "," + more : "")}" + "}}}");

    private static string Cards(params string[] cards) =>
        Sent("interactive", $$$"""{"type":"carousel","body":{"text":"b"},"action":{"cards":[{{{string.Join(',', cards)}}}]}}""");

    private static string Product(int index) =>
        $$$"""{"card_index":{{{index}}},"type":"product","action":{"product_retailer_id":"WAX-SET","catalog_id":"740000000000001"}}""";

    private static string Picture(int index, string more = "") =>
        $$$$"""{"card_index":{{{{index}}}},"type":"cta_url","header":{"type":"image","image":{"link":"https://a.example/1.jpg"}}{{{{more}}}},"action":{"name":"cta_url","parameters":{"display_text":"Buy","url":"https://a.example/1"}}}""";

    private static string Buttons(string[] ids)
    {
        var buttons = ids.Select((id, i) => $$$"""{"type":"reply","reply":{"id":"{{{id}}}","title":"Title {{{i}}}"}}""");
        return Sent("interactive", $$$"""{"type":"button","body":{"text":"Choose"},"action":{"buttons":[{{{string.Join(',', buttons)}}}]}}""");
    }

    private static string Rows(int rows, int sections)
    {
        var written = Enumerable.Range(0, sections).Select(s =>
        {
            var lines = Enumerable.Range(0, rows / sections).Select(r => $$$"""{"id":"{{{s}}}-{{{r}}}","title":"Row"}""");
            return $$$"""{"title":"S{{{s}}}","rows":[{{{string.Join(',', lines)}}}]}""";
        });
        return Sent("interactive", """{"type":"list","header":{"type":"text","text":"Menu"},"body":{"text":"Pick"},"action":"""
            + $$$"""{"button":"Open","sections":[{{{string.Join(',', written)}}}]}}""");
    }
}
