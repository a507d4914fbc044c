using System.Net;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Simulator.Faults;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_refused_webhook_is_repeated_at_once_then_ever_later_and_nothing_overtakes_it()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await Bench.StartAsync(time: time);
        bench.Receiver.Answers.Enqueue(HttpStatusCode.ServiceUnavailable);
        bench.Receiver.Answers.Enqueue(HttpStatusCode.ServiceUnavailable);
        bench.Receiver.Answers.Enqueue(HttpStatusCode.Created);

        bench.Says(bench.Amina, "first");
        bench.Says(bench.Amina, "second");

        await bench.Receiver.UntilAsync(2);
        await RefusedAsync(bench, 2);
        Assert.Equal(2, bench.Receiver.All.Count);
        time.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(bench, 3);
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(3, bench.Receiver.All.Count);
        time.Advance(TimeSpan.FromSeconds(0.1));
        var all = await bench.Receiver.UntilAsync(5);

        Assert.Equal(["first", "first", "first", "first", "second"], all.Select(Text));
        await bench.World.Webhooks.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((2, 3, 0), (bench.World.Webhooks.Delivered, bench.World.Webhooks.Refused, bench.World.Webhooks.Pending));
    }

    [Fact]
    public async Task One_customers_trouble_does_not_hold_up_another()
    {
        await using var bench = await Bench.StartAsync(time: new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)));
        bench.Receiver.Answers.Enqueue(HttpStatusCode.InternalServerError);
        bench.Receiver.Answers.Enqueue(HttpStatusCode.InternalServerError);
        bench.Says(bench.Amina, "stuck");
        await RefusedAsync(bench, 2);

        bench.Says(bench.Luz, "free");

        var all = await bench.Receiver.UntilAsync(all => all.Any(r => Text(r) == "free"));
        await AttemptedAsync(bench, webhooks => webhooks is { Delivered: 1, Pending: 1 });
        Assert.Equal(1, bench.World.Webhooks.Pending);
        Assert.Equal(3, all.Count);
    }

    [Fact]
    public async Task Webhooks_wait_until_an_address_is_set_and_keep_their_order()
    {
        await using var bench = await Bench.StartAsync();
        bench.Server.WebhookUrl = null;
        bench.Says(bench.Amina, "first");
        bench.Says(bench.Amina, "second");
        Assert.Equal(2, bench.World.Webhooks.Pending);

        var answer = await bench.PostAsync("/control/webhook", new { url = bench.Receiver.Url });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(["first", "second"], (await bench.Receiver.UntilAsync(2)).Select(Text));
    }

    [Fact]
    public async Task An_address_that_does_not_pass_the_handshake_is_not_taken()
    {
        await using var bench = await Bench.StartAsync();
        bench.Receiver.VerifyToken = "another";

        var answer = await bench.PostAsync("/control/webhook", new { url = bench.Receiver.Url + "?x=1" });

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(bench.Receiver.Url, bench.Server.WebhookUrl);
    }

    [Fact]
    public async Task On_request_a_webhook_comes_twice()
    {
        await using var bench = await Bench.StartAsync();
        bench.World.Faults.Set(new Fault { Kind = FaultKind.WebhookDoubled, Next = 1 });

        bench.Says(bench.Amina, "twice");
        bench.Says(bench.Amina, "once");

        var all = await bench.Receiver.UntilAsync(3);
        Assert.Equal(["twice", "twice", "once"], all.Select(Text));
        Assert.Equal(all[0].Bytes, all[1].Bytes);
    }

    [Fact]
    public async Task On_request_a_webhook_is_late_and_the_next_one_is_not()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await Bench.StartAsync(time: time);
        bench.World.Faults.Set(new Fault { Kind = FaultKind.WebhookLate, Next = 1, Milliseconds = 5000 });

        bench.Says(bench.Amina, "late");
        bench.Says(bench.Amina, "in time");

        await bench.Receiver.UntilAsync(1);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["in time", "late"], (await bench.Receiver.UntilAsync(2)).Select(Text));
    }

    [Fact]
    public async Task On_request_two_webhooks_change_places()
    {
        await using var bench = await Bench.StartAsync(time: new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)));
        bench.World.Faults.Set(new Fault { Kind = FaultKind.WebhookOutOfOrder, Next = 1 });

        bench.Says(bench.Amina, "first");
        bench.Says(bench.Amina, "second");

        Assert.Equal(["second", "first"], (await bench.Receiver.UntilAsync(2)).Select(Text));
    }

    [Fact]
    public async Task A_held_webhook_that_nothing_overtakes_goes_out_after_a_while()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await Bench.StartAsync(time: time);
        bench.World.Faults.Set(new Fault { Kind = FaultKind.WebhookOutOfOrder, Next = 1 });
        bench.Says(bench.Amina, "alone");

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("alone", Text(Assert.Single(await bench.Receiver.UntilAsync(1))));
    }

    [Fact]
    public async Task Somebody_who_hides_the_number_is_known_by_user_id_alone_until_the_business_writes_to_the_number()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Luz, "Hola");
        var first = (await bench.Receiver.UntilAsync(1))[0];
        var message = first.Message!.Value;
        Assert.False(message.TryGetProperty("from", out _));
        Assert.Equal(bench.Luz.UserId, message.GetProperty("from_user_id").GetString());
        var contact = first.Value.GetProperty("contacts")[0];
        Assert.False(contact.TryGetProperty("wa_id", out _));
        Assert.Equal("luz.mar", contact.GetProperty("profile").GetProperty("username").GetString());

        var answer = await bench.SendRawAsync(
            $$$"""{"messaging_product":"whatsapp","recipient":"{{{bench.Luz.UserId}}}","type":"text","text":{"body":"Hola Luz"}}""");
        var addressed = answer.Body.GetProperty("contacts")[0];
        Assert.Equal(bench.Luz.UserId, addressed.GetProperty("user_id").GetString());
        Assert.False(addressed.TryGetProperty("wa_id", out _));
        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        Assert.All(all.Where(r => r.Status is not null), r =>
        {
            Assert.False(r.Status!.Value.TryGetProperty("recipient_id", out _));
            Assert.Equal(bench.Luz.UserId, r.Status.Value.GetProperty("recipient_user_id").GetString());
        });
        Assert.DoesNotContain(all, r => System.Text.Encoding.ASCII.GetString(r.Bytes).Contains(bench.Luz.Phone, StringComparison.Ordinal));

        await bench.SendTextAsync(bench.Luz.Phone, "To the number");
        bench.Says(bench.Luz, "You know it now");
        all = await bench.Receiver.UntilAsync(all => all.Any(r => Text(r) == "You know it now"));
        Assert.Equal(bench.Luz.Phone, all.Last(r => r.Message is not null).Message!.Value.GetProperty("from").GetString());
    }

    [Fact]
    public async Task A_new_phone_number_is_a_system_message_and_a_new_user_id()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        var before = bench.Amina;

        await bench.PostAsync($"/control/customers/{before.Id}/phone", new { phone = "+49 176 04069077" });

        var all = await bench.Receiver.UntilAsync(2);
        var message = all[1].Message!.Value;
        Assert.Equal("system", message.GetProperty("type").GetString());
        Assert.Equal(before.Phone, message.GetProperty("from").GetString());
        var system = message.GetProperty("system");
        Assert.Equal("user_changed_number", system.GetProperty("type").GetString());
        Assert.Equal("4917604069077", system.GetProperty("wa_id").GetString());
        Assert.NotEqual(before.UserId, system.GetProperty("user_id").GetString());
        Assert.False(all[1].Value.TryGetProperty("contacts", out _));
    }

    [Fact]
    public async Task A_reply_to_somebody_from_an_ad_is_free_for_72_hours()
    {
        await using var bench = await Bench.StartAsync();
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/messages", new
        {
            type = "text",
            text = "I saw your ad",
            referral = new { sourceUrl = "https://fb.example/ad", sourceId = "1", headline = "Boots", clickId = "ARA" },
        });
        var referral = (await bench.Receiver.UntilAsync(1))[0].Message!.Value.GetProperty("referral");
        Assert.Equal("ARA", referral.GetProperty("ctwa_clid").GetString());

        await bench.SendTextAsync(bench.Amina.Phone, "Welcome");

        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        var sent = all.First(r => r.StatusWord == "sent").Status!.Value;
        Assert.Equal("free_entry_point", sent.GetProperty("pricing").GetProperty("type").GetString());
        Assert.True(sent.GetProperty("conversation").TryGetProperty("expiration_timestamp", out _));
        var delivered = all.First(r => r.StatusWord == "delivered").Status!.Value;
        Assert.False(delivered.GetProperty("conversation").TryGetProperty("expiration_timestamp", out _));
    }

    public static TheoryData<string, string> Kinds => new()
    {
        { """{"type":"text","text":"Hi"}""", """{"body":"Hi"}""" },
        { """{"type":"location","latitude":52.5,"longitude":13.4,"name":"Shop"}""", """{"latitude":52.5,"longitude":13.4,"name":"Shop"}""" },
        { """{"type":"contacts","contacts":[{"name":"Ida Lindgren","phone":"+46 70 1740605"}]}""",
            """[{"name":{"formatted_name":"Ida Lindgren","first_name":"Ida"},"phones":[{"phone":"+46 70 1740605","type":"CELL"}]}]""" },
        { """{"type":"order","catalogId":"C","items":[{"productId":"SKU","quantity":2,"price":7.99,"currency":"EUR"}]}""",
            """{"catalog_id":"C","text":"","product_items":[{"product_retailer_id":"SKU","quantity":2,"item_price":7.99,"currency":"EUR"}]}""" },
        { """{"type":"unsupported","unsupportedType":"poll_creation"}""", """{"type":"poll_creation"}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_kind_a_customer_can_send_has_its_object(string body, string expected)
    {
        await using var bench = await Bench.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var posted = await bench.Http.PostAsync($"/control/customers/{bench.Amina.Id}/messages", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);

        var message = Assert.Single(await bench.Receiver.UntilAsync(1)).Message!.Value;

        var type = message.GetProperty("type").GetString()!;
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(
            System.Text.Json.Nodes.JsonNode.Parse(expected), System.Text.Json.Nodes.JsonNode.Parse(message.GetProperty(type).GetRawText())), message.ToString());
        Assert.Equal(type == "unsupported", message.TryGetProperty("errors", out _));
    }

    [Theory]
    [InlineData("image", "image")]
    [InlineData("video", "video")]
    [InlineData("audio", "audio")]
    [InlineData("voice", "audio")]
    [InlineData("document", "document")]
    [InlineData("sticker", "sticker")]
    public async Task Each_kind_of_file_a_customer_can_send_has_its_object(string sample, string type)
    {
        await using var bench = await Bench.StartAsync();

        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/messages", new { type = sample });

        var message = Assert.Single(await bench.Receiver.UntilAsync(1)).Message!.Value;
        Assert.Equal(type, message.GetProperty("type").GetString());
        var media = message.GetProperty(type);
        Assert.Equal(44, media.GetProperty("sha256").GetString()!.Length);
        Assert.Equal(sample == "voice", media.TryGetProperty("voice", out var voice) && voice.GetBoolean());
        Assert.Equal(sample == "sticker", media.TryGetProperty("animated", out _));
    }

    [Fact]
    public async Task A_list_answer_and_a_reaction_name_the_message_they_belong_to()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        var answer = await bench.SendRawAsync("""{"messaging_product":"whatsapp","to":"+491713920001","type":"interactive","interactive":{"type":"list","body":{"text":"Pick"},"action":{"button":"Open","sections":[{"rows":[{"id":"r1","title":"Row","description":"Nice"}]}]}}}""");
        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));

        Assert.IsType<WriteOutcome.Sent>(bench.World.Tap(bench.Amina.Id, answer.Wamid, "r1"));
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/messages", new { type = "reaction", messageId = answer.Wamid, emoji = "🙏" });
        await bench.PostAsync($"/control/customers/{bench.Amina.Id}/messages", new { type = "reaction", messageId = answer.Wamid, emoji = "" });

        var messages = (await bench.Receiver.UntilAsync(all => all.Count(r => r.Message is not null) == 4))
            .Where(r => r.Message is not null).Select(r => r.Message!.Value).ToList();
        Assert.Equal("r1", messages[1].GetProperty("interactive").GetProperty("list_reply").GetProperty("id").GetString());
        Assert.Equal(answer.Wamid, messages[1].GetProperty("context").GetProperty("id").GetString());
        Assert.Equal("🙏", messages[2].GetProperty("reaction").GetProperty("emoji").GetString());
        Assert.False(messages[3].GetProperty("reaction").TryGetProperty("emoji", out _));
        Assert.IsType<WriteOutcome.Refused>(bench.World.Tap(bench.Amina.Id, answer.Wamid, "no such row"));
    }

    private static string? Text(Received received) =>
        received.Message is { } message && message.TryGetProperty("text", out var text) ? text.GetProperty("body").GetString() : null;

    private static Task RefusedAsync(Bench bench, int times) => AttemptedAsync(bench, webhooks => webhooks.Refused >= times);

    private static async Task AttemptedAsync(Bench bench, Func<Webhooks.WebhookDispatcher, bool> state)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, EventArgs e)
        {
            if (state(bench.World.Webhooks))
            {
                reached.TrySetResult();
            }
        }

        bench.World.Webhooks.Attempted += Look;
        Look(null, EventArgs.Empty);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        bench.World.Webhooks.Attempted -= Look;
    }
}
