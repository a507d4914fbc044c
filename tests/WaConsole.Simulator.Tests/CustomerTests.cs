using System.Net;
using System.Net.Http.Json;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Tests;

public sealed class CustomerTests
{
    [Fact]
    public async Task A_new_customer_gets_a_free_number_and_can_write_at_once()
    {
        await using var bench = await Bench.StartAsync();

        var made = (await bench.PostAsync("/control/customers", new { name = "Ida Lindgren", username = "@ida.l", hiddenNumber = true })).Body;

        Assert.Equal("ida.l", made.GetProperty("username").GetString());
        Assert.Matches("^[0-9]{7,15}$", made.GetProperty("phone").GetString());
        var id = made.GetProperty("id").GetString();
        await bench.PostAsync($"/control/customers/{id}/messages", new { type = "text", text = "Hej" });
        Assert.Equal("Ida Lindgren", (await bench.Receiver.UntilAsync(1))[0].Value
            .GetProperty("contacts")[0].GetProperty("profile").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("", null, false)]
    [InlineData("Ida", "12", false)]
    [InlineData("Ida", "+49 171 3920001", false)]
    [InlineData("Ida", "+49 30 23125100", false)]
    [InlineData("Ida", null, true)]
    public async Task A_customer_that_cannot_be_is_refused_in_words(string name, string? phone, bool hidden)
    {
        await using var bench = await Bench.StartAsync();

        var answer = await bench.PostAsync("/control/customers", new { name, phone, hiddenNumber = hidden });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.NotEmpty(answer.Body.GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task While_offline_messages_stay_sent_and_arrive_in_order_when_back()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        await ChangeAsync(bench, new { online = false });
        var first = (await bench.SendTextAsync(bench.Amina.Phone, "1")).Wamid;
        var second = (await bench.SendTextAsync(bench.Amina.Phone, "2")).Wamid;
        await bench.Receiver.UntilAsync(all => all.Count(r => r.StatusWord == "sent") == 2);
        await bench.World.Webhooks.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(bench.Receiver.All, r => r.StatusWord == "delivered");
        Assert.IsType<WriteOutcome.Refused>(bench.World.Write(bench.Amina.Id, new CustomerMessage(MessageContent.OfText("Hi"))));

        await ChangeAsync(bench, new { online = true });

        var all = await bench.Receiver.UntilAsync(all => all.Count(r => r.StatusWord == "read") == 2);
        Assert.Equal([first, second], all.Where(r => r.StatusWord == "delivered").Select(r => r.Status!.Value.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Somebody_who_does_not_read_reads_when_told_to()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        await ChangeAsync(bench, new { reads = false });
        await bench.SendTextAsync(bench.Amina.Phone, "1");
        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "delivered"));
        await bench.World.Webhooks.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(bench.Receiver.All, r => r.StatusWord == "read");
        Assert.Equal(1, bench.World.Overview("Amina", 1)[0].Unread);

        using var read = await bench.Http.PostAsync($"/control/customers/{bench.Amina.Id}/read", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, read.StatusCode);
        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        Assert.Equal(0, bench.World.Overview("Amina", 1)[0].Unread);
    }

    [Fact]
    public async Task A_business_that_is_blocked_only_ever_sees_sent()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        await ChangeAsync(bench, new { blocks = true });

        await bench.SendTextAsync(bench.Amina.Phone, "Hello?");
        await ChangeAsync(bench, new { blocks = false });
        await bench.SendTextAsync(bench.Amina.Phone, "Again");

        var all = await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));
        Assert.Equal(["sent", "sent", "delivered", "read"], all.Where(r => r.Status is not null).Select(r => r.StatusWord));
    }

    [Fact]
    public async Task The_chat_shows_what_the_customer_has_on_the_phone()
    {
        await using var bench = await Bench.StartAsync();
        bench.Says(bench.Amina, "Hello");
        await bench.SendTextAsync(bench.Amina.Phone, "Hi");
        await bench.Receiver.UntilAsync(all => all.Any(r => r.StatusWord == "read"));

        var chat = (await bench.GetAsync($"/control/customers/{bench.Amina.Id}/chat")).Body;

        Assert.Equal(["Hello", "Hi"], chat.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("content").GetProperty("text").GetString()));
        Assert.True(chat.GetProperty("items")[1].GetProperty("onPhone").GetBoolean());
        Assert.True(chat.TryGetProperty("windowClosesAt", out _));
    }

    [Fact]
    public async Task History_from_elsewhere_shows_without_any_webhook_and_opens_the_window()
    {
        await using var bench = await Bench.StartAsync();
        var now = bench.World.Clock.GetUtcNow();
        var history = new ImportedChat(Bench.Berlin, "Amina Said", "+491713920001", null, null, false,
        [
            new("wamid.B", FromCustomer: false, now.AddHours(-1), MessageContent.OfText("How can we help?")),
            new("wamid.A", FromCustomer: true, now.AddHours(-2), MessageContent.OfText("Hello")),
        ]);

        bench.World.ImportHistory(history);
        var again = bench.World.ImportHistory(history);

        Assert.Equal(bench.Amina.Id, again!.Id);
        var chat = bench.World.FindChat(bench.Amina.Id)!;
        Assert.Equal(["wamid.A", "wamid.B"], chat.Lines.Select(line => line.Id));
        Assert.Equal(now.AddHours(22), chat.WindowClosesAt);
        Assert.Equal(0, bench.World.Webhooks.Pending + bench.World.Webhooks.Delivered);
        var answer = await bench.SendRawAsync(
            """{"messaging_product":"whatsapp","to":"+491713920001","context":{"message_id":"wamid.A"},"type":"text","text":{"body":"Hi"}}""");
        Assert.Null(answer.Code);
    }

    [Fact]
    public async Task History_of_somebody_known_by_user_id_alone_finds_or_makes_that_person()
    {
        await using var bench = await Bench.StartAsync();

        var known = bench.World.ImportHistory(new ImportedChat(Bench.Berlin, "Luz", null, bench.Luz.UserId, "luz.mar", true, []));
        var made = bench.World.ImportHistory(new ImportedChat(Bench.Berlin, "Teo", null, "ES.77", "teo", true, []));
        var nobody = bench.World.ImportHistory(new ImportedChat(Bench.Berlin, "Nobody", null, null, null, false, []));

        Assert.Equal("34655550162", known!.Phone);
        Assert.Equal("ES.77", made!.UserId);
        Assert.Null(nobody);
        Assert.Null((await bench.SendRawAsync("""{"messaging_product":"whatsapp","recipient":"ES.77","type":"text","text":{"body":"Hola"}}""")).Code);
    }

    [Fact]
    public async Task The_same_person_has_the_same_user_id_in_every_run()
    {
        await using var one = await Bench.StartAsync();
        await using var other = await Bench.StartAsync();

        Assert.Equal(one.Amina.UserId, other.Amina.UserId);
        Assert.StartsWith("DE.", one.Amina.UserId, StringComparison.Ordinal);
        Assert.Equal(one.World.Customers.Count, one.World.Customers.Select(customer => customer.UserId).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task ChangeAsync(Bench bench, object change)
    {
        using var answer = await bench.Http.PatchAsJsonAsync($"/control/customers/{bench.Amina.Id}", change, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
