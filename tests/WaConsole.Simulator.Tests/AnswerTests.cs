using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

/// <summary>What a customer does beyond writing, and the webhook that leaves.</summary>
public sealed class AnswerTests
{
    private static readonly FormField[] Booking = [new("name", "Amina"), new("size", "41"), new("empty", " ")];

    [Fact]
    public async Task A_filled_Flow_leaves_as_an_answer_with_its_token()
    {
        await using var bench = await Bench.StartAsync();
        var wamid = await SentAsync(bench, """{"type":"flow","body":{"text":"Book"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_token":"tok-7","flow_cta":"Book now","flow_action_payload":{"screen":"S","data":{"name":"Amina","size":41}}}}}""");
        var form = bench.World.FindChat(bench.Amina.Id)!.Lines[^1].Content.Form!;
        Assert.Equal(["name=Amina", "size=41"], form.Fields.Select(field => $"{field.Name}={field.Value}"));

        Assert.IsType<WriteOutcome.Sent>(bench.World.FillForm(bench.Amina.Id, wamid, Booking));

        var message = await MessageAsync(bench, "interactive");
        Assert.Equal(wamid, message.GetProperty("context").GetProperty("id").GetString());
        var reply = message.GetProperty("interactive").GetProperty("nfm_reply");
        Assert.Equal("flow", reply.GetProperty("name").GetString());
        Assert.Equal("""{"name":"Amina","size":"41","flow_token":"tok-7"}""", reply.GetProperty("response_json").GetString());
    }

    [Fact]
    public async Task An_address_comes_back_with_the_saved_one()
    {
        await using var bench = await Bench.StartAsync();
        var wamid = await SentAsync(bench, """{"type":"address_message","body":{"text":"Where to?"},"action":{"name":"address_message","parameters":{"country":"IN","values":{"name":"Priya"},"saved_addresses":[{"id":"a1","value":{"city":"Delhi"}}],"validation_errors":{"in_pin_code":"Six digits"}}}}""");
        var form = bench.World.FindChat(bench.Amina.Id)!.Lines[^1].Content.Form!;
        Assert.Equal("Priya", form.Fields.Single(field => field.Name == "name").Value);
        Assert.Equal("Six digits", form.Fields.Single(field => field.Name == "in_pin_code").Error);
        Assert.Equal("Delhi", form.Saved.Single().Values.Single().Value);

        bench.World.FillForm(bench.Amina.Id, wamid, [new FormField("name", "Priya"), new FormField("city", "Delhi")], "a1");

        var reply = (await MessageAsync(bench, "interactive")).GetProperty("interactive").GetProperty("nfm_reply");
        Assert.Equal("address_message", reply.GetProperty("name").GetString());
        Assert.Equal("Priya, Delhi", reply.GetProperty("body").GetString());
        Assert.Equal(
            """{"values":{"name":"Priya","city":"Delhi"},"saved_address_id":"a1"}""", reply.GetProperty("response_json").GetString());
    }

    [Theory]
    [InlineData(true, true, """{"response":"accept","is_permanent":true,"response_source":"user_action"}""")]
    [InlineData(false, true, """{"response":"reject","is_permanent":false,"response_source":"user_action"}""")]
    public async Task A_permission_to_call_is_given_or_not(bool accept, bool permanent, string expected)
    {
        await using var bench = await Bench.StartAsync();
        var wamid = await SentAsync(bench, """{"type":"call_permission_request","body":{"text":"May we?"},"action":{"name":"call_permission_request"}}""");

        bench.World.AnswerCallPermission(bench.Amina.Id, wamid, accept, permanent);

        var reply = (await MessageAsync(bench, "interactive")).GetProperty("interactive").GetProperty("call_permission_reply");
        Assert.Equal(expected, reply.GetRawText());
    }

    [Fact]
    public async Task A_permission_for_now_ends_after_seven_days()
    {
        await using var bench = await Bench.StartAsync();
        var wamid = await SentAsync(bench, """{"type":"call_permission_request","action":{"name":"call_permission_request"}}""");

        bench.World.AnswerCallPermission(bench.Amina.Id, wamid, accept: true, permanent: false);

        var message = await MessageAsync(bench, "interactive");
        var end = message.GetProperty("interactive").GetProperty("call_permission_reply").GetProperty("expiration_timestamp").GetInt64();
        Assert.Equal(long.Parse(message.GetProperty("timestamp").GetString()!) + 7 * 86_400, end);
    }

    [Fact]
    public async Task An_edit_and_a_deletion_are_passed_on_by_a_number_that_is_also_in_the_app()
    {
        await using var bench = await Bench.StartAsync();
        Assert.True(bench.World.UseInApp(Bench.Berlin, true));
        bench.Says(bench.Amina, "Size 14");
        var wamid = bench.World.FindChat(bench.Amina.Id)!.Lines[^1].Id;

        Assert.IsType<WriteOutcome.Sent>(bench.World.Edit(bench.Amina.Id, wamid, "Size 41"));
        Assert.IsType<WriteOutcome.Sent>(bench.World.Delete(bench.Amina.Id, wamid));

        var edit = (await MessageAsync(bench, "edit")).GetProperty("edit");
        Assert.Equal(wamid, edit.GetProperty("original_message_id").GetString());
        Assert.Equal("""{"type":"text","text":{"body":"Size 41"}}""", edit.GetProperty("message").GetRawText());
        Assert.Equal(wamid, (await MessageAsync(bench, "revoke")).GetProperty("revoke").GetProperty("original_message_id").GetString());
        Assert.IsType<WriteOutcome.Refused>(bench.World.Edit(bench.Amina.Id, wamid, "again"));
    }

    [Fact]
    public async Task Any_other_number_learns_of_an_edit_as_unsupported_and_of_a_deletion_not_at_all()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Size 14");
        var wamid = bench.World.FindChat(bench.Amina.Id)!.Lines[^1].Id;

        bench.World.Edit(bench.Amina.Id, wamid, "Size 41");
        bench.World.Delete(bench.Amina.Id, wamid);
        bench.Says(bench.Amina, "Bye");

        var all = await bench.Receiver.UntilAsync(3);
        Assert.Equal(["text", "unsupported", "text"], all.Select(hook => hook.Message!.Value.GetProperty("type").GetString()));
        Assert.Equal("edit", all[1].Message!.Value.GetProperty("unsupported").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Editing_ends_after_fifteen_minutes_and_deleting_after_two_days()
    {
        await using var bench = await Bench.StartAsync(time: new FakeTimeProvider(DateTimeOffset.Parse("2026-11-25T10:00:00Z")));
        bench.Says(bench.Amina, "Size 14");
        var wamid = bench.World.FindChat(bench.Amina.Id)!.Lines[^1].Id;

        bench.World.Clock.Advance(TimeSpan.FromMinutes(15.1));
        Assert.IsType<WriteOutcome.Refused>(bench.World.Edit(bench.Amina.Id, wamid, "Size 41"));
        bench.World.Clock.Advance(TimeSpan.FromDays(2));
        Assert.IsType<WriteOutcome.Refused>(bench.World.Delete(bench.Amina.Id, wamid));
    }

    [Theory]
    [InlineData(0, "FAILED")]
    [InlineData(75, "COMPLETED")]
    public async Task A_call_rings_ends_and_opens_the_window(int seconds, string status)
    {
        await using var bench = await Bench.StartAsync();
        Assert.Null(bench.World.FindChat(bench.Amina.Id)!.WindowClosesAt);

        Assert.IsType<WriteOutcome.Sent>(bench.World.Call(bench.Amina.Id, null, seconds, "from-bot"));

        Assert.NotNull(bench.World.FindChat(bench.Amina.Id)!.WindowClosesAt);
        var calls = (await bench.Receiver.UntilAsync(2)).Select(hook => (hook.Field, Call: hook.Value.GetProperty("calls")[0])).ToList();
        Assert.All(calls, call => Assert.Equal("calls", call.Field));
        Assert.Equal(["connect", "terminate"], calls.Select(call => call.Call.GetProperty("event").GetString()));
        Assert.Equal("from-bot", calls[0].Call.GetProperty("cta_payload").GetString());
        Assert.Equal(status, calls[1].Call.GetProperty("status").GetString());
        Assert.Equal(seconds > 0, calls[1].Call.TryGetProperty("duration", out _));
    }

    [Fact]
    public async Task A_question_about_a_product_and_a_forwarded_text_say_so()
    {
        await using var bench = await Bench.StartAsync();

        bench.World.Write(bench.Amina.Id, new CustomerMessage(MessageContent.OfText("In 42?"))
        {
            AskedAbout = new ProductPart(Catalogue.Id, "WAX-SET"),
            Forwarded = true,
        });

        var context = (await MessageAsync(bench, "text")).GetProperty("context");
        Assert.Equal("WAX-SET", context.GetProperty("referred_product").GetProperty("product_retailer_id").GetString());
        Assert.Equal("493023125100", context.GetProperty("from").GetString());
        Assert.True(context.GetProperty("forwarded").GetBoolean());
    }

    [Fact]
    public async Task Another_device_is_told_as_a_changed_identity()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hi");

        bench.World.ChangeDevice(bench.Amina.Id);

        var message = await MessageAsync(bench, "system");
        Assert.Equal("customer_identity_changed", message.GetProperty("system").GetProperty("type").GetString());
        Assert.NotEmpty(message.GetProperty("identity").GetProperty("hash").GetString()!);
    }

    [Fact]
    public async Task The_control_API_does_all_of_it()
    {
        await using var bench = await Bench.StartAsync();
        var path = $"/control/customers/{bench.Amina.Id}";
        var flow = await SentAsync(bench, """{"type":"flow","body":{"text":"Book"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_cta":"Go"}}}""");
        var ask = await SentAsync(bench, """{"type":"call_permission_request","action":{"name":"call_permission_request"}}""");
        var own = (await bench.PostAsync(path + "/messages", new { type = "text", text = "Hi", forwarded = true })).Body.GetProperty("id").GetString();

        Answer[] answers =
        [
            await bench.PostAsync(path + "/forms", new { messageId = flow, answers = new { name = "Amina", size = 41 } }),
            await bench.PostAsync(path + "/call-permission", new { messageId = ask, accept = true }),
            await bench.PostAsync(path + "/edits", new { messageId = own, text = "Hello" }),
            await bench.PostAsync(path + "/deletions", new { messageId = own }),
            await bench.PostAsync(path + "/calls", new { seconds = 12 }),
            await bench.PostAsync(path + "/device", new { }),
            await bench.PostAsync($"/control/numbers/{Bench.Vienna}/app", new { alsoInApp = true }),
        ];
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.NoContent, answer.Status.ToString()));
        Assert.True(bench.World.FindNumber(Bench.Vienna)!.AlsoInApp);

        Assert.Equal(HttpStatusCode.Conflict, (await bench.PostAsync(path + "/forms", new { messageId = own, answers = new { } })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await bench.PostAsync(path + "/edits", new { text = "?" })).Status);
    }

    private static async Task<string> SentAsync(Bench bench, string interactive)
    {
        if (bench.World.FindChat(bench.Amina.Id)!.WindowClosesAt is null)
        {
            bench.World.Call(bench.Amina.Id, null, 0);
        }

        var sent = await bench.SendAsync(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["to"] = "+" + bench.Amina.Phone,
            ["type"] = "interactive",
            ["interactive"] = JsonNode.Parse(interactive),
        });
        Assert.Null(sent.Code);
        return sent.Wamid;
    }

    private static async Task<JsonElement> MessageAsync(Bench bench, string type) =>
        (await bench.Receiver.UntilAsync(all => all.Any(hook => TypeOf(hook) == type))).Last(hook => TypeOf(hook) == type).Message!.Value;

    private static string? TypeOf(Received hook) => hook.Message?.GetProperty("type").GetString();
}
