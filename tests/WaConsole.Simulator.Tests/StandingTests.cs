using System.Text.Json.Nodes;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

/// <summary>What the standing of account, number and customer does to a send, and what of it is told.</summary>
public sealed class StandingTests
{
    private const string Utility = """{"messaging_product":"whatsapp","to":"+491713920001","type":"template","template":{"name":"how_were_we","language":{"code":"en"}}}""";

    /// <summary>What to change by the control API, the request, and the code its answer carries.</summary>
    public static TheoryData<string, string, string, string, int> AtOnce => new()
    {
        { "disabled account", "account", """{"banState":"DISABLE"}""", Text(), 131031 },
        { "spam", "numbers/720000000000001", """{"spamLimited":true}""", Text(), 131048 },
        { "broken registration", "numbers/720000000000001", """{"certificateBroken":true}""", Text(), 131045 },
        { "throughput being raised", "numbers/720000000000001", """{"throughput":"HIGH"}""", Text(), 131057 },
        { "test number", "numbers/720000000000001", """{"testRecipients":["4917604069012"]}""", Text(), 131030 },
        { "unregistered", "numbers/720000000000001", """{"registered":false}""", Text(), 133010 },
        { "no terms of payments", "account", """{"paymentsTermsAccepted":false}""", Interactive("""{"type":"order_details","body":{"text":"b"},"action":{"name":"review_and_pay","parameters":{"reference_id":"1","type":"digital-goods","currency":"INR","total_amount":{"value":1,"offset":100}}}}"""), 134011 },
        { "window, not opened", "account", "{}", Text(), 131047 },
        { "payment missing", "account", """{"hasPaymentMethod":false}""", Utility, 131042 },
        { "templates restricted", "account", """{"restrictions":["RESTRICTED_BIZ_INITIATED_MESSAGING"]}""", Utility, 368 },
        { "utility templates restricted", "account", """{"restrictions":["RESTRICTED_UTILITY_TEMPLATES"]}""", Utility, 368 },
        { "country barred", "account", """{"barredCountries":["DE"]}""", Utility, 130497 },
        { "marketing off", "account", """{"marketingOnCloudApiDisabled":true}""", Marketing(), 131063 },
        { "capped", "customers/{amina}", """{"marketingCapped":true}""", Marketing(), 131049 },
        { "experiment", "customers/{amina}", """{"inExperiment":true}""", Marketing(), 130472 },
        { "catalogue not connected", "account", """{"catalogConnected":false}""", Interactive("""{"type":"product","action":{"catalog_id":"740000000000001","product_retailer_id":"WAX-SET"}}"""), 131009 },
        { "product of nobody", "account", "{}", Interactive("""{"type":"product","action":{"catalog_id":"740000000000001","product_retailer_id":"NOTHING"}}"""), 131009 },
        { "product out of stock", "account", "{}", Interactive("""{"type":"product","action":{"catalog_id":"740000000000001","product_retailer_id":"SHOE-TREE"}}"""), 131009 },
        { "catalogue of others", "account", "{}", Interactive("""{"type":"product","action":{"catalog_id":"1","product_retailer_id":"WAX-SET"}}"""), 131009 },
        { "picture that cannot be reached", "account", "{}", """{"messaging_product":"whatsapp","to":"+491713920001","type":"image","image":{"link":"https://nowhere.invalid/a.jpg"}}""", 131053 },
        { "picture that is a film", "account", "{}", """{"messaging_product":"whatsapp","to":"+491713920001","type":"image","image":{"link":"https://a.example/a.mp4"}}""", 131053 },
    };

    [Theory]
    [MemberData(nameof(AtOnce))]
    public async Task A_standing_that_forbids_it_refuses_the_send(string what, string path, string change, string request, int code)
    {
        await using var bench = await Bench.StartAsync(options => options with { RefusalTiming = RefusalTiming.Answer });
        using var patch = new HttpRequestMessage(HttpMethod.Patch, "/control/" + path.Replace("{amina}", bench.Amina.Id, StringComparison.Ordinal))
        {
            Content = new StringContent(change, System.Text.Encoding.UTF8, "application/json"),
        };
        using var changed = await bench.Http.SendAsync(patch, TestContext.Current.CancellationToken);
        Assert.True(changed.IsSuccessStatusCode, what);

        (await bench.SendRawAsync(request)).IsRefused(what, code);
        Assert.Empty(bench.World.Ledger);
    }

    [Fact]
    public async Task Marketing_does_not_reach_the_United_States_but_does_reach_Canada()
    {
        await using var bench = await Bench.StartAsync(options => options with { RefusalTiming = RefusalTiming.Answer });

        Assert.Equal(131049, (await bench.SendRawAsync(Marketing().Replace("491713920001", "12025550143", StringComparison.Ordinal))).Code);
        Assert.Null((await bench.SendRawAsync(Marketing().Replace("491713920001", "14165550143", StringComparison.Ordinal))).Code);
        Assert.Null((await bench.SendRawAsync(Utility.Replace("491713920001", "12025550143", StringComparison.Ordinal))).Code);
    }

    [Fact]
    public async Task The_messaging_limit_counts_people_outside_the_window_for_a_day()
    {
        await using var bench = await Bench.StartAsync(options => options with { RefusalTiming = RefusalTiming.Answer, ThroughputPerSecond = 0 });
        bench.World.ChangeAccount(account => account with { MessagingLimit = "TIER_50" });
        for (var i = 0; i < 50; i++)
        {
            Assert.Null((await bench.SendRawAsync(Utility.Replace("491713920001", $"49176040690{i:00}", StringComparison.Ordinal))).Code);
        }

        Assert.Equal(131048, (await bench.SendRawAsync(Utility)).Code);
        Assert.Null((await bench.SendRawAsync(Utility.Replace("491713920001", "4917604069001", StringComparison.Ordinal))).Code);
        bench.Says(bench.Amina, "Hello");
        Assert.Null((await bench.SendRawAsync(Utility)).Code);
        bench.World.Clock.Advance(TimeSpan.FromHours(49));
        Assert.Null((await bench.SendRawAsync(Utility)).Code);
    }

    [Theory]
    [InlineData("account", """{"messagingLimit":"TIER_100K"}""", "business_capability_update")]
    [InlineData("account", """{"reviewStatus":"REJECTED"}""", "account_review_update")]
    [InlineData("account", """{"banState":"SCHEDULE_FOR_DISABLE"}""", "account_update")]
    [InlineData("account", """{"restrictions":["RESTRICTED_BIZ_INITIATED_MESSAGING"]}""", "account_update")]
    [InlineData("numbers/720000000000001", """{"quality":"RED"}""", "phone_number_quality_update")]
    [InlineData("numbers/720000000000001", """{"throughput":"HIGH"}""", "phone_number_quality_update")]
    [InlineData("numbers/720000000000001", """{"nameStatus":"DECLINED"}""", "phone_number_name_update")]
    public async Task A_change_Meta_announces_is_announced(string path, string change, string field)
    {
        await using var bench = await Bench.StartAsync();
        using var patch = new HttpRequestMessage(HttpMethod.Patch, "/control/" + path) { Content = new StringContent(change, System.Text.Encoding.UTF8, "application/json") };
        using var changed = await bench.Http.SendAsync(patch, TestContext.Current.CancellationToken);

        Assert.Equal(field, Assert.Single(await bench.Receiver.UntilAsync(1)).Field);
    }

    [Fact]
    public async Task The_worst_of_all_decides_the_health()
    {
        await using var bench = await Bench.StartAsync();
        async Task<string> HealthAsync() => (await bench.GetAsync($"/v25.0/{Bench.Berlin}?fields=health_status")).Body
            .GetProperty("health_status").GetProperty("can_send_message").GetString()!;

        Assert.Equal("AVAILABLE", await HealthAsync());
        bench.World.ChangeNumber(Bench.Berlin, number => number with { NameStatus = "PENDING_REVIEW" });
        Assert.Equal("LIMITED", await HealthAsync());
        bench.World.ChangeAccount(account => account with { HasPaymentMethod = false });
        Assert.Equal("BLOCKED", await HealthAsync());
    }

    [Fact]
    public async Task A_changed_identity_is_told_and_an_old_hash_refused()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PostAsync($"/v25.0/{Bench.Berlin}/settings", new { user_identity_change = new { enable_identity_key_check = true } });
        bench.Says(bench.Amina, "Hello");
        var hash = (await bench.Receiver.UntilAsync(1))[0].Value.GetProperty("contacts")[0].GetProperty("identity_key_hash").GetString();
        var send = $$$"""{"messaging_product":"whatsapp","to":"+491713920001","recipient_identity_key_hash":"{{{hash}}}","type":"text","text":{"body":"Hi"}}""";
        Assert.Null((await bench.SendRawAsync(send)).Code);

        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/identity", new { });

        Assert.Equal(137000, (await bench.SendRawAsync(send)).Code);
        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.Message is { } m && m.GetProperty("type").GetString() == "system"));
        Assert.NotEqual(hash, all.Last(r => r.Message is not null).Message!.Value.GetProperty("identity").GetProperty("hash").GetString());
    }

    [Fact]
    public async Task A_chat_of_another_owner_is_only_watched()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/owner", new { role = "ai_agent" });
        bench.Says(bench.Amina, "For the other one");

        Assert.Equal(131070, (await bench.SendTextAsync(bench.Amina.Phone, "Hi")).Code);
        Assert.Null((await bench.SendRawAsync(Utility)).Code);
        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.Field == "standby"));
        Assert.Contains(all, r => r.Field == "messaging_handovers" && r.Value.GetProperty("type").GetString() == "control_taken");
        Assert.Equal("For the other one", all.Single(r => r.Field == "standby").Value.GetProperty("standby").GetProperty("messages")[0].GetProperty("text").GetProperty("body").GetString());
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/owner", new { });
        Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "Hi")).Code);
    }

    [Fact]
    public async Task Calls_open_the_window_and_call_permission_is_asked_once_a_day()
    {
        await using var bench = await Bench.StartAsync(options => options with { RefusalTiming = RefusalTiming.Answer });
        var ask = Interactive("""{"type":"call_permission_request","action":{"name":"call_permission_request"}}""");
        Assert.Equal(131047, (await bench.SendRawAsync(ask)).Code);
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/calls", new { });

        Assert.Null((await bench.SendRawAsync(ask)).Code);
        Assert.Equal(138009, (await bench.SendRawAsync(ask)).Code);
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/messages", new { type = "callPermission", permanent = true });
        Assert.Equal(138017, (await bench.SendRawAsync(ask)).Code);
    }

    [Fact]
    public async Task An_edit_is_told_to_numbers_in_the_app_and_unsupported_elsewhere()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Helo");
        var wamid = bench.World.FindChat(bench.Amina.Id)!.Lines[0].Id;
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/messages", new { type = "edit", messageId = wamid, text = "Hello" });
        bench.World.ChangeNumber(Bench.Berlin, number => number with { OnBusinessApp = true });
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/messages", new { type = "edit", messageId = wamid, text = "Hello!" });
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/messages", new { type = "revoke", messageId = wamid });

        var all = await bench.Receiver.UntilAsync(4);
        Assert.Equal(["text", "unsupported", "edit", "revoke"], all.Select(r => r.Message!.Value.GetProperty("type").GetString()));
        Assert.Equal(wamid, all[2].Message!.Value.GetProperty("edit").GetProperty("original_message_id").GetString());
        var line = bench.World.FindChat(bench.Amina.Id)!.Lines[0];
        Assert.True(line is { Edited: true, Revoked: true, Content.Text: "Hello!" });
    }

    [Fact]
    public async Task A_message_of_either_side_is_kept_as_it_went_over_the_wire()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        await bench.SendRawAsync(Interactive("""{"type":"flow","body":{"text":"Book"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"Go","flow_action":"navigate","flow_action_payload":{"screen":"S","data":{"a":"b"}}}}}"""));

        var lines = (await bench.GetAsync($"/control/customers/{bench.Amina.Id}/chat")).Body.GetProperty("items");

        Assert.Equal("Hello", lines[0].GetProperty("wire").GetProperty("text").GetProperty("body").GetString());
        Assert.Equal("b", lines[1].GetProperty("wire").GetProperty("interactive").GetProperty("action").GetProperty("parameters")
            .GetProperty("flow_action_payload").GetProperty("data").GetProperty("a").GetString());
    }

    [Fact]
    public async Task A_group_takes_text_and_tells_each_members_status()
    {
        await using var bench = await Bench.StartAsync();
        var members = bench.World.Customers.Take(2).Select(customer => customer.Id).ToArray();
        var group = (await bench.PostAsync("/control/groups", new { subject = "Workshop", members })).Body.GetProperty("id").GetString();

        var sent = await bench.SendRawAsync($$$"""{"messaging_product":"whatsapp","recipient_type":"group","to":"{{{group}}}","type":"text","text":{"body":"Hi all"}}""");
        await bench.PostAsync($"/control/customers/{members[1]}/messages", new { type = "text", text = "Hi!", groupId = group });

        Assert.Equal(group, sent.Body.GetProperty("messages")[0].GetProperty("group_id").GetString());
        var all = await bench.Receiver.UntilAsync(all => all.Count(r => r.StatusWord == "delivered") == 2 && all.Any(r => r.Message is not null));
        Assert.Equal(2, all.Where(r => r.StatusWord == "delivered").Select(r => r.Status!.Value.GetProperty("recipient_participant_id").GetString()).Distinct().Count());
        Assert.Equal(group, all.Single(r => r.Message is not null).Message!.Value.GetProperty("group_id").GetString());
        Assert.Equal(131051, (await bench.SendRawAsync($$$"""{"messaging_product":"whatsapp","recipient_type":"group","to":"{{{group}}}","type":"location","location":{"latitude":1,"longitude":1}}""")).Code);
    }

    [Fact]
    public async Task A_message_past_its_lifetime_is_dropped_without_a_word()
    {
        await using var bench = await Bench.StartAsync();
        bench.World.ChangeCustomer(bench.Amina.Id, new CustomerChange { Online = false });
        await bench.SendRawAsync("""{"messaging_product":"whatsapp","to":"+491713920001","type":"template","template":{"name":"sign_in_code","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"123"}]},{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123"}]}]}}""");
        await bench.SendRawAsync(Utility);
        bench.World.Clock.Advance(TimeSpan.FromMinutes(11));
        bench.World.ChangeCustomer(bench.Amina.Id, new CustomerChange { Online = true });

        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        Assert.Equal([ReceiptState.Sent, ReceiptState.Read], bench.World.Ledger.Select(entry => entry.State));
    }

    [Fact]
    public async Task The_marketing_api_takes_marketing_templates_only()
    {
        await using var bench = await Bench.StartAsync();
        async Task<Answer> SendAsync(string body) => await bench.PostAsync($"/v25.0/{Bench.Berlin}/marketing_messages", JsonNode.Parse(body)!);

        Assert.Equal(131055, (await SendAsync(Text())).Code);
        Assert.Equal(134100, (await SendAsync(Utility)).Code);
        Assert.Null((await SendAsync(Marketing().Replace("\"type\":\"template\"", "\"product_policy\":\"STRICT\",\"message_activity_sharing\":true,\"type\":\"template\"", StringComparison.Ordinal))).Code);
        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "sent"));
        Assert.Equal("marketing_lite", all[0].Status!.Value.GetProperty("pricing").GetProperty("category").GetString());
    }

    private static string Text() => """{"messaging_product":"whatsapp","to":"+491713920001","type":"text","text":{"body":"Hi"}}""";

    private static string Interactive(string interactive) =>
        $$"""{"messaging_product":"whatsapp","to":"+491713920001","type":"interactive","interactive":{{interactive}}}""";

    private static string Marketing() => """{"messaging_product":"whatsapp","to":"+491713920001","type":"template","template":{"name":"care_voucher","language":{"code":"en"},"components":[{"type":"body","parameters":[{"type":"text","text":"Nour"}]},{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"CEDAR20"}]}]}}""";
}
