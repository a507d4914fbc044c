using WaConsole.Core.Conversations;
using WaConsole.Core.Interactive;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>What is composed with something to tap goes the way of every reply.</summary>
public sealed class InteractiveSendTests
{
    [Theory]
    [EveryDatabase]
    public async Task Every_kind_goes_through_the_outbox_and_stands_in_the_thread_as_the_customer_sees_it(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (customer, conversation) = await bench.CustomerAsync();
        var catalogue = bench.Simulator.World.Account.CatalogId;
        var picture = await PictureAsync(bench);
        InteractiveMessage[] kinds =
        [
            new InteractiveMessage.Buttons("Keep it?", [new("Yes"), new("No")], new InteractiveHead(null, picture), "Oak"),
            new InteractiveMessage.List("Pick one", "Open", [new("Boots", [new("Chestnut", "Welted")]), new("Care", [new("Wax")])], "Hi", "Oak"),
            new InteractiveMessage.Link("Track it", "Track", "https://example.test/t/1", new InteractiveHead("Order")),
            new InteractiveMessage.LocationRequest("Where are you?"),
            new InteractiveMessage.ContactRequest("Your number?"),
            new InteractiveMessage.Product("", catalogue, new ProductPick("WAX-SET", "Beeswax and brush", "EUR 14.50"), "Oak"),
            new InteractiveMessage.ProductList("Care", "Our picks", catalogue, [new("A", [new("WAX-SET")]), new("B", [new("BOOT-BLACK-38")])]),
            new InteractiveMessage.Catalogue("All of it", new ProductPick("WAX-SET")),
        ];

        List<long> messages = [];
        foreach (var kind in kinds)
        {
            messages.Add(await QueueAsync(bench, conversation, kind));
        }

        foreach (var message in messages)
        {
            await bench.UntilAsync(message, DeliveryStatus.Read);
        }

        var sent = bench.Simulator.World.FindChat(customer.Id)!.Lines.Where(line => !line.FromCustomer).Select(line => line.Content).ToList();
        string[] types = ["button", "list", "cta_url", "location_request_message", "request_contact_info", "product", "product_list", "catalog_message"];
        Assert.Equal(types.Order(), sent.Select(content => content.SubKind!).Order());
        Assert.NotNull(sent.Single(content => content.SubKind == "button").Media);
        Assert.Equal(["option-1", "option-2"], sent.Single(content => content.SubKind == "button").Buttons.Select(button => button.Value));
        var thread = await bench.Core.Get<ReadThread>().RunAsync(SendingBench.Agent, conversation, null, 50, CancellationToken.None);
        var drawn = messages.Select(id => thread!.Lines.Single(line => line.Id == id)).ToList();
        Assert.All(drawn, line => Assert.Equal(MessageKind.Interactive, line.Kind));
        Assert.Equal(types, drawn.Select(line => Assert.IsType<MessageContent.SentInteractive>(line.Content).Type));
        Assert.Equal(picture, drawn[0].Media!.Id);
        Assert.Equal(new ChoiceRow("Beeswax and brush", "EUR 14.50"), ((MessageContent.SentInteractive)drawn[5].Content!).Sections[0].Rows[0]);
    }

    [Fact]
    public async Task What_whatsapp_would_refuse_is_refused_with_a_sentence_and_not_stored()
    {
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var send = bench.Core.Get<SendReply>();

        var outcome = await send.RunAsync(
            SendingBench.Agent,
            new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Interactive(new InteractiveMessage.Buttons("Keep it?", [new("Yes"), new("Yes")]))),
            CancellationToken.None);

        Assert.Equal("interactive_invalid", Assert.IsType<SendReplyOutcome.Refused>(outcome).Why.Code);
        var foreign = await send.RunAsync(
            SendingBench.Agent,
            new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Interactive(
                new InteractiveMessage.Buttons("Keep it?", [new("Yes")], new InteractiveHead(null, 4711)))),
            CancellationToken.None);
        Assert.Equal("media_not_found", Assert.IsType<SendReplyOutcome.Refused>(foreign).Why.Code);
        Assert.Equal(0, await bench.MessagesAsync());
    }

    [Fact]
    public async Task A_text_that_was_begun_stays_a_draft_when_something_to_tap_is_sent_beside_it()
    {
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        var agent = new Caller(7, "Ines", Role.Agent, null);
        await bench.Core.Get<KeepDraft>().SaveAsync(agent, conversation, "By the way", [], null, CancellationToken.None);

        Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            agent,
            new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Interactive(new InteractiveMessage.LocationRequest("Where?"))),
            CancellationToken.None));

        Assert.Equal("By the way", (await bench.Core.Get<KeepDraft>().ReadAsync(agent, conversation, CancellationToken.None)).Text);
    }

    private static async Task<long> QueueAsync(SendingBench bench, long conversation, InteractiveMessage what) =>
        Assert.IsType<SendReplyOutcome.Queued>(await bench.Core.Get<SendReply>().RunAsync(
            Caller.System, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Interactive(what)), CancellationToken.None)).MessageId;

    private static async Task<long> PictureAsync(SendingBench bench) =>
        Assert.IsType<UploadOutcome.Stored>(await bench.Core.Get<StoreUpload>().RunAsync(
            Caller.System, new MemoryStream(Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")),
            "dot.png", CancellationToken.None)).MediaFileId;
}
