using System.Net;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

public sealed class HostTests
{
    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://192.0.2.1:0")]
    [InlineData("https://localhost:0")]
    [InlineData("localhost")]
    public async Task It_listens_on_this_machine_only(string url)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => SimulatorServer.StartAsync(
            new SimulatorOptions { Url = url }, TimeProvider.System, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_does_not_take_the_address_of_the_program_it_runs_in()
    {
        Environment.SetEnvironmentVariable("ASPNETCORE_URLS", "http://127.0.0.1:1");
        try
        {
            await using var bench = await Bench.StartAsync();

            Assert.NotEqual(1, bench.Server.Uri.Port);
            Assert.Equal(HttpStatusCode.OK, (await bench.GetAsync("/control/time")).Status);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ASPNETCORE_URLS", null);
        }
    }

    [Theory]
    [InlineData("Host", "rebound.example")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Another_site_cannot_use_it_through_the_browser(string header, string value)
    {
        await using var bench = await Bench.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/control/reset");
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await bench.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_clock_goes_forward_on_request_and_never_back()
    {
        await using var bench = await Bench.StartAsync(time: new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)));
        var moved = 0;
        bench.World.Clock.OffsetChanged += (_, _) => moved++;

        var answer = await bench.PostAsync("/control/time", new { advance = "PT23H30M" });

        Assert.Equal("PT23H30M", answer.Body.GetProperty("offset").GetString());
        Assert.Equal(DateTimeOffset.UnixEpoch.AddYears(56).AddHours(23.5), bench.World.Clock.GetUtcNow());
        Assert.Equal(1, moved);
        Assert.Equal(HttpStatusCode.BadRequest, (await bench.PostAsync("/control/time", new { advance = "-PT1H" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await bench.PostAsync("/control/time", new { advance = "soon" })).Status);
    }

    [Fact]
    public async Task Moving_the_clock_brings_what_was_to_happen_meanwhile()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await Bench.StartAsync(options => options with { StatusDelays = new StatusDelays() }, time);
        bench.Says(bench.Amina, "Hello");
        await bench.SendTextAsync(bench.Amina.Phone, "Hi");
        await bench.Receiver.UntilAsync(1);
        Assert.Equal(ReceiptState.Accepted, bench.World.Ledger[0].State);

        // Statuses are planned when the answer has left: what is asked on the same connection afterwards is answered later than that.
        await bench.PostAsync("/control/time", new { advance = "PT1H" });
        await bench.PostAsync("/control/time", new { advance = "PT1H" });
        await bench.PostAsync("/control/time", new { advance = "PT1H" });

        Assert.Equal(ReceiptState.Read, bench.World.Ledger[0].State);
        var all = await bench.Receiver.UntilAsync(4);
        Assert.Equal(["sent", "delivered", "read"], all.Skip(1).Select(r => r.StatusWord));
    }

    [Fact]
    public async Task Scripted_customers_write_at_their_pace_and_answer()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var bench = await Bench.StartAsync(time: time);
        await bench.PostAsync("/control/traffic", new { customersPerMinute = 6 });
        time.Advance(TimeSpan.FromSeconds(10));
        var message = Assert.Single(await bench.Receiver.UntilAsync(1));
        var customer = bench.World.Customers.Single(c => c.UserId == message.Message!.Value.GetProperty("from_user_id").GetString());
        var number = message.Value.GetProperty("metadata").GetProperty("phone_number_id").GetString()!;
        await bench.PostAsync("/control/traffic", new { customersPerMinute = 0.01 });

        await bench.SendRawAsync($$$"""{"messaging_product":"whatsapp","to":"{{{customer.Phone}}}","type":"text","text":{"body":"Yes?"}}""", number);
        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        time.Advance(TimeSpan.FromSeconds(8));

        var all = await bench.Receiver.UntilAsync(all => all.Count(r => r.Message is not null) == 2);
        Assert.Equal(customer.UserId, all[^1].Message!.Value.GetProperty("from_user_id").GetString());
    }

    [Fact]
    public async Task A_reset_forgets_everything_but_the_time()
    {
        await using var bench = await Bench.StartAsync();
        bench.World.Clock.Advance(TimeSpan.FromHours(1));
        bench.Says(bench.Amina, "Hello");
        await bench.SendTextAsync(bench.Amina.Phone, "Hi");
        await bench.PostAsync("/control/customers", new { name = "Ida" });

        using var reset = await bench.Http.PostAsync("/control/reset", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.Empty(bench.World.Ledger);
        Assert.DoesNotContain(bench.World.Customers, customer => customer.Name == "Ida");
        Assert.Empty(bench.World.FindChat(bench.Amina.Id)!.Lines);
        Assert.Equal(TimeSpan.FromHours(1), bench.World.Clock.Offset);
    }

    [Fact]
    public async Task The_account_tells_its_numbers_apps_and_fields()
    {
        await using var bench = await Bench.StartAsync();
        var account = bench.World.Options.BusinessAccountId;

        var numbers = (await bench.GetAsync($"/v25.0/{account}/phone_numbers")).Body.GetProperty("data");
        var number = (await bench.GetAsync($"/v25.0/{Bench.Berlin}?fields=verified_name,quality_rating,throughput{{level}},status")).Body;
        var apps = (await bench.GetAsync($"/v25.0/{account}/subscribed_apps")).Body.GetProperty("data");
        var token = (await bench.GetAsync($"/v25.0/debug_token?input_token={bench.World.Options.AccessToken}")).Body.GetProperty("data");
        var other = (await bench.GetAsync("/v25.0/debug_token?input_token=x")).Body.GetProperty("data");

        Assert.Equal([Bench.Berlin, Bench.Vienna], numbers.EnumerateArray().Select(n => n.GetProperty("id").GetString()));
        Assert.Equal("Alder & Oak Berlin", number.GetProperty("verified_name").GetString());
        Assert.Equal("STANDARD", number.GetProperty("throughput").GetProperty("level").GetString());
        Assert.Equal("CONNECTED", number.GetProperty("status").GetString());
        Assert.Equal(bench.World.Options.AppId, apps[0].GetProperty("whatsapp_business_api_data").GetProperty("id").GetString());
        Assert.True(token.GetProperty("is_valid").GetBoolean());
        Assert.False(other.GetProperty("is_valid").GetBoolean());
        Assert.Equal(100, (await bench.GetAsync("/v25.0/12345")).Code);
        Assert.Equal(100, (await bench.GetAsync("/v25.0/1/2/3")).Code);
    }
}
