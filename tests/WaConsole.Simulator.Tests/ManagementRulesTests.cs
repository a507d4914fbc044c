namespace WaConsole.Simulator.Tests;

/// <summary>
/// Every rule of the management calls, broken by a raw request: the simulator refuses by Meta's rules alone, whatever the
/// console would have checked first.
/// </summary>
public sealed class ManagementRulesTests(SharedBench shared) : IClassFixture<SharedBench>
{
    private static readonly string Long = new('x', 2001);

    public static TheoryData<string, int, string, string, string?> Wrong => new()
    {
        { "unknown object", 100, "GET", "999", null },
        { "unknown account", 100, "GET", "999/message_templates", null },
        { "stale cursor", 131059, "GET", "{account}/message_templates?after=old", null },
        { "number of nobody", 100, "POST", "999/register", """{"messaging_product":"whatsapp","pin":"123456"}""" },
        { "not JSON", 100, "POST", "{number}/register", "pin=1" },
        { "register without product", 100, "POST", "{number}/register", """{"pin":"123456"}""" },
        { "register without PIN", 100, "POST", "{number}/register", """{"messaging_product":"whatsapp"}""" },
        { "PIN of two digits", 133005, "POST", "{number}/register", """{"messaging_product":"whatsapp","pin":"12"}""" },
        { "PIN with letters", 100, "POST", "{number}", """{"pin":"12345a"}""" },
        { "nothing to change", 100, "POST", "{number}", "{}" },
        { "name of two characters", 100, "POST", "{number}?new_display_name=ab", null },
        { "code for a verified number", 136024, "POST", "{number}/request_code?code_method=SMS&language=en_US", null },
        { "code by pigeon", 100, "POST", "{number}/request_code?code_method=PIGEON&language=en_US", null },
        { "code without language", 100, "POST", "{number}/request_code?code_method=SMS", null },
        { "wrong code", 136024, "POST", "{number}/verify_code?code=000000", null },
        { "number without name", 100, "POST", "{account}/phone_numbers", """{"cc":"351","phone_number":"912345678"}""" },
        { "number that is none", 100, "POST", "{account}/phone_numbers", """{"cc":"1","phone_number":"12","verified_name":"Shop"}""" },
        { "number we have", 100, "POST", "{account}/phone_numbers", """{"cc":"49","phone_number":"3023125100","verified_name":"Shop"}""" },
        { "empty about", 100, "POST", "{number}/whatsapp_business_profile", """{"messaging_product":"whatsapp","about":" "}""" },
        { "about too long", 100, "POST", "{number}/whatsapp_business_profile", $$"""{"messaging_product":"whatsapp","about":"{{Long[..140]}}"}""" },
        { "three websites", 100, "POST", "{number}/whatsapp_business_profile", """{"messaging_product":"whatsapp","websites":["https://a.example","https://b.example","https://c.example"]}""" },
        { "website without scheme", 100, "POST", "{number}/whatsapp_business_profile", """{"messaging_product":"whatsapp","websites":["a.example"]}""" },
        { "unknown vertical", 100, "POST", "{number}/whatsapp_business_profile", """{"messaging_product":"whatsapp","vertical":"SORCERY"}""" },
        { "unknown picture", 100, "POST", "{number}/whatsapp_business_profile", """{"messaging_product":"whatsapp","profile_picture_handle":"4::no"}""" },
        { "bad e-mail", 100, "POST", "{number}/whatsapp_business_profile", """{"messaging_product":"whatsapp","email":"nobody"}""" },
        { "profile without product", 100, "POST", "{number}/whatsapp_business_profile", """{"about":"Hi"}""" },
        { "link without text", 100, "POST", "{number}/message_qrdls", "{}" },
        { "link text too long", 100, "POST", "{number}/message_qrdls", $$"""{"prefilled_message":"{{Long[..141]}}"}""" },
        { "picture as GIF", 100, "POST", "{number}/message_qrdls", """{"prefilled_message":"Hi","generate_qr_image":"GIF"}""" },
        { "unknown link", 100, "POST", "{number}/message_qrdls", """{"prefilled_message":"Hi","code":"NONE"}""" },
        { "unknown link to delete", 100, "DELETE", "{number}/message_qrdls/NONE", null },
        { "nobody to block", 100, "POST", "{number}/block_users", """{"messaging_product":"whatsapp","block_users":[]}""" },
        { "block somebody who never wrote", 139100, "POST", "{number}/block_users", """{"messaging_product":"whatsapp","block_users":[{"user":"+491713920001"}]}""" },
        { "block a stranger", 139100, "POST", "{number}/block_users", """{"messaging_product":"whatsapp","block_users":[{"user_id":"DE.404"}]}""" },
        { "five prompts", 100, "POST", "{number}/conversational_automation", """{"prompts":["a","b","c","d","e"]}""" },
        { "prompt too long", 100, "POST", "{number}/conversational_automation", $$"""{"prompts":["{{Long[..81]}}"]}""" },
        { "command without description", 100, "POST", "{number}/conversational_automation", """{"commands":[{"command_name":"help"}]}""" },
        { "cart as a word", 100, "POST", "{number}/whatsapp_commerce_settings", """{"is_cart_enabled":"perhaps"}""" },
        { "catalogue of others", 100, "POST", "{account}/product_catalogs", """{"catalog_id":"1"}""" },
        { "product without price", 100, "POST", "{catalog}/products", """{"retailer_id":"A","name":"B"}""" },
        { "override that is no address", 100, "POST", "{account}/subscribed_apps", """{"override_callback_uri":"nowhere","verify_token":"t"}""" },
        { "override without token", 100, "POST", "{account}/subscribed_apps", """{"override_callback_uri":"http://127.0.0.1:9/hook"}""" },
        { "override that does not answer", 2200, "POST", "{account}/subscribed_apps", """{"override_callback_uri":"http://127.0.0.1:9/hook","verify_token":"t"}""" },
        { "override of a number that does not answer", 2200, "POST", "{number}", """{"webhook_configuration":{"override_callback_uri":"http://127.0.0.1:9/hook","verify_token":"t"}}""" },
        { "token check without token", 100, "GET", "debug_token", null },
        { "storage of a registered number", 100, "POST", "{number}/settings", """{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED","data_localization_region":"DE"}}""" },
        { "sync of a number that is not in the app", 100, "POST", "{number}/smb_app_data", """{"messaging_product":"whatsapp","sync_type":"history"}""" },
        { "badge without two-step verification", 100, "POST", "{number}/official_business_account", """{"business_website_url":"https://a.example","primary_country_of_operation":"DE"}""" },
        { "username that is not allowed", 147001, "POST", "{number}/username", """{"username":"..x"}""" },
        { "username of somebody", 147001, "POST", "{number}/username", """{"username":"rafa.prado"}""" },
        { "contact book without id", 100, "DELETE", "{number}/contact_book", null },
        { "thread control with both recipients", 100, "POST", "{number}/thread_control", """{"messaging_product":"whatsapp","to":"+491713920001","recipient":"DE.1","action":"pass"}""" },
        { "thread control: take", 2494191, "POST", "{number}/thread_control", """{"messaging_product":"whatsapp","to":"+491713920001","action":"take"}""" },
        { "history without message", 100, "GET", "{number}/message_history", null },
        { "upload of another app", 100, "POST", "1/uploads?file_length=1&file_type=image/png", null },
        { "upload without length", 100, "POST", "{app}/uploads?file_type=image/png", null },
        { "upload of a kind that is not taken", 100, "POST", "{app}/uploads?file_length=10&file_type=text/html", null },
        { "bytes with Bearer", 190, "GET", "upload:nothing", null },
        { "insights off", 100, "POST", "{account}?is_enabled_for_insights=false", null },
        { "analytics without granularity", 100, "GET", "{account}?fields=analytics.start(1790812800).end(1790899200)", null },
        { "analytics backwards", 100, "GET", "{account}?fields=pricing_analytics.start(2).end(1).granularity(DAILY)", null },
        { "analytics of long ago", 100, "GET", "{account}?fields=analytics.start(1).end(2).granularity(DAY)", null },
        { "template analytics not switched on", 200007, "GET", "{account}/template_analytics?start=1795000000&end=1795100000&granularity=DAILY&template_ids=730000000000001", null },
        { "template analytics of nothing", 100, "GET", "{account}/template_analytics?start=1795000000&end=1795100000&granularity=DAILY", null },
        { "comparison with nothing", 100, "GET", "730000000000001/compare?start=1&end=604801", null },
        { "comparison of five days", 100, "GET", "730000000000001/compare?template_ids=730000000000002&start=0&end=432000", null },
        { "preview of another category", 100, "GET", "{account}/message_template_previews?category=UTILITY", null },
        { "delete without name", 100, "DELETE", "{account}/message_templates", null },
        { "delete what is not there", 100, "DELETE", "{account}/message_templates?name=nothing", null },
        { "delete by ids and name", 100, "DELETE", "{account}/message_templates?name=a&hsm_ids=[1]", null },
        { "delete ids that are not there", 100, "DELETE", "{account}/message_templates?hsm_ids=[1,2]", null },
        { "archive nothing", 100, "POST", "{account}/message_templates/archive", """{"hsm_ids":[]}""" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_call_is_refused_with_its_code(string what, int code, string method, string path, string? body) =>
        (await shared.CallAsync(method, path, body)).IsRefused(what, code);

    [Theory]
    [InlineData("whatsapp_business_messaging", "GET", "{account}/message_templates", 10)]
    [InlineData("whatsapp_business_management", "POST", "{number}/messages", 131005)]
    public async Task A_token_without_the_permission_is_told_so(string only, string method, string path, int code)
    {
        await shared.Bench.PostAsync("/control/token", new { scopes = new[] { only } });
        try
        {
            (await shared.CallAsync(method, path, null)).IsRefused(only, code);
        }
        finally
        {
            await shared.Bench.PostAsync("/control/token", new { });
        }
    }

    [Fact]
    public async Task Management_calls_tell_how_much_of_the_hour_is_used_up()
    {
        using var answer = await shared.Bench.Http.GetAsync($"/v25.0/{shared.Account}", TestContext.Current.CancellationToken);

        Assert.Contains(shared.Account, Assert.Single(answer.Headers.GetValues("X-Business-Use-Case-Usage")), StringComparison.Ordinal);
        Assert.Contains("call_count", Assert.Single(answer.Headers.GetValues("X-App-Usage")), StringComparison.Ordinal);
    }
}
