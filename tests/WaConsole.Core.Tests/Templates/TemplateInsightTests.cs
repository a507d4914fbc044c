using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Pricing;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Insight;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class TemplateInsightTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 15, 0, 0, TimeSpan.Zero);

    [Theory, EveryDatabase]
    public async Task Statuses_of_webhooks_are_counted_once_by_the_day_of_sending_whatever_their_order(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await SentAsync(bench, "wamid.read", "wamid.failed", "wamid.revived", "wamid.late");
        await bench.TakeAsync(
            Hooks.Statuses(Priced(Hooks.Status("wamid.read", "read", Hooks.Noon.AddMinutes(3)), "regular")),
            Hooks.Statuses(Hooks.Status("wamid.read", "delivered"), Hooks.Status("wamid.read", "sent"), Hooks.Status("wamid.read", "read")),
            Hooks.Statuses(Hooks.Status("wamid.failed", "failed", error: 131026)),
            Hooks.Statuses(Hooks.Status("wamid.revived", "failed", error: 131049)),
            Hooks.Statuses(Priced(Hooks.Status("wamid.revived", "delivered", Hooks.Noon.AddDays(1)), "free_customer_service")),
            Hooks.Statuses(Hooks.Status("wamid.late", "sent"), Hooks.Status("wamid.late", "delivered")));

        var before = await ReadAsync(bench);
        await FoldAsync(bench);
        var after = await ReadAsync(bench);

        Assert.Equal((4, 3, 1, 1), (after.Sent, after.Delivered, after.Read, after.Failed));
        Assert.Equal((1, 1, 0, 1), (after.Free, after.Charged, after.Unpriced, after.Unsaid));
        Assert.Equal([("USD", 0.1365m)], after.Costs.Select(cost => (cost.Currency, cost.Amount)));
        Assert.Equal([(131026, 1L)], after.Failures.Select(failure => (failure.Code!.Value, failure.Count)));
        Assert.Equal([new TemplateDay(DateOnly.FromDateTime(Hooks.Noon), 4, 3, 1)], after.ByDay);
        Assert.Equal((bench.Core.NumberId, 4L), (after.Uses.Single().NumberId, after.Uses.Single().Sent));
        Assert.Equal((before.Sent, before.Delivered, before.Read, before.Failed, before.Free), (after.Sent, after.Delivered, after.Read, after.Failed, after.Free));
        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.TemplateTicks.CountAsync()));
        Assert.Equal(DateOnly.FromDateTime(Hooks.Noon), await bench.Core.WithDbAsync(db => db.Templates.Select(t => t.LastUsedOn).SingleAsync()));
    }

    [Theory, EveryDatabase]
    public async Task The_first_message_after_it_is_a_reply_a_button_is_an_answer_and_a_stop_an_opt_out(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await SentAsync(bench, "wamid.one");
        var button = Hooks.Message("wamid.in1", "button", new JsonObject { ["text"] = "Yes", ["payload"] = "YES" }, Hooks.Noon.AddMinutes(5));
        button["context"] = new JsonObject { ["from"] = "493023125100", ["id"] = "wamid.one" };
        await bench.TakeAsync(
            Hooks.Messages(button),
            Hooks.Messages(Hooks.Text("wamid.in2", "And when do you open?", Hooks.Noon.AddMinutes(6))));
        await SentAsync(bench, "wamid.two");
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.in3", "STOP", Hooks.Noon.AddMinutes(9))));
        await SentAsync(bench, "wamid.three");
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.in4", "Much later", Hooks.Noon.AddDays(8))));

        var insight = await ReadAsync(bench);
        Assert.Equal((3, 1, 2, 1), (insight.Sent, insight.Pressed, insight.Replied, insight.OptedOut));
    }

    [Theory, EveryDatabase]
    public async Task An_agent_sees_the_figures_of_own_numbers_and_nobody_those_of_another_account(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await SentAsync(bench, "wamid.one");
        var id = await TemplateAsync(bench);
        var read = bench.Core.Get<ReadTemplateInsight>();

        Assert.Equal(1, (await read.RunAsync(new Caller(1, "Ana", Role.Agent, new HashSet<long> { bench.Core.NumberId }), id, 30, CancellationToken.None))!.Sent);
        Assert.Null(await read.RunAsync(new Caller(1, "Ben", Role.Agent, new HashSet<long> { 9999 }), id, 30, CancellationToken.None));
        Assert.Null(await read.RunAsync(Caller.System, 9999, 30, CancellationToken.None));
    }

    [Theory, EveryDatabase]
    public async Task The_list_shows_what_was_sent_and_finds_what_nobody_used_for_long(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.Core.WithDbAsync(async db =>
        {
            foreach (var (name, used) in ((string, DateOnly?)[])[("never", null), ("long_ago", new DateOnly(2026, 6, 1)), ("new", null)])
            {
                db.Templates.Add(new Template { BusinessAccountId = bench.Core.AccountId, WhatsAppId = name, Name = name, Language = "en", Status = "APPROVED", Category = "UTILITY", LastUsedOn = used });
            }

            await db.SaveChangesAsync();
            db.TemplateEvents.Add(new TemplateEvent
            {
                BusinessAccountId = bench.Core.AccountId,
                TemplateId = await db.Templates.Where(t => t.Name == "new").Select(t => t.Id).SingleAsync(),
                Kind = TemplateEventKind.Submitted,
                AtUtc = Now.UtcDateTime.AddDays(-2),
            });
            await db.SaveChangesAsync();
        });
        await SentAsync(bench, "wamid.one", "wamid.two");
        await bench.TakeAsync(Hooks.Statuses(Hooks.Status("wamid.one", "read")));
        await FoldAsync(bench);
        var find = bench.Core.Get<FindTemplates>();

        var all = (await find.RunAsync(Caller.System, new TemplateQuery(), CancellationToken.None)).Families.ToDictionary(family => family.Name);
        Assert.Equal((2, 1, 1, (DateOnly?)new DateOnly(2026, 11, 24)), (all["spring_sale"].Sent, all["spring_sale"].Delivered, all["spring_sale"].Read, all["spring_sale"].LastUsedOn));
        Assert.Equal((0, null), (all["never"].Sent, all["never"].LastUsedOn));
        var unused = (await find.RunAsync(Caller.System, new TemplateQuery { Unused = true }, CancellationToken.None)).Families;
        Assert.Equal(["long_ago", "never"], unused.Select(family => family.Name));
        Assert.All(unused.SelectMany(family => family.Languages), language => Assert.True(language is { IsUnused: true, MayArchive: true }));
    }

    [Theory, EveryDatabase]
    public async Task The_list_adds_up_all_languages_and_days_of_a_name_whether_they_were_counted_yet_or_not(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await SentAsync(bench, "wamid.en1", "wamid.en2");
        await SentInAsync(bench, "de", "wamid.de");
        await bench.TakeAsync(
            Hooks.Statuses(Hooks.Status("wamid.en1", "read")),
            Hooks.Statuses(Hooks.Status("wamid.de", "delivered"), Hooks.Status("wamid.en2", "failed", error: 131026)));
        Assert.Equal((3, 2, 1), await ListedAsync());

        await FoldAsync(bench);
        Assert.Equal((3, 2, 1), await ListedAsync());
        await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.TemplateName != null).ExecuteUpdateAsync(set => set.SetProperty(m => m.SentAtUtc, m => m.SentAtUtc.AddDays(-1))));
        await bench.TakeAsync(Hooks.Statuses(Hooks.Status("wamid.de", "read"), Hooks.Status("wamid.en2", "delivered")));
        await SentInAsync(bench, "de", "wamid.de2");
        Assert.Equal((4, 3, 2), await ListedAsync());

        await FoldAsync(bench);
        Assert.Equal((4, 3, 2), await ListedAsync());
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.stop", "STOP", Hooks.Noon.AddMinutes(9))));
        await FoldAsync(bench);
        var (byName, sums) = await bench.Core.WithDbAsync(async db => (
            (await db.TemplateNameTallies.AsNoTracking().ToListAsync()).Select(t => (t.Name, t.What, t.Day, t.NumberId, t.Amount)),
            (await db.TemplateTallies.AsNoTracking().ToListAsync()).Where(t => TalliesOf.ByName.Contains(t.What))
                .GroupBy(t => (t.Name, t.What, t.Day, t.NumberId))
                .Select(days => (days.Key.Name, days.Key.What, days.Key.Day, days.Key.NumberId, days.Sum(t => t.Amount)))));
        Assert.Equal(sums.Order(), byName.Order());
        Assert.Contains(byName, tally => tally.What == Tallied.OptedOut);
        Assert.Equal(2, byName.Select(tally => tally.Day).Distinct().Count());

        async Task<(long Sent, long Delivered, long Read)> ListedAsync()
        {
            var family = Assert.Single((await bench.Core.Get<FindTemplates>().RunAsync(Caller.System, new TemplateQuery(), CancellationToken.None)).Families);
            return (family.Sent, family.Delivered, family.Read);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_template_that_is_read_from_WhatsApp_after_it_was_sent_knows_when_it_was_used(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.Core.WithDbAsync(db => db.Templates.ExecuteDeleteAsync());
        await SentAsync(bench, "wamid.one");
        await FoldAsync(bench);
        await bench.Core.WithDbAsync(async db =>
        {
            db.Templates.AddRange(
                new Template { BusinessAccountId = bench.Core.AccountId, WhatsAppId = "1", Name = "spring_sale", Language = "en", Status = "APPROVED", Category = "MARKETING" },
                new Template { BusinessAccountId = bench.Core.AccountId, WhatsAppId = "2", Name = "spring_sale", Language = "de", Status = "APPROVED", Category = "MARKETING" });
            await db.SaveChangesAsync();
            await LastUses.CatchUpAsync(db, bench.Core.AccountId, CancellationToken.None);
        });

        Assert.Equal(
            [("de", null), ("en", (DateOnly?)DateOnly.FromDateTime(Hooks.Noon))],
            await bench.Core.WithDbAsync(async db => (await db.Templates.OrderBy(t => t.Language).Select(t => new { t.Language, t.LastUsedOn }).ToListAsync()).Select(t => (t.Language, t.LastUsedOn))));
    }

    [Theory, EveryDatabase]
    public async Task Delivered_service_messages_are_counted_for_the_free_ones_of_the_month(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.OutgoingAsync(DeliveryStatus.Sent, "wamid.service");
        Assert.Null(await CountAsync());
        await bench.Core.WithDbAsync(db => db.Numbers.ExecuteUpdateAsync(set => set.SetProperty(n => n.CreatedAtUtc, Now.UtcDateTime.AddMonths(-2))));
        Assert.Equal(0, await CountAsync());

        await bench.TakeAsync(Hooks.Statuses(Hooks.Status("wamid.service", "delivered"), Hooks.Status("wamid.service", "read")));
        await FoldAsync(bench);
        Assert.Equal(1, await CountAsync());

        Task<int?> CountAsync() => bench.Core.WithDbAsync(db => CountServiceMessages.RunAsync(db, bench.Core.NumberId, Now.UtcDateTime, CancellationToken.None));
    }

    [Theory, EveryDatabase]
    public async Task Our_estimate_and_what_WhatsApp_said_are_kept_apart_and_unknown_stays_unknown(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await SentAsync(bench, "wamid.charged", "wamid.unsaid");
        var (charged, unsaid, service) = (await bench.MessageAsync("wamid.charged"), await bench.MessageAsync("wamid.unsaid"), await bench.OutgoingAsync(DeliveryStatus.Sent, "wamid.service"));
        await bench.TakeAsync(
            Hooks.Statuses(Priced(Hooks.Status("wamid.charged", "delivered"), "regular"), Hooks.Status("wamid.unsaid", "delivered")),
            Hooks.Statuses(Priced(Hooks.Status("wamid.service", "delivered"), "regular", "service")));
        var story = bench.Core.Get<ReadMessageStory>();

        var first = (await story.RunAsync(Caller.System, charged.Id, CancellationToken.None))!;
        Assert.Equal(new PriceEstimate.List(0.1365m, "USD", "Germany", new DateOnly(2026, 10, 1)), first.Estimate);
        Assert.Equal(("marketing", "regular"), (first.PricingCategory, first.PricingType));
        Assert.Null((await story.RunAsync(Caller.System, unsaid.Id, CancellationToken.None))!.PricingType);
        Assert.IsType<PriceEstimate.Unknown>((await story.RunAsync(Caller.System, service.Id, CancellationToken.None))!.Estimate);
    }

    [Theory, EveryDatabase]
    public async Task What_WhatsApp_said_it_charges_is_what_is_priced_and_what_is_on_no_card_is_not(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await SentAsync(bench, "wamid.same", "wamid.other", "wamid.abroad", "wamid.free");
        await bench.TakeAsync(
            Hooks.Statuses(Priced(Hooks.Status("wamid.same", "delivered"), "regular")),
            Hooks.Statuses(Priced(Hooks.Status("wamid.other", "delivered"), "regular", "utility")),
            Hooks.Statuses(Priced(Hooks.Status("wamid.abroad", "delivered"), "regular", "authentication-international")),
            Hooks.Statuses(Priced(Hooks.Status("wamid.free", "delivered"), "free_customer_service", "utility")));

        var insight = await ReadAsync(bench);
        Assert.Equal((1, 3, 1, 0), (insight.Free, insight.Charged, insight.Unpriced, insight.Unsaid));
        Assert.Equal([("USD", 0.1365m + 0.0550m)], insight.Costs.Select(cost => (cost.Currency, cost.Amount)));
        var estimate = (await bench.Core.Get<ReadMessageStory>().RunAsync(Caller.System, (await bench.MessageAsync("wamid.other")).Id, CancellationToken.None))!.Estimate;
        Assert.Equal(0.1365m, Assert.IsType<PriceEstimate.List>(estimate).Amount);

        var conversation = (await bench.MessageAsync("wamid.same")).ConversationId;
        Assert.Null((await PanelAsync()).Cost);
        await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.Wamid == "wamid.abroad").ExecuteUpdateAsync(set => set.SetProperty(m => m.PricingType, (string?)null)));
        Assert.Equal((insight.Costs[0].Amount, "USD"), ((await PanelAsync()).Cost!.Value, (await PanelAsync()).Currency));

        Task<PanelFacts> PanelAsync() => bench.Core.Get<ReadPanelFacts>().RunAsync(Caller.System, conversation, CancellationToken.None);
    }

    private static async Task<IntakeBench> StartAsync(DatabaseProvider provider)
    {
        var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions { Clock = new FakeTimeProvider(Now) });
        await bench.Core.WithDbAsync(async db =>
        {
            db.Templates.Add(new Template
            {
                BusinessAccountId = bench.Core.AccountId,
                WhatsAppId = "1",
                Name = "spring_sale",
                Language = "en",
                Status = "APPROVED",
                Category = "MARKETING",
                ComponentsJson = """[{"type":"BODY","text":"Everything is cheaper this week."}]""",
            });
            await db.SaveChangesAsync();
        });
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.first", "Hello", Hooks.Noon.AddHours(-1))));
        return bench;
    }

    /// <summary>Accepted by WhatsApp, with the estimate of a marketing message to Germany.</summary>
    private static Task SentAsync(IntakeBench bench, params string[] wamids) => SentInAsync(bench, "en", wamids);

    private static async Task SentInAsync(IntakeBench bench, string language, params string[] wamids)
    {
        foreach (var wamid in wamids)
        {
            var message = await bench.OutgoingAsync(DeliveryStatus.Sending, wamid);
            await bench.Core.WithDbAsync(async db =>
            {
                var row = await db.Messages.SingleAsync(m => m.Id == message.Id);
                (row.Kind, row.TemplateName, row.TemplateLanguage) = (MessageKind.Template, "spring_sale", language);
                (row.EstimateMicros, row.EstimateCurrency, row.EstimateMarket) = (136_500, "USD", "Germany");
                await db.SaveChangesAsync();
                row.Status = DeliveryStatus.Accepted;
                await db.SaveChangesAsync();
            });
        }
    }

    private static JsonObject Priced(JsonObject status, string type, string category = "marketing")
    {
        status["pricing"] = new JsonObject { ["billable"] = type == "regular", ["pricing_model"] = "PMP", ["type"] = type, ["category"] = category };
        return status;
    }

    private static Task<long> TemplateAsync(IntakeBench bench) =>
        bench.Core.WithDbAsync(db => db.Templates.Where(t => t.Name == "spring_sale").Select(t => t.Id).SingleAsync());

    private static async Task<TemplateInsight> ReadAsync(IntakeBench bench) =>
        (await bench.Core.Get<ReadTemplateInsight>().RunAsync(Caller.System, await TemplateAsync(bench), 30, CancellationToken.None))!;

    private static Task FoldAsync(IntakeBench bench) => bench.Core.WithDbAsync(async db =>
    {
        while (await FoldTicks.RunAsync(db, bench.Core.Get<WriterLane>(), CancellationToken.None) > 0)
        {
        }
    });
}
