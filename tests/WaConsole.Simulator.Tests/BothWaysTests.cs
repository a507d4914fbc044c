using System.Text;

namespace WaConsole.Simulator.Tests;

public sealed class BothWaysTests
{
    [Fact]
    public async Task A_customer_writes_and_the_business_gets_a_signed_webhook_in_plain_ascii()
    {
        await using var bench = await Bench.StartAsync();

        bench.Says(bench.Amina, "Grüße 👋");

        var received = Assert.Single(await bench.Receiver.UntilAsync(1));
        Assert.True(received.Signed);
        Assert.True(Ascii.IsValid(received.Bytes));
        Assert.Equal("messages", received.Field);
        var message = received.Message!.Value;
        Assert.Equal("Grüße 👋", message.GetProperty("text").GetProperty("body").GetString());
        Assert.Equal(bench.Amina.Phone, message.GetProperty("from").GetString());
        Assert.Equal(bench.Amina.UserId, message.GetProperty("from_user_id").GetString());
        Assert.Equal(Bench.Berlin, received.Value.GetProperty("metadata").GetProperty("phone_number_id").GetString());
        Assert.Equal("Amina Said", received.Value.GetProperty("contacts")[0].GetProperty("profile").GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_answer_is_accepted_and_its_statuses_come_in_order_with_the_callback_data()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");

        var answer = await bench.SendTextAsync("+" + bench.Amina.Phone, "Good morning!", "job:42");

        Assert.Null(answer.Code);
        Assert.Equal(bench.Amina.Phone, answer.Body.GetProperty("contacts")[0].GetProperty("wa_id").GetString());
        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        var statuses = all.Where(r => r.Status is not null).ToList();
        Assert.Equal(["sent", "delivered", "read"], statuses.Select(r => r.StatusWord));
        Assert.All(statuses, r => Assert.Equal("job:42", r.Status!.Value.GetProperty("biz_opaque_callback_data").GetString()));
        Assert.All(statuses, r => Assert.Equal(answer.Wamid, r.Status!.Value.GetProperty("id").GetString()));
        Assert.Equal([true, true, false], statuses.Select(r => r.Status!.Value.TryGetProperty("pricing", out _)));
    }

    [Fact]
    public async Task Each_accepted_send_is_in_the_ledger_once()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        var answer = await bench.SendTextAsync(bench.Amina.Phone, "Good morning!", "job:7");
        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));

        var ledger = await bench.GetAsync("/control/ledger?callbackData=job:7");

        var entry = Assert.Single(ledger.Body.GetProperty("items").EnumerateArray());
        Assert.Equal(answer.Wamid, entry.GetProperty("wamid").GetString());
        Assert.Equal("read", entry.GetProperty("state").GetString());
        Assert.Equal("text", entry.GetProperty("type").GetString());
    }
}
