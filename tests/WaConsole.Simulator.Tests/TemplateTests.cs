using System.Text.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

public sealed class TemplateTests
{
    private const string Body3 = """{"type":"body","parameters":[{"type":"text","text":"Amina"},{"type":"text","text":"AO-1"},{"type":"text","text":"Friday"}]}""";
    private const string Track = """{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"AO-1"}]}""";

    public static TheoryData<string, int, string> Wrong => new()
    {
        { "unknown name", 132001, Template("no_such", "en") },
        { "unknown language", 132001, Template("order_shipped", "fr") },
        { "still in review", 132001, Template("spring_collection", "en", """{"type":"body","parameters":[{"type":"text","text":"Piotr"}]}""") },
        { "rejected", 132001, Template("flash_sale", "en") },
        { "paused", 132015, Template("newsletter", "en") },
        { "too few parameters", 132000, Template("order_shipped", "en", """{"type":"body","parameters":[{"type":"text","text":"Amina"}]}""", Track) },
        { "no parameters at all", 132000, Template("order_shipped", "en") },
        { "parameters it does not have", 132000, Template("how_were_we", "en", """{"type":"body","parameters":[{"type":"text","text":"Amina"}]}""") },
        { "no button parameter", 131008, Template("order_shipped", "en", Body3) },
        { "button that is not there", 132018, Template("order_shipped", "en", Body3, Track, Track.Replace("\"0\"", "\"4\"", StringComparison.Ordinal)) },
        { "button of another kind", 132018, Template("order_shipped", "en", Body3, Track.Replace("\"url\"", "\"quick_reply\"", StringComparison.Ordinal)) },
        { "line break in a value", 132018, Template("order_shipped", "en", Body3.Replace("Friday", "Fri\\nday", StringComparison.Ordinal), Track) },
        { "five spaces in a value", 132018, Template("order_shipped", "en", Body3.Replace("Friday", "Fri     day", StringComparison.Ordinal), Track) },
        { "empty value", 131008, Template("order_shipped", "en", Body3.Replace("Friday", "", StringComparison.Ordinal), Track) },
        { "text too long once filled in", 132005, Template("order_shipped", "en", Body3.Replace("Friday", new string('x', 1000), StringComparison.Ordinal), Track) },
        { "unnamed parameter for a named one", 132012, Template("pickup_ready", "en",
            """{"type":"header","parameters":[{"type":"text","text":"AO-1"}]}""",
            """{"type":"body","parameters":[{"type":"text","text":"Jonas"},{"type":"text","text":"Vienna"}]}""") },
        { "wrong parameter name", 132012, Template("pickup_ready", "en",
            """{"type":"header","parameters":[{"type":"text","parameter_name":"order_number","text":"AO-1"}]}""",
            """{"type":"body","parameters":[{"type":"text","parameter_name":"name","text":"Jonas"},{"type":"text","parameter_name":"shop","text":"Vienna"}]}""") },
        { "missing picture", 132012, Template("last_fitting_photo", "en", """{"type":"body","parameters":[{"type":"text","text":"Rafael"}]}""") },
        { "text for a picture", 132012, Template("last_fitting_photo", "en",
            """{"type":"header","parameters":[{"type":"text","text":"no"}]}""", """{"type":"body","parameters":[{"type":"text","text":"Rafael"}]}""") },
        { "coupon with a space", 132018, Template("care_voucher", "en", """{"type":"body","parameters":[{"type":"text","text":"Nour"}]}""",
            """{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"CEDAR 20"}]}""") },
    };

    public static TheoryData<string> Right =>
    [
        Template("order_shipped", "en", Body3, Track),
        Template("order_shipped", "de", Body3, Track.Replace("\"0\"", "0", StringComparison.Ordinal)),
        Template("how_were_we", "en"),
        Template("pickup_ready", "en",
            """{"type":"header","parameters":[{"type":"text","parameter_name":"order_number","text":"AO-1"}]}""",
            """{"type":"body","parameters":[{"type":"text","parameter_name":"shop","text":"Vienna"},{"type":"text","parameter_name":"first_name","text":"Jonas"}]}"""),
        Template("last_fitting_photo", "en",
            """{"type":"header","parameters":[{"type":"image","image":{"link":"https://alder-oak.example/last.jpg"}}]}""",
            """{"type":"body","parameters":[{"type":"text","text":"Rafael"}]}"""),
        Template("fitting_reminder", "en",
            """{"type":"header","parameters":[{"type":"location","location":{"latitude":"52.5","longitude":"13.4","name":"Shop","address":"Street 1"}}]}""",
            """{"type":"body","parameters":[{"type":"text","text":"Tobias"},{"type":"date_time","date_time":{"fallback_value":"1 Dec"}},{"type":"text","text":"10:30"}]}"""),
        Template("care_voucher", "en", """{"type":"body","parameters":[{"type":"text","text":"Nour"}]}""",
            """{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"CEDAR20"}]}"""),
        Template("sign_in_code", "en", """{"type":"body","parameters":[{"type":"text","text":"123456"}]}""",
            """{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"123456"}]}"""),
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_template_that_does_not_fit_is_refused_with_its_code(string what, int code, string body)
    {
        await using var bench = await Bench.StartAsync();

        var answer = await bench.SendRawAsync(body);

        Assert.True(code == answer.Code, $"{what}: {answer.Body}");
        Assert.Empty(bench.World.Ledger);
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task A_template_that_fits_reaches_somebody_who_never_wrote(string body)
    {
        await using var bench = await Bench.StartAsync();

        var answer = await bench.SendRawAsync(body);

        Assert.True(answer.Code is null, answer.Body.ToString());
        Assert.Equal("accepted", answer.Body.GetProperty("messages")[0].GetProperty("message_status").GetString());
        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        var pricing = all.First(r => r.StatusWord == "sent").Status!.Value.GetProperty("pricing");
        Assert.Equal("regular", pricing.GetProperty("type").GetString());
        Assert.NotEqual("service", pricing.GetProperty("category").GetString());
    }

    [Fact]
    public async Task The_customer_sees_the_variables_filled_in_and_answers_with_a_button()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SendRawAsync(Template("last_fitting_photo", "en",
            """{"type":"header","parameters":[{"type":"image","image":{"link":"https://alder-oak.example/last.jpg"}}]}""",
            """{"type":"body","parameters":[{"type":"text","text":"Rafael"}]}""",
            """{"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"go-on"}]}"""));
        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        var line = Assert.Single(bench.World.FindChat(bench.Amina.Id)!.Lines);
        Assert.StartsWith("Hello Rafael, this is how", line.Content.Text, StringComparison.Ordinal);

        var tap = await bench.PostAsync($"/control/customers/{bench.Amina.Id}/taps", new { messageId = line.Id, value = "Yes, go on" });

        Assert.Equal(System.Net.HttpStatusCode.OK, tap.Status);
        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.Message is not null));
        var message = all[^1].Message!.Value;
        Assert.Equal("button", message.GetProperty("type").GetString());
        Assert.Equal("go-on", message.GetProperty("button").GetProperty("payload").GetString());
        Assert.Equal(line.Id, message.GetProperty("context").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Marketing_to_somebody_who_stopped_it_fails_with_131050_and_utility_does_not()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/marketing", new { value = "stop" });
        await bench.SendRawAsync(Template("care_voucher", "en", """{"type":"body","parameters":[{"type":"text","text":"Nour"}]}""",
            """{"type":"button","sub_type":"copy_code","index":"0","parameters":[{"type":"coupon_code","coupon_code":"CEDAR20"}]}"""));
        await bench.SendRawAsync(Template("how_were_we", "en"));

        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        Assert.Equal("user_preferences", all[0].Field);
        var preference = all[0].Value.GetProperty("user_preferences")[0];
        Assert.Equal("stop", preference.GetProperty("value").GetString());
        Assert.Equal(JsonValueKind.Number, preference.GetProperty("timestamp").ValueKind);
        Assert.Equal("failed", all[1].StatusWord);
        Assert.Equal(131050, all[1].Status!.Value.GetProperty("errors")[0].GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Signing_up_by_a_link_is_told_with_the_link_and_ends_the_stop()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/marketing", new { value = "stop" });
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/marketing", new { value = "signup", signupId = "790000000000007" });

        var all = await bench.Receiver.UntilAsync(all => all.Count(r => r.Field == "user_preferences") == 2);
        var preference = all[^1].Value.GetProperty("user_preferences")[0];
        Assert.Equal(
            ("marketing_messages", "signup", "790000000000007"),
            (preference.GetProperty("category").GetString(), preference.GetProperty("value").GetString(), preference.GetProperty("signup_id").GetString()));
        Assert.False(bench.World.FindCustomer(bench.Amina.Id)!.MarketingStopped);
    }

    [Fact]
    public async Task A_one_time_code_cannot_go_to_a_user_id()
    {
        await using var bench = await Bench.StartAsync();
        var body = Template("sign_in_code", "en", """{"type":"body","parameters":[{"type":"text","text":"1"}]}""",
            """{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"1"}]}""")
            .Replace("\"to\":\"+491713920001\"", $"\"recipient\":\"{bench.Amina.UserId}\"", StringComparison.Ordinal);

        Assert.Equal(131062, (await bench.SendRawAsync(body)).Code);
    }

    [Fact]
    public async Task The_list_is_paged_until_there_is_no_next()
    {
        await using var bench = await Bench.StartAsync();
        var account = bench.World.Options.BusinessAccountId;
        List<string> names = [];
        var path = $"/v25.0/{account}/message_templates?limit=5&fields=name,language,status,components,parameter_format";
        while (path is not null)
        {
            var page = await bench.GetAsync(path);
            names.AddRange(page.Body.GetProperty("data").EnumerateArray()
                .Select(t => t.GetProperty("name").GetString() + "/" + t.GetProperty("language").GetString()));
            path = page.Body.GetProperty("paging").TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(bench.World.Templates.All.Select(t => t.Name + "/" + t.Language), names);
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(131059, (await bench.GetAsync($"/v25.0/{account}/message_templates?after=stale")).Code);
    }

    [Fact]
    public async Task The_list_can_be_narrowed()
    {
        await using var bench = await Bench.StartAsync();

        var page = await bench.GetAsync($"/v25.0/{bench.World.Options.BusinessAccountId}/message_templates?status=PAUSED");

        Assert.Equal("newsletter", Assert.Single(page.Body.GetProperty("data").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_template_that_is_paused_is_announced_and_refused()
    {
        await using var bench = await Bench.StartAsync();

        await bench.PostAsync("/control/templates/how_were_we/en", new { status = "PAUSED" });

        var received = Assert.Single(await bench.Receiver.UntilAsync(1));
        Assert.Equal("message_template_status_update", received.Field);
        Assert.Equal("PAUSED", received.Value.GetProperty("event").GetString());
        Assert.Equal(JsonValueKind.Number, received.Value.GetProperty("message_template_id").ValueKind);
        Assert.Equal(132015, (await bench.SendRawAsync(Template("how_were_we", "en"))).Code);
    }

    [Fact]
    public async Task A_link_that_is_opened_is_counted_by_button_and_by_people_and_a_quick_reply_by_button()
    {
        await using var bench = await Bench.StartAsync();
        Assert.Equal("true", (await bench.PostAsync($"/v25.0/{bench.World.Options.BusinessAccountId}?is_enabled_for_insights=true", new { })).Body.GetProperty("success").GetRawText());
        var first = (await bench.SendRawAsync(Template("order_shipped", "en", Body3, Track))).Wamid;
        var second = (await bench.SendRawAsync(Template("order_shipped", "en", Body3, Track))).Wamid;
        Assert.IsType<WriteOutcome.Sent>(bench.World.Tap(bench.Amina.Id, first, "Track the parcel"));
        Assert.IsType<WriteOutcome.Sent>(bench.World.Tap(bench.Amina.Id, first, "Track the parcel"));
        Assert.IsType<WriteOutcome.Sent>(bench.World.Tap(bench.Amina.Id, second, "Track the parcel"));

        var template = bench.World.Templates.Find("order_shipped", "en")!.Id;
        var now = TimeProvider.System.GetUtcNow();
        var answer = await bench.GetAsync(
            $"/v25.0/{bench.World.Options.BusinessAccountId}/template_analytics?start={now.AddDays(-2).ToUnixTimeSeconds()}&end={now.AddMinutes(1).ToUnixTimeSeconds()}&granularity=DAILY&metric_types=CLICKED&template_ids=[{template}]");

        var point = Assert.Single(answer.Body.GetProperty("data")[0].GetProperty("data_points").EnumerateArray());
        Assert.Equal(
            [("unique_url_button", "Track the parcel", 2), ("url_button", "Track the parcel", 3)],
            point.GetProperty("clicked").EnumerateArray()
                .Select(click => (click.GetProperty("type").GetString()!, click.GetProperty("button_content").GetString()!, click.GetProperty("count").GetInt32())).Order());
    }

    private static string Template(string name, string language, params string[] components) =>
        $$$"""{"messaging_product":"whatsapp","to":"+491713920001","type":"template","template":{"name":"{{{name}}}","language":{"code":"{{{language}}}"},"components":[{{{string.Join(',', components)}}}]}}""";
}
