using System.Text.Json;
using System.Text.Json.Nodes;
using WaConsole.Simulator.Hosting;

namespace WaConsole.Simulator.Tests;

public sealed class TemplateReviewTests(SharedBench shared) : IClassFixture<SharedBench>
{
    private const string Body = """{"type":"BODY","text":"Hello {{1}}, your shoes are ready for you at {{2}} today.","example":{"body_text":[["Ines","Mill Lane"]]}}""";

    /// <summary>Definitions that are refused when they are sent in: what, code, subcode or 0, category, components.</summary>
    public static TheoryData<string, int, int, string, string> Wrong => new()
    {
        { "unknown category", 100, 0, "GOSSIP", Body },
        { "no body", 100, 0, "UTILITY", """{"type":"FOOTER","text":"f"}""" },
        { "two bodies", 100, 0, "UTILITY", Body + "," + Body },
        { "unknown component", 100, 0, "UTILITY", Body + ",{\"type\":\"SONG\"}" },
        { "empty body", 100, 2388072, "UTILITY", """{"type":"BODY","text":""}""" },
        { "body too long", 100, 2388040, "UTILITY", $$"""{"type":"BODY","text":"{{new string('x', 1025)}}"}""" },
        { "variable first", 100, 2388299, "UTILITY", """{"type":"BODY","text":"{{1}} is ready for you now","example":{"body_text":[["x"]]}}""" },
        { "variable last", 100, 2388299, "UTILITY", """{"type":"BODY","text":"Ready for you now: {{1}}","example":{"body_text":[["x"]]}}""" },
        { "variables side by side", 100, 2388072, "UTILITY", """{"type":"BODY","text":"Hello {{1}} {{2}}, good to see you again","example":{"body_text":[["x","y"]]}}""" },
        { "gap in the numbers", 100, 2388072, "UTILITY", """{"type":"BODY","text":"Hello {{1}} and also {{3}}, good to see you","example":{"body_text":[["x","y"]]}}""" },
        { "no sample", 100, 2388072, "UTILITY", """{"type":"BODY","text":"Hello {{1}}, good to see you again"}""" },
        { "one sample short", 100, 2388072, "UTILITY", """{"type":"BODY","text":"Hello {{1}}, meet {{2}} at the door","example":{"body_text":[["x"]]}}""" },
        { "name in a numbered template", 100, 2388072, "UTILITY", """{"type":"BODY","text":"Hello {{name}}, good to see you","example":{"body_text":[["x"]]}}""" },
        { "sign in the braces", 100, 2388072, "UTILITY", """{"type":"BODY","text":"Hello {{1$}}, good to see you","example":{"body_text":[["x"]]}}""" },
        { "too many variables", 100, 2388293, "UTILITY", """{"type":"BODY","text":"Hi {{1}}, {{2}}, {{3}}, {{4}} ok","example":{"body_text":[["a","b","c","d"]]}}""" },
        { "header too long", 100, 2388040, "UTILITY", Body + $",{{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\"{new string('x', 61)}\"}}" },
        { "header of two variables", 100, 2388047, "UTILITY", Body + ",{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\"A {{1}} b {{2}} c\"}" },
        { "header without sample file", 100, 2388047, "UTILITY", Body + ",{\"type\":\"HEADER\",\"format\":\"IMAGE\"}" },
        { "header with a handle of nobody", 100, 2388047, "UTILITY", Body + ",{\"type\":\"HEADER\",\"format\":\"IMAGE\",\"example\":{\"header_handle\":[\"4::no\"]}}" },
        { "audio header", 100, 2388047, "UTILITY", Body + ",{\"type\":\"HEADER\",\"format\":\"AUDIO\"}" },
        { "footer with a variable", 100, 2388073, "UTILITY", Body + ",{\"type\":\"FOOTER\",\"text\":\"Bye {{1}} now\"}" },
        { "footer too long", 100, 2388040, "UTILITY", Body + $",{{\"type\":\"FOOTER\",\"text\":\"{new string('x', 61)}\"}}" },
        { "eleven buttons", 100, 0, "UTILITY", Body + Buttons(Enumerable.Range(0, 11).Select(i => $$"""{"type":"QUICK_REPLY","text":"B{{i}}"}""")) },
        { "three links", 100, 0, "UTILITY", Body + Buttons(Enumerable.Range(0, 3).Select(i => $$"""{"type":"URL","text":"B{{i}}","url":"https://a.example"}""")) },
        { "quick reply in the middle", 100, 0, "UTILITY", Body + Buttons(["""{"type":"URL","text":"A","url":"https://a.example"}""", """{"type":"QUICK_REPLY","text":"B"}""", """{"type":"PHONE_NUMBER","text":"C","phone_number":"+351"}"""]) },
        { "button label too long", 100, 2388040, "UTILITY", Body + Buttons(["""{"type":"QUICK_REPLY","text":"A label of twenty-six chars"}"""]) },
        { "link with its variable in the middle", 100, 0, "UTILITY", Body + Buttons(["""{"type":"URL","text":"A","url":"https://a.example/{{1}}/x","example":["y"]}"""]) },
        { "link without example", 100, 0, "UTILITY", Body + Buttons(["""{"type":"URL","text":"A","url":"https://a.example/{{1}}"}"""]) },
        { "coupon in a utility template", 100, 0, "UTILITY", Body + Buttons(["""{"type":"COPY_CODE","example":"SPRING20"}"""]) },
        { "coupon too long", 100, 0, "MARKETING", Body + Buttons(["""{"type":"COPY_CODE","example":"SPRINGSPRINGSPRING2020"}"""]) },
        { "form without flow", 100, 0, "UTILITY", Body + Buttons(["""{"type":"FLOW","text":"Book"}"""]) },
        { "own words of an authentication template", 100, 2388072, "AUTHENTICATION", """{"type":"BODY","text":"Your code is {{1}} today"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}""" },
        { "authentication without button", 100, 0, "AUTHENTICATION", """{"type":"BODY"}""" },
        { "code that lives too long", 100, 2388073, "AUTHENTICATION", """{"type":"BODY"},{"type":"FOOTER","code_expiration_minutes":91},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}""" },
        { "one tap without app", 100, 0, "AUTHENTICATION", """{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ONE_TAP"}]}""" },
        { "zero tap without terms", 100, 0, "AUTHENTICATION", """{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ZERO_TAP","supported_apps":[{"package_name":"com.acme.app","signature_hash":"K8a/AINcGX7"}]}]}""" },
        { "carousel of one card", 100, 0, "MARKETING", Body + ",{\"type\":\"CAROUSEL\",\"cards\":[" + Card("PRODUCT", "SPM") + "]}" },
        { "cards that differ", 100, 0, "MARKETING", Body + ",{\"type\":\"CAROUSEL\",\"cards\":[" + Card("PRODUCT", "SPM") + "," + Card("PRODUCT", "QUICK_REPLY") + "]}" },
        { "carousel in a utility template", 100, 0, "UTILITY", Body + ",{\"type\":\"CAROUSEL\",\"cards\":[" + Card("PRODUCT", "SPM") + "," + Card("PRODUCT", "SPM") + "]}" },
        { "offer with a footer", 100, 0, "MARKETING", Body + Buttons(["""{"type":"URL","text":"A","url":"https://a.example"}"""]) + ",{\"type\":\"FOOTER\",\"text\":\"f\"},{\"type\":\"LIMITED_TIME_OFFER\",\"limited_time_offer\":{\"text\":\"Soon over\",\"has_expiration\":true}}" },
        { "offer text too long", 100, 2388040, "MARKETING", Body + Buttons(["""{"type":"URL","text":"A","url":"https://a.example"}"""]) + ",{\"type\":\"LIMITED_TIME_OFFER\",\"limited_time_offer\":{\"text\":\"Seventeen letters\",\"has_expiration\":true}}" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_definition_is_refused_with_its_code(string what, int code, int subcode, string category, string components)
    {
        var answer = await shared.CallAsync("POST", "{account}/message_templates",
            $$"""{"name":"wrong_one","language":"en","category":"{{category}}","components":[{{components}}]}""");

        answer.IsRefused(what, code, subcode == 0 ? null : subcode);
    }

    [Theory]
    [InlineData("Wrong-Name", "en", null)]
    [InlineData("good_name", "xx", null)]
    [InlineData("good_name", "en", 29)]
    [InlineData("good_name", "en", 43201)]
    public async Task Name_language_and_lifetime_have_rules(string name, string language, int? seconds)
    {
        var life = seconds is null ? "" : $",\"message_send_ttl_seconds\":{seconds}";
        var answer = await shared.CallAsync("POST", "{account}/message_templates",
            $$"""{"name":"{{name}}","language":"{{language}}","category":"UTILITY","components":[{{Body}}]{{life}}}""");

        answer.IsRefused(name, 100);
    }

    [Fact]
    public async Task The_same_name_and_language_is_a_duplicate()
    {
        var answer = await shared.CallAsync("POST", "{account}/message_templates", Create("order_shipped"));

        answer.IsRefused("duplicate", 100, 2388024);
    }

    [Fact]
    public async Task A_new_template_is_reviewed_by_the_rules_and_the_verdict_is_a_webhook()
    {
        await using var bench = await Bench.StartAsync(options => options with { ReviewDelay = TimeSpan.Zero });
        var account = bench.World.Options.BusinessAccountId;

        var good = await bench.PostAsync($"/v25.0/{account}/message_templates", JsonNode.Parse(Create("shoes_ready"))!);
        var bad = await bench.PostAsync($"/v25.0/{account}/message_templates", JsonNode.Parse(Create("too_good").Replace("are ready", "won the lottery", StringComparison.Ordinal))!);
        var ad = await bench.PostAsync($"/v25.0/{account}/message_templates", JsonNode.Parse(Create("just_info").Replace("are ready", "have a discount", StringComparison.Ordinal))!);

        Assert.Equal("PENDING", good.Body.GetProperty("status").GetString());
        Assert.Equal("MARKETING", ad.Body.GetProperty("category").GetString());
        var told = await bench.Receiver.UntilAsync(3);
        Assert.Equal(["APPROVED", "REJECTED", "APPROVED"], told.Select(r => r.Value.GetProperty("event").GetString()));
        Assert.Equal("SCAM", told[1].Value.GetProperty("reason").GetString());
        Assert.Equal("APPROVED", bench.World.Templates.FindById(good.Body.GetProperty("id").GetString()!)!.Status);
    }

    [Fact]
    public async Task An_approved_template_can_be_edited_once_a_day_and_is_reviewed_again()
    {
        await using var bench = await Bench.StartAsync(options => options with { ReviewDelay = TimeSpan.Zero });
        var id = bench.World.Templates.Find("how_were_we", "en")!.Id;
        var change = JsonNode.Parse($$"""{"components":[{{Body}}]}""")!;

        Assert.True((await bench.PostAsync($"/v25.0/{id}", change)).Body.GetProperty("success").GetBoolean());
        await bench.Receiver.UntilAsync(all => all.Any(r => r.Field == "message_template_status_update"));
        (await bench.PostAsync($"/v25.0/{id}", change.DeepClone())).IsRefused("twice a day", 100, 2388039);
        bench.World.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Null((await bench.PostAsync($"/v25.0/{id}", change.DeepClone())).Code);
        (await bench.PostAsync($"/v25.0/{id}", new { name = "other", components = Array.Empty<string>() })).IsRefused("rename", 100);
    }

    [Fact]
    public async Task A_deleted_approved_template_locks_its_name_for_thirty_days()
    {
        await using var bench = await Bench.StartAsync(options => options with { TemplateReview = TemplateReview.ByHand });
        var account = bench.World.Options.BusinessAccountId;
        using var gone = await bench.Http.DeleteAsync($"/v25.0/{account}/message_templates?name=how_were_we", TestContext.Current.CancellationToken);
        Assert.True(gone.IsSuccessStatusCode);
        Assert.Null(bench.World.Templates.Find("how_were_we", "de"));

        (await bench.PostAsync($"/v25.0/{account}/message_templates", JsonNode.Parse(Create("how_were_we"))!)).IsRefused("locked", 100, 2388023);
        bench.World.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Null((await bench.PostAsync($"/v25.0/{account}/message_templates", JsonNode.Parse(Create("how_were_we"))!)).Code);
    }

    [Fact]
    public async Task Poor_quality_pauses_three_hours_then_six_then_for_good()
    {
        await using var bench = await Bench.StartAsync();
        async Task<string> RedAsync()
        {
            await bench.PostAsync("/control/templates/how_were_we/en", new { quality = "RED" });
            return bench.World.Templates.Find("how_were_we", "en")!.Status;
        }

        Assert.Equal("PAUSED", await RedAsync());
        bench.World.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("APPROVED", bench.World.Templates.Find("how_were_we", "en")!.Status);
        Assert.Equal("PAUSED", await RedAsync());
        bench.World.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("PAUSED", bench.World.Templates.Find("how_were_we", "en")!.Status);
        bench.World.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal("DISABLED", await RedAsync());
        var told = await bench.Receiver.UntilAsync(8);
        Assert.Equal(
            ["FIRST_PAUSE", "UNPAUSE", "SECOND_PAUSE", "UNPAUSE", "DISABLED"],
            told.Where(r => r.Field == "message_template_status_update").Select(r => r.Value.GetProperty("other_info").GetProperty("title").GetString()));
    }

    [Fact]
    public async Task A_pause_by_pacing_ends_on_request_after_five_minutes()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PostAsync("/control/templates/how_were_we/en", new { status = "PAUSED", title = "RATE_LIMITING_PAUSE" });
        var id = bench.World.Templates.Find("how_were_we", "en")!.Id;

        Assert.False((await bench.PostAsync($"/v25.0/{id}/unpause", new { })).Body.GetProperty("success").GetBoolean());
        bench.World.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await bench.PostAsync($"/v25.0/{id}/unpause", new { })).Body.GetProperty("success").GetBoolean());
        Assert.Equal("APPROVED", bench.World.Templates.Find("how_were_we", "en")!.Status);
    }

    [Fact]
    public async Task A_category_change_is_announced_a_day_before_it_happens()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PostAsync("/control/templates/how_were_we/en", new { category = "MARKETING" });
        Assert.Equal("UTILITY", bench.World.Templates.Find("how_were_we", "en")!.Category);

        bench.World.Clock.Advance(TimeSpan.FromHours(24));

        var told = await bench.Receiver.UntilAsync(2);
        Assert.Equal("MARKETING", told[0].Value.GetProperty("correct_category").GetString());
        Assert.Equal("UTILITY", told[1].Value.GetProperty("previous_category").GetString());
        Assert.Equal("MARKETING", bench.World.Templates.Find("how_were_we", "en")!.Category);
    }

    [Fact]
    public async Task A_media_header_takes_the_handle_of_a_resumable_upload()
    {
        await using var bench = await Bench.StartAsync(options => options with { ReviewDelay = TimeSpan.Zero });
        var handle = await UploadAsync(bench, Media.Samples.File("image").Bytes, cutAt: 1000);

        var answer = await bench.PostAsync($"/v25.0/{bench.World.Options.BusinessAccountId}/message_templates", JsonNode.Parse(
            $$$$"""{"name":"with_picture","language":"en","category":"MARKETING","components":[{{{{Body}}}},{"type":"HEADER","format":"IMAGE","example":{"header_handle":["{{{{handle}}}}"]}}]}""")!);

        Assert.True(answer.Code is null, answer.Body.ToString());
        var read = await bench.GetAsync($"/v25.0/{answer.Body.GetProperty("id").GetString()}?fields=components");
        var shown = read.Body.GetProperty("components")[1].GetProperty("example").GetProperty("header_handle")[0].GetString()!;
        Assert.StartsWith("http", shown, StringComparison.Ordinal);
    }

    private static async Task<string> UploadAsync(Bench bench, byte[] bytes, int cutAt)
    {
        var opened = await bench.PostAsync($"/v25.0/{bench.World.Options.AppId}/uploads?file_name=a.jpg&file_length={bytes.Length}&file_type=image/jpeg", new { });
        var id = opened.Body.GetProperty("id").GetString();
        await SendAsync(bench, id!, bytes[..cutAt], 0);
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/v25.0/{id}");
        asked.Headers.TryAddWithoutValidation("Authorization", "OAuth " + bench.World.Options.AccessToken);
        using var told = await bench.Http.SendAsync(asked, TestContext.Current.CancellationToken);
        Assert.Equal(cutAt, (await Answer.OfAsync(told)).Body.GetProperty("file_offset").GetInt64());
        return (await SendAsync(bench, id!, bytes[cutAt..], cutAt)).Body.GetProperty("h").GetString()!;
    }

    private static async Task<Answer> SendAsync(Bench bench, string id, byte[] bytes, long offset)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v25.0/{id}") { Content = new ByteArrayContent(bytes) };
        request.Headers.TryAddWithoutValidation("Authorization", "OAuth " + bench.World.Options.AccessToken);
        request.Headers.TryAddWithoutValidation("file_offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var answer = await bench.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.OfAsync(answer);
    }

    private static string Create(string name) => $$"""{"name":"{{name}}","language":"en","category":"UTILITY","components":[{{Body}}]}""";

    private static string Buttons(IEnumerable<string> buttons) => $$""",{"type":"BUTTONS","buttons":[{{string.Join(',', buttons)}}]}""";

    private static string Card(string format, string button) =>
        $$"""{"components":[{"type":"HEADER","format":"{{format}}"},{"type":"BUTTONS","buttons":[{"type":"{{button}}","text":"View"}]}]}""";
}
