using System.Text.Json;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.Webhooks;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

public sealed class WebhookExampleTests
{
    [Fact]
    public async Task Every_field_Meta_names_has_an_example_and_each_is_told_signed()
    {
        await using var bench = await Bench.StartAsync();
        var names = (await bench.GetAsync("/control/webhooks")).Body.GetProperty("items").EnumerateArray().Select(n => n.GetString()!).ToList();
        foreach (var name in names)
        {
            var told = await bench.PostAsync("/control/webhooks", new { example = name });
            Assert.True(told.Status == System.Net.HttpStatusCode.NoContent, name);
        }

        var all = await bench.Receiver.UntilAsync(names.Count);
        Assert.All(all, received => Assert.True(received.Signed));
        Assert.All(all, received => Assert.DoesNotContain('@', JsonDocument.Parse(received.Bytes).RootElement.GetRawText()));
        Assert.Equal(names.Select(name => name.Split('/')[0]), all.Select(received => received.Field));
        var fields = Graph.Account.SubscriptionRoutes.AllFields;
        Assert.Empty(fields.Except(all.Select(received => received.Field), StringComparer.Ordinal));
        var entries = all.Select(received => JsonDocument.Parse(received.Bytes).RootElement.GetProperty("entry")[0]).ToList();
        Assert.All(entries.Zip(all), pair => Assert.Equal(pair.Second.Field != "messages", pair.First.TryGetProperty("time", out _)));
        Assert.Contains(entries, entry => entry.GetProperty("id").GetString() == bench.World.Account.PortfolioId);
    }

    [Fact]
    public async Task A_value_of_any_field_goes_out_as_it_stands_and_nonsense_does_not()
    {
        await using var bench = await Bench.StartAsync();

        await bench.PostAsync("/control/webhooks", new { field = "next_year", value = new { news = "äöü" } });

        var received = Assert.Single(await bench.Receiver.UntilAsync(1));
        Assert.Equal("next_year", received.Field);
        Assert.Equal("äöü", received.Value.GetProperty("news").GetString());
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await bench.PostAsync("/control/webhooks", new { field = "a\"b", value = new { } })).Status);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await bench.PostAsync("/control/webhooks", new { example = "nothing" })).Status);
    }

    /// <summary>Every code of Meta's list as a failed status.</summary>
    [Fact]
    public async Task A_send_can_fail_with_every_code()
    {
        await using var bench = await Bench.StartAsync(options => options with { ThroughputPerSecond = 0, PairBurst = 0 });
        bench.Says(bench.Amina, "Hello");
        var sent = await bench.SendTextAsync(bench.Amina.Phone, "Hi");
        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        var codes = Graph.KnownErrors.All.Keys.ToList();
        foreach (var code in codes)
        {
            await bench.PostAsync($"/control/messages/{Uri.EscapeDataString(sent.Wamid)}/status", new { status = "failed", code });
        }

        var all = await bench.Receiver.UntilAsync(all => all.Count(r => r.StatusWord == "failed") == codes.Count);
        var told = all.Where(r => r.StatusWord == "failed").Select(r => r.Status!.Value.GetProperty("errors")[0]).ToList();
        Assert.Equal(codes, told.Select(error => error.GetProperty("code").GetInt32()));
        Assert.All(told, error => Assert.NotEmpty(error.GetProperty("title").GetString()!));
        Assert.Equal(ReceiptState.Read, bench.World.Ledger[0].State);
    }

    [Theory]
    [InlineData(BatchShape.Items, 1, 1, 5)]
    [InlineData(BatchShape.Changes, 1, 5, 1)]
    [InlineData(BatchShape.Entries, 5, 1, 1)]
    public async Task What_was_held_comes_in_one_body(BatchShape shape, int entries, int changes, int items)
    {
        await using var bench = await Bench.StartAsync(options => options with { WebhookBatching = new WebhookBatching { Shape = shape } });
        await bench.PostAsync("/control/webhook/hold", new { });
        for (var i = 0; i < 5; i++)
        {
            bench.Says(bench.Amina, $"{i}");
        }

        await bench.PostAsync("/control/webhook/release", new { together = 1000 });

        var received = Assert.Single(await bench.Receiver.UntilAsync(1));
        var root = JsonDocument.Parse(received.Bytes).RootElement;
        Assert.Equal(entries, root.GetProperty("entry").GetArrayLength());
        Assert.Equal(changes, root.GetProperty("entry")[0].GetProperty("changes").GetArrayLength());
        Assert.Equal(items, received.Value.GetProperty("messages").GetArrayLength());
        await bench.World.Webhooks.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.Equal((5, 1), (bench.World.Webhooks.Delivered, bench.World.Webhooks.Bodies));
    }

    [Fact]
    public async Task With_batching_on_statuses_share_bodies_and_keep_their_order()
    {
        await using var bench = await Bench.StartAsync(options => options with
        {
            ThroughputPerSecond = 0,
            PairBurst = 0,
            WebhookBatching = new WebhookBatching { Most = 200, Wait = TimeSpan.FromMilliseconds(50) },
        });
        bench.Says(bench.Amina, "Hello");
        for (var i = 0; i < 20; i++)
        {
            Assert.Null((await bench.SendTextAsync(bench.Amina.Phone, "Hi", $"job:{i}")).Code);
        }

        // The statuses of the last send begin when its answer has left; just before, nothing may be pending.
        var statuses = StatusesIn(await bench.Receiver.UntilAsync(all => StatusesIn(all).Count >= 60));
        await bench.World.Webhooks.WhenIdleAsync(TestContext.Current.CancellationToken);

        Assert.Equal(60, statuses.Count);
        Assert.True(bench.World.Webhooks.Bodies < 30);
        Assert.All(statuses.GroupBy(s => s.GetProperty("id").GetString()), one =>
            Assert.Equal(["sent", "delivered", "read"], one.Select(s => s.GetProperty("status").GetString())));

        static List<JsonElement> StatusesIn(IReadOnlyList<Received> all) =>
        [
            .. all
                .SelectMany(r => JsonDocument.Parse(r.Bytes).RootElement.GetProperty("entry").EnumerateArray())
                .SelectMany(entry => entry.GetProperty("changes").EnumerateArray())
                .Where(change => change.GetProperty("value").TryGetProperty("statuses", out _))
                .SelectMany(change => change.GetProperty("value").GetProperty("statuses").EnumerateArray()),
        ];
    }

    [Fact]
    public async Task A_webhook_nobody_takes_is_given_up_after_seven_days()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await Bench.StartAsync(options => options with { WebhookUrl = new Uri("http://127.0.0.1:9/hook") }, time);
        TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.World.Webhooks.Attempted += (_, _) =>
        {
            if (bench.World.Webhooks.Lost == 1)
            {
                lost.TrySetResult();
            }
            else if (bench.World.Webhooks.Refused > 1)
            {
                bench.World.Clock.Advance(TimeSpan.FromDays(1));
            }
        };
        bench.Says(bench.Amina, "Hello?");

        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(0, bench.World.Webhooks.Pending);
    }

    [Fact]
    public async Task An_account_nobody_is_subscribed_to_tells_nothing()
    {
        await using var bench = await Bench.StartAsync();
        var account = bench.World.Options.BusinessAccountId;
        using var gone = await bench.Http.DeleteAsync($"/v25.0/{account}/subscribed_apps", TestContext.Current.CancellationToken);
        Assert.Empty((await bench.GetAsync($"/v25.0/{account}/subscribed_apps")).Body.GetProperty("data").EnumerateArray());
        bench.Says(bench.Amina, "Nobody hears this");

        await bench.PostAsync($"/v25.0/{account}/subscribed_apps", new { });
        bench.Says(bench.Amina, "This is heard");

        var received = Assert.Single(await bench.Receiver.UntilAsync(1));
        Assert.Equal("This is heard", received.Message!.Value.GetProperty("text").GetProperty("body").GetString());
    }

    [Fact]
    public async Task Messages_follow_the_override_and_everything_else_does_not()
    {
        await using var bench = await Bench.StartAsync();
        await using var other = await WebhookReceiver.StartAsync(bench.World.Options.AppSecret);
        other.VerifyToken = "theirs";
        var account = bench.World.Options.BusinessAccountId;
        await bench.PostAsync($"/v25.0/{account}/subscribed_apps", new { override_callback_uri = other.Url, verify_token = "theirs" });

        bench.Says(bench.Amina, "Hello");
        await bench.PostAsync("/control/templates/how_were_we/en", new { status = "PAUSED" });

        Assert.Equal("messages", Assert.Single(await other.UntilAsync(1)).Field);
        Assert.Equal("message_template_status_update", Assert.Single(await bench.Receiver.UntilAsync(1)).Field);
        var configuration = (await bench.GetAsync($"/v25.0/{Bench.Berlin}?fields=webhook_configuration")).Body.GetProperty("webhook_configuration");
        Assert.Equal(other.Url.ToString(), configuration.GetProperty("whatsapp_business_account").GetString());
        await bench.PostAsync($"/v25.0/{account}/subscribed_apps", new { });
        bench.Says(bench.Amina, "Back again");
        await bench.Receiver.UntilAsync(all => all.Any(r => r.Message is not null));
    }
}
