using System.Text.Json;
using Bunit;
using WaConsole.Simulator.Phone;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests.Phone;

/// <summary>What the customer does on the phone, and the JSON that leaves for the business.</summary>
public sealed class ActionTests : PhoneTest
{
    [Fact]
    public async Task What_is_written_arrives()
    {
        var screen = (await PageAsync()).FindComponent<PhoneScreen>();

        await screen.InvokeAsync(() => Assert.True(screen.Instance.SendText("Do you mend zips?")));

        Assert.Equal("Do you mend zips?", (await ArrivedAsync("text")).GetProperty("text").GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("Picture", "image", "image/jpeg")]
    [InlineData("Voice message", "audio", "audio/ogg; codecs=opus")]
    [InlineData("Video", "video", "video/mp4")]
    [InlineData("Audio file", "audio", "audio/mpeg")]
    [InlineData("Document", "document", "application/pdf")]
    [InlineData("Sticker", "sticker", "image/webp")]
    public async Task A_sample_is_sent_as_what_it_is(string item, string kind, string mimeType)
    {
        await MenuAsync(await PageAsync(), item);

        var media = (await ArrivedAsync(kind)).GetProperty(kind);
        Assert.Equal(mimeType, media.GetProperty("mime_type").GetString());
        Assert.Equal(item == "Voice message", media.TryGetProperty("voice", out var voice) && voice.GetBoolean());
    }

    [Fact]
    public async Task A_place_is_sent()
    {
        var page = await PageAsync();
        await MenuAsync(page, "Location");
        await ChangeAsync(page, ".sheet input", "Museum", 0);
        await SubmitAsync(page, ".sheet form");

        var place = (await ArrivedAsync("location")).GetProperty("location");
        Assert.Equal("Museum", place.GetProperty("name").GetString());
        Assert.Equal(52.5163, place.GetProperty("latitude").GetDouble());
        Assert.Empty(page.FindAll(".sheet"));
    }

    [Fact]
    public async Task A_contact_is_sent()
    {
        var page = await PageAsync();
        await MenuAsync(page, "Contact");
        await SubmitAsync(page, ".sheet form");

        var card = (await ArrivedAsync("contacts")).GetProperty("contacts")[0];
        Assert.Equal("Ida Lindgren", card.GetProperty("name").GetProperty("formatted_name").GetString());
    }

    [Fact]
    public async Task An_order_from_the_catalogue_carries_what_was_put_into_the_cart()
    {
        var page = await PageAsync();
        await MenuAsync(page, "Catalogue and cart");
        Assert.True(page.Find(".sheet .primary").HasAttribute("disabled"));
        await ClickAsync(page, "button[aria-label='One Beeswax and brush more']");
        await ClickAsync(page, "button[aria-label='One Beeswax and brush more']");
        await ChangeAsync(page, ".sheet form input", "Gift wrap");
        await SubmitAsync(page, ".sheet form");

        var order = (await ArrivedAsync("order")).GetProperty("order");
        Assert.Equal("Gift wrap", order.GetProperty("text").GetString());
        Assert.Equal("740000000000001", order.GetProperty("catalog_id").GetString());
        Assert.Equal(
            """[{"product_retailer_id":"WAX-SET","quantity":2,"item_price":14.50,"currency":"EUR"}]""", order.GetProperty("product_items").GetRawText());
    }

    [Fact]
    public async Task A_product_list_sells_only_what_it_lists()
    {
        await SentAsync("interactive", """{"type":"product_list","header":{"type":"text","text":"Shoes"},"body":{"text":"Picks"},"action":{"catalog_id":"740000000000001","sections":[{"title":"A","product_items":[{"product_retailer_id":"BOOT-GREEN-36"}]}]}}""");
        var page = await PageAsync();

        await PressAsync(page, "View items");

        Assert.Single(page.FindAll(".sheet .item"));
        await ClickAsync(page, "button[aria-label='One Green boot, 36 more']");
        await SubmitAsync(page, ".sheet form");
        Assert.Equal("BOOT-GREEN-36", (await ArrivedAsync("order")).GetProperty("order").GetProperty("product_items")[0].GetProperty("product_retailer_id").GetString());
    }

    [Fact]
    public async Task A_question_about_a_product_names_it()
    {
        var page = await PageAsync();
        await MenuAsync(page, "Catalogue and cart");
        await ClickAsync(page, ".sheet .item:contains('Beeswax') .ask");
        Assert.Contains("Beeswax and brush", page.Find(".replying").TextContent, StringComparison.Ordinal);
        var screen = page.FindComponent<PhoneScreen>();
        await screen.InvokeAsync(() => screen.Instance.SendText("Is it vegan?"));

        var product = (await ArrivedAsync("text")).GetProperty("context").GetProperty("referred_product");
        Assert.Equal("WAX-SET", product.GetProperty("product_retailer_id").GetString());
    }

    [Fact]
    public async Task A_first_message_from_an_ad_brings_its_referral()
    {
        var page = await PageAsync();
        await MenuAsync(page, "Message from an ad");
        await SubmitAsync(page, ".sheet form");

        var referral = (await ArrivedAsync("text")).GetProperty("referral");
        Assert.Equal("ad", referral.GetProperty("source_type").GetString());
        Assert.Equal("Winter boots, made by hand", referral.GetProperty("headline").GetString());
        Assert.NotEmpty(referral.GetProperty("ctwa_clid").GetString()!);
    }

    [Fact]
    public async Task What_WhatsApp_does_not_pass_on_arrives_as_unsupported()
    {
        var page = await PageAsync();
        await MenuAsync(page, "Unsupported kind");
        await ClickAsync(page, ".sheet .choices button:contains('Invitation')");

        var message = await ArrivedAsync("unsupported");
        Assert.Equal(131051, message.GetProperty("errors")[0].GetProperty("code").GetInt32());
        Assert.Equal("group_invite", message.GetProperty("unsupported").GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_reply_button_returns_its_id()
    {
        var line = await SentAsync("interactive", """{"type":"button","body":{"text":"Which?"},"action":{"buttons":[{"type":"reply","reply":{"id":"l","title":"Left"}}]}}""");

        await PressAsync(await PageAsync(), "Left");

        var message = await ArrivedAsync("interactive");
        Assert.Equal("""{"id":"l","title":"Left"}""", message.GetProperty("interactive").GetProperty("button_reply").GetRawText());
        Assert.Equal(line.Id, message.GetProperty("context").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_list_opens_and_returns_the_row()
    {
        await SentAsync("interactive", """{"type":"list","body":{"text":"Pick"},"action":{"button":"Open","sections":[{"rows":[{"id":"w","title":"Wax","description":"Of bees"}]}]}}""");
        var page = await PageAsync();

        await PressAsync(page, "Open");
        await ClickAsync(page, ".sheet .choices button");

        Assert.Equal(
            """{"id":"w","title":"Wax","description":"Of bees"}""",
            (await ArrivedAsync("interactive")).GetProperty("interactive").GetProperty("list_reply").GetRawText());
    }

    [Fact]
    public async Task A_templates_quick_reply_returns_its_payload()
    {
        await SentTemplateAsync(
            """[{"type":"BODY","text":"All well?"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop offers"}]}]""",
            """[{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"STOP"}]}]""");

        await PressAsync(await PageAsync(), "Stop offers");

        Assert.Equal("""{"payload":"STOP","text":"Stop offers"}""", (await ArrivedAsync("button")).GetProperty("button").GetRawText());
    }

    [Fact]
    public async Task A_Flow_is_filled_in_with_what_the_business_sent_along()
    {
        await SentAsync("interactive", """{"type":"flow","body":{"text":"Book"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_token":"tok-7","flow_cta":"Book now","flow_action":"navigate","flow_action_payload":{"screen":"S","data":{"size":41}}}}}""");
        var page = await PageAsync();

        await PressAsync(page, "Book now");
        Assert.Equal("41", page.Find(".sheet input").GetAttribute("value"));
        await ChangeAsync(page, ".sheet input", "day", 1);
        await ChangeAsync(page, ".sheet input", "Monday", 2);
        await SubmitAsync(page, ".sheet form");

        var reply = (await ArrivedAsync("interactive")).GetProperty("interactive").GetProperty("nfm_reply");
        Assert.Equal("flow", reply.GetProperty("name").GetString());
        Assert.Equal("""{"size":"41","day":"Monday","flow_token":"tok-7"}""", reply.GetProperty("response_json").GetString());
    }

    [Fact]
    public async Task An_address_can_be_a_saved_one_and_shows_what_was_wrong()
    {
        var priya = World.Customers.First(customer => customer.Name == "Priya Natarajan");
        await SentAsync("interactive", """{"type":"address_message","body":{"text":"Where to?"},"action":{"name":"address_message","parameters":{"country":"IN","values":{"name":"Priya"},"saved_addresses":[{"id":"a1","value":{"city":"Delhi"}}],"validation_errors":{"in_pin_code":"Six digits"}}}}""", priya);
        var page = await PageAsync();
        await ClickAsync(page, ".person:contains('Priya')");

        await PressAsync(page, "Provide address");
        page.WaitForAssertion(() => Assert.Contains("Six digits", page.Find(".sheet .error").TextContent, StringComparison.Ordinal));
        await ClickAsync(page, ".sheet .choices button");
        await SubmitAsync(page, ".sheet form");

        var reply = (await ArrivedAsync("interactive")).GetProperty("interactive").GetProperty("nfm_reply");
        Assert.Equal("address_message", reply.GetProperty("name").GetString());
        Assert.Equal("""{"values":{"name":"Priya","city":"Delhi"},"saved_address_id":"a1"}""", reply.GetProperty("response_json").GetString());
    }

    [Fact]
    public async Task A_request_for_the_place_is_answered_with_one_that_quotes_it()
    {
        var line = await SentAsync("interactive", """{"type":"location_request_message","body":{"text":"Where?"},"action":{"name":"send_location"}}""");
        var page = await PageAsync();

        await PressAsync(page, "Send location");
        await SubmitAsync(page, ".sheet form");

        Assert.Equal(line.Id, (await ArrivedAsync("location")).GetProperty("context").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_request_for_the_number_is_answered_with_the_own_card()
    {
        await SentAsync("interactive", """{"type":"request_contact_info","body":{"text":"Number?"},"action":{"name":"request_contact_info"}}""");

        await PressAsync(await PageAsync(), "Share contact info");

        var message = await ArrivedAsync("contacts");
        Assert.Contains("contact_request", message.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(Amina.Phone, message.GetProperty("contacts")[0].GetProperty("phones")[0].GetProperty("wa_id").GetString());
    }

    [Theory]
    [InlineData("Calls are always allowed", "accept", true)]
    [InlineData("Calls are allowed for seven days", "accept", false)]
    [InlineData("Calls are not allowed", "reject", false)]
    public async Task A_permission_to_call_is_given_or_not(string choice, string response, bool permanent)
    {
        await SentAsync("interactive", """{"type":"call_permission_request","body":{"text":"May we?"},"action":{"name":"call_permission_request"}}""");
        var page = await PageAsync();

        await PressAsync(page, "Choose preference");
        await ClickAsync(page, $".sheet .choices button:contains('{choice}')");

        var reply = (await ArrivedAsync("interactive")).GetProperty("interactive").GetProperty("call_permission_reply");
        Assert.Equal(response, reply.GetProperty("response").GetString());
        Assert.Equal(permanent, reply.TryGetProperty("is_permanent", out var lasting) && lasting.GetBoolean());
    }

    [Fact]
    public async Task A_call_button_calls_with_its_payload()
    {
        await SentAsync("interactive", """{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call","parameters":{"display_text":"Ring","payload":"from-bot"}}}""");
        var page = await PageAsync();

        await PressAsync(page, "Ring");
        await ClickAsync(page, ".sheet .choices button:contains('talk')");

        var hooks = await Bench.Receiver.UntilAsync(all => all.Count(hook => hook.Field == "calls") >= 2);
        var calls = hooks.Where(hook => hook.Field == "calls").Select(hook => hook.Value.GetProperty("calls")[0]).ToList();
        Assert.Equal("from-bot", calls[0].GetProperty("cta_payload").GetString());
        Assert.Equal(75, calls[1].GetProperty("duration").GetInt32());
        Assert.Contains("1:15", page.Find(".told").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_is_told_with_its_order()
    {
        await SentAsync("interactive", """{"type":"order_details","body":{"text":"Your order"},"action":{"name":"review_and_pay","parameters":{"reference_id":"AO-7","currency":"INR","type":"physical-goods","total_amount":{"value":110000,"offset":100},"order":{"status":"pending","items":[]}}}}""");
        var page = await PageAsync();

        await PressAsync(page, "Review and pay");
        await ClickAsync(page, ".sheet .primary");

        var hooks = await Bench.Receiver.UntilAsync(all => all.Any(hook => IsPayment(hook)));
        var status = hooks.First(IsPayment).Status!.Value;
        Assert.Equal("captured", status.GetProperty("status").GetString());
        Assert.Equal("AO-7", status.GetProperty("payment").GetProperty("reference_id").GetString());
        Assert.Equal(110000, status.GetProperty("payment").GetProperty("amount").GetProperty("value").GetInt64());
    }

    [Fact]
    public async Task A_reaction_is_given_and_taken_back()
    {
        var line = await SentAsync("text", """{"body":"Ready!"}""");
        var page = await PageAsync();

        await ClickAsync(page, $"[data-line='{line.Id}'] + .acts .emojis button:contains('🙏')");
        Assert.Equal("🙏", (await ArrivedAsync("reaction")).GetProperty("reaction").GetProperty("emoji").GetString());
        await ClickAsync(page, $"[data-line='{line.Id}'] + .acts .emojis button[aria-pressed=true]");

        var hooks = await Bench.Receiver.UntilAsync(all => all.Count(hook => hook.Message?.GetProperty("type").GetString() == "reaction") == 2);
        Assert.False(hooks[^1].Message!.Value.GetProperty("reaction").TryGetProperty("emoji", out _));
    }

    [Fact]
    public async Task A_reply_quotes_what_it_answers()
    {
        var line = await SentAsync("text", """{"body":"Ready!"}""");
        var page = await PageAsync();

        await ClickAsync(page, $"[data-line='{line.Id}'] + .acts > button[aria-label=Reply]");
        var screen = page.FindComponent<PhoneScreen>();
        await screen.InvokeAsync(() => screen.Instance.SendText("Thank you"));

        var hooks = await Bench.Receiver.UntilAsync(all => all.Any(Thanks));
        Assert.Equal(line.Id, hooks.Last(Thanks).Message!.Value.GetProperty("context").GetProperty("id").GetString());

        static bool Thanks(Received hook) => hook.Message is { } message && message.GetRawText().Contains("Thank you", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_message_is_edited_and_deleted()
    {
        World.ChangeNumber(Bench.Berlin, number => number with { OnBusinessApp = true });
        Bench.Says(Amina, "Size 14");
        var line = World.FindChat(Amina.Id)!.Lines[^1];
        var page = await PageAsync();

        await ClickAsync(page, $"[data-line='{line.Id}'] + .acts .menu button:contains('Edit')");
        await ChangeAsync(page, ".sheet textarea", "Size 41");
        await SubmitAsync(page, ".sheet form");
        var edit = (await ArrivedAsync("edit")).GetProperty("edit");
        Assert.Equal(line.Id, edit.GetProperty("original_message_id").GetString());
        Assert.Equal("Size 41", edit.GetProperty("message").GetProperty("text").GetProperty("body").GetString());
        page.WaitForAssertion(() => Assert.Contains("Edited", page.Find($"[data-line='{line.Id}']").TextContent, StringComparison.Ordinal));

        await ClickAsync(page, $"[data-line='{line.Id}'] + .acts .menu button:contains('Delete')");
        Assert.Equal(line.Id, (await ArrivedAsync("revoke")).GetProperty("revoke").GetProperty("original_message_id").GetString());
        page.WaitForAssertion(() => Assert.Contains("You deleted this message", page.Find($"[data-line='{line.Id}']").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_is_passed_on_as_forwarded()
    {
        var line = await SentAsync("text", """{"body":"Sale ends today"}""");

        await ClickAsync(await PageAsync(), $"[data-line='{line.Id}'] + .acts .menu button:contains('forwarded')");

        var hooks = await Bench.Receiver.UntilAsync(all => all.Any(Sale));
        Assert.True(hooks.First(Sale).Message!.Value.GetProperty("context").GetProperty("forwarded").GetBoolean());

        static bool Sale(Received hook) => hook.Message is { } message && message.GetRawText().Contains("Sale ends", StringComparison.Ordinal);
    }

    private static bool IsPayment(Received hook) =>
        hook.Status is { } status && status.TryGetProperty("type", out var type) && type.GetString() == "payment";

    private static Task MenuAsync(IRenderedComponent<PhonePage> page, string item) =>
        ClickAsync(page, $".samples .menu button:contains('{item}')");

    private static Task PressAsync(IRenderedComponent<PhonePage> page, string button) =>
        ClickAsync(page, $".bubble .buttons button:contains('{button}')");
}
