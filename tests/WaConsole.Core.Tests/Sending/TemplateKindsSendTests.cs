using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Simulator.Templates;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

/// <summary>Every kind of template through the outbox; the simulator checks and draws it from its own reading of the wire.</summary>
public sealed class TemplateKindsSendTests
{
    private const string Picture =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Theory]
    [EveryDatabase]
    public async Task Every_kind_arrives_as_it_stands_in_the_thread(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        await bench.TemplatesAsync();
        var (customer, conversation) = await bench.CustomerAsync();
        var first = await UploadAsync(bench);
        var second = await UploadAsync(bench);
        var catalogue = bench.Simulator.World.Account.CatalogId;
        var products = bench.Simulator.World.Catalog.All.Take(3).Select(product => product.RetailerId).ToList();
        var ends = bench.Simulator.World.Clock.GetUtcNow().AddDays(1).ToString("O");
        (string Name, string Category, string Components, TemplateValues Values)[] kinds =
        [
            ("pictures", "MARKETING", """
                [{"type":"BODY","text":"Hello {{1}}, look."},{"type":"CAROUSEL","cards":[
                {"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Boots for {{1}} days."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"URL","text":"Shop","url":"https://a.example/{{1}}"}]}]},
                {"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Shoes for {{1}} days."},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"},{"type":"URL","text":"Shop","url":"https://a.example/{{1}}"}]}]}]}]
                """,
                Of(("body.1", "Ada"), ("card.0.body.1", "wet"), ("card.0.button.1", "boots"), ("card.1.body.1", "dry"), ("card.1.button.1", "shoes")) with
                {
                    Files = new Dictionary<string, long> { ["card.0.header.media"] = first, ["card.1.header.media"] = second },
                }),
            ("goods", "MARKETING", """
                [{"type":"BODY","text":"Look at these."},{"type":"CAROUSEL","cards":[
                {"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]},
                {"components":[{"type":"HEADER","format":"PRODUCT"},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]}]}]
                """,
                Of(("catalog", catalogue), ("card.0.header.product", products[0]), ("card.1.header.product", products[1]), ("card.2.header.product", products[2])) with { Cards = 3 }),
            ("offer", "MARKETING", """
                [{"type":"HEADER","format":"IMAGE"},{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},{"type":"BODY","text":"Twenty off for {{1}}."},
                {"type":"BUTTONS","buttons":[{"type":"COPY_CODE","example":"SAVE20"},{"type":"URL","text":"Shop","url":"https://a.example/{{1}}"}]}]
                """,
                Of(("offer.ends", ends), ("body.1", "Ada"), ("button.0", "SAVE20"), ("button.1", "boots")) with { HeaderMediaFileId = first }),
            ("form", "UTILITY", """[{"type":"BODY","text":"Book a table."},{"type":"BUTTONS","buttons":[{"type":"FLOW","text":"Book","flow_id":"1"}]}]""",
                Of(("button.0.token", "t1"), ("button.0.data", """{"shop":"Berlin"}"""))),
            ("catalogue", "MARKETING", """[{"type":"BODY","text":"All of it."},{"type":"BUTTONS","buttons":[{"type":"CATALOG","text":"View catalog"}]}]""",
                Of(("button.0", products[0]))),
            ("several", "MARKETING", """[{"type":"HEADER","format":"TEXT","text":"New"},{"type":"BODY","text":"Look."},{"type":"BUTTONS","buttons":[{"type":"MPM","text":"View items"}]}]""",
                TemplateValues.None with { Sections = [new("Boots", [products[0]]), new("Care", [products[1]])] }),
            ("one", "MARKETING", """[{"type":"HEADER","format":"PRODUCT"},{"type":"BODY","text":"New for you."},{"type":"BUTTONS","buttons":[{"type":"SPM","text":"View"}]}]""",
                Of(("catalog", catalogue), ("header.product", products[0]))),
            ("call", "UTILITY", """[{"type":"BODY","text":"Call us."},{"type":"BUTTONS","buttons":[{"type":"VOICE_CALL","text":"Call now"}]}]""",
                Of(("button.0.minutes", "100"), ("button.0", "shop"))),
            ("calls", "UTILITY", """[{"type":"BODY","text":"May we call {{first_name}} now?"},{"type":"call_permission_request"}]""", Of(("body.first_name", "Ada"))),
            ("contact", "UTILITY", """[{"type":"BODY","text":"Your number?"},{"type":"BUTTONS","buttons":[{"type":"REQUEST_CONTACT_INFO"}]}]""", TemplateValues.None),
            ("payment", "UTILITY", """[{"type":"BODY","text":"Please pay."},{"type":"BUTTONS","buttons":[{"type":"ORDER_DETAILS","text":"Review and pay"}]}]""",
                Of(("button.0", """{"reference_id":"AO-1","currency":"INR"}"""))),
        ];
        foreach (var (name, category, components, _) in kinds)
        {
            bench.Simulator.World.Templates.Put(new SimulatedTemplate
            {
                Id = "9" + name.GetHashCode(StringComparison.Ordinal).ToString("D10")[^9..],
                Name = name,
                Language = "en",
                Category = category,
                Status = "APPROVED",
                Named = name == "calls",
                Components = JsonElement.Parse(components),
            });
        }

        Assert.IsType<SyncTemplatesOutcome.Done>(await bench.Core.Get<SyncTemplates>().RunAsync(Caller.System, bench.Core.NumberId, CancellationToken.None));
        await SeedOptIn.WriteAsync(
            bench.Core, await bench.Core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation).Select(c => c.ContactId).SingleAsync()),
            DateTime.UnixEpoch.AddYears(55));
        List<long> messages = [];
        foreach (var (name, _, _, values) in kinds.Append(("sign_in_code", "", "", Of(("body.1", "123456")))))
        {
            messages.Add(Queued(await bench.Core.Get<SendReply>().RunAsync(
                Caller.System, new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Template(name, "en", values)), CancellationToken.None)));
        }

        foreach (var message in messages)
        {
            await bench.UntilAsync(message, DeliveryStatus.Read);
        }

        var arrived = bench.Simulator.World.FindChat(customer.Id)!.Lines.Where(line => line.Content.TemplateName is not null)
            .ToDictionary(line => line.Content.TemplateName!, line => line.Content);
        var thread = await bench.Core.Get<ReadThread>().RunAsync(SendingBench.Agent, conversation, null, 50, CancellationToken.None);
        var drawn = messages.Select(id => Assert.IsType<MessageContent.SentTemplate>(thread!.Lines.Single(line => line.Id == id).Content)).ToDictionary(sent => sent.Name);
        Assert.Equal(arrived.Keys.Order(), drawn.Keys.Order());
        Assert.All(drawn, pair => Assert.Equal(arrived[pair.Key].Text, pair.Value.Body));
        Assert.All(drawn, pair => Assert.Equal(arrived[pair.Key].Buttons.Select(button => button.Title).Where(title => title.Length > 0), pair.Value.Buttons
            .Select(button => button.Text is "" && button.Kind == "REQUEST_CONTACT_INFO" ? "Share Contact Info"
                : button.Text is "" && button.Kind == "COPY_CODE" ? "Copy offer code" : button.Text).Where(title => title.Length > 0)));

        Assert.Equal(["Boots for wet days.", "Shoes for dry days."], arrived["pictures"].Cards.Select(card => card.Text));
        Assert.Equal(arrived["pictures"].Cards.Select(card => card.Text), drawn["pictures"].Cards!.Select(card => card.Body));
        Assert.Equal(2, arrived["pictures"].Cards.Select(card => card.Header!.Id).Distinct().Count());
        Assert.Equal([first, second], drawn["pictures"].Cards!.Select(card => card.File!.Id));
        Assert.Equal(["https://a.example/boots", "https://a.example/shoes"], arrived["pictures"].Cards.Select(card => card.Buttons[1].Value));
        Assert.Equal(products, arrived["goods"].Cards.Select(card => card.Product));
        Assert.Equal(products, drawn["goods"].Cards!.Select(card => card.Product!.ProductId));
        Assert.NotNull(arrived["offer"].Media);
        Assert.NotNull(drawn["offer"].Offer!.EndsUtc);
        Assert.Equal("123456", drawn["sign_in_code"].Buttons[0].Target);
        Assert.NotNull(await bench.Core.Get<OpenMedia>().RunAsync(SendingBench.Agent, drawn["pictures"].Cards![0].File!.Key, CancellationToken.None));
    }

    [Fact]
    public async Task A_carousel_takes_no_file_of_somebody_else_and_none_of_another_kind()
    {
        await using var bench = await QueueBench.StartAsync(DatabaseProvider.Sqlite);
        var conversation = await bench.ConversationAsync(QueueBench.Noon.AddHours(2));
        await bench.TemplateAsync(
            "films", """[{"type":"BODY","text":"Look."},{"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"VIDEO"}]},{"components":[{"type":"HEADER","format":"VIDEO"}]}]}]""");
        var mine = await UploadAsync(bench.Core, new Caller(7, "Ines", Role.Agent, null));

        async Task<string> CodeAsync(Caller caller) => Assert.IsType<SendReplyOutcome.Refused>(await bench.Core.Get<SendReply>().RunAsync(
            caller,
            new Reply(conversation, Guid.CreateVersion7(), new ReplyContent.Template("films", "en", TemplateValues.None with
            {
                Files = new Dictionary<string, long> { ["card.0.header.media"] = mine, ["card.1.header.media"] = mine },
            })),
            CancellationToken.None)).Why.Code;

        Assert.Equal("media_not_found", await CodeAsync(new Caller(8, "Bo", Role.Agent, null)));
        Assert.Equal("media_unsupported", await CodeAsync(new Caller(7, "Ines", Role.Agent, null)));
    }

    private static TemplateValues Of(params (string Key, string Value)[] values) => new(values.ToDictionary(pair => pair.Key, pair => pair.Value));

    private static long Queued(SendReplyOutcome outcome) => outcome is SendReplyOutcome.Refused refused
        ? throw new InvalidOperationException(refused.Why.Sentence)
        : Assert.IsType<SendReplyOutcome.Queued>(outcome).MessageId;

    private static Task<long> UploadAsync(SendingBench bench) => UploadAsync(bench.Core, Caller.System);

    private static async Task<long> UploadAsync(CoreHost core, Caller caller) => Assert.IsType<UploadOutcome.Stored>(await core.Get<StoreUpload>().RunAsync(
        caller, new MemoryStream(Convert.FromBase64String(Picture)), "dot.png", CancellationToken.None)).MediaFileId;
}
