using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Templates.Insight;
using WaConsole.Core.Window;
using WaConsole.Simulator.World;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Templates;

public sealed class LinkClicksTests
{
    private const string Button = "Track the parcel";

    private static readonly Caller Agent = new(1, "Ana", Role.Agent, null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Links_that_customers_open_are_counted_once_WhatsApp_was_told_to_count(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var id = await SyncAsync(core);
        var (amina, luz) = (await SendAsync(simulator, "Amina", "491713920001"), await SendAsync(simulator, "Luz", "34600000002"));
        var fetch = core.Get<FetchLinkClicks>();
        Assert.Equal((LinkClicksState.NeverAsked, (DateTime?)null), ((await ReadAsync(core, id)).State, (await ReadAsync(core, id)).ReadAtUtc));

        Assert.True(await fetch.RunAsync(Agent, id, always: false, Token));
        var off = await ReadAsync(core, id);
        Assert.Equal((LinkClicksState.NotEnabled, true, (DateTime?)null), (off.State, off.MayEnable, off.ReadAtUtc));
        Assert.False((await core.Get<ReadLinkClicks>().RunAsync(Agent, id, 30, Token))!.MayEnable);
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<EnableLinkClicks>().RunAsync(Agent, id, Token));

        Assert.IsType<EnableLinkClicksOutcome.Enabled>(await core.Get<EnableLinkClicks>().RunAsync(Caller.System, id, Token));
        var none = await ReadAsync(core, id);
        Assert.Equal((LinkClicksState.Counted, false, 0), (none.State, none.MayEnable, none.Clicks));
        Assert.NotNull(none.ReadAtUtc);

        Open(simulator, amina, 2);
        Open(simulator, luz, 1);
        Assert.False(await fetch.RunAsync(Agent, id, always: false, Token));
        Assert.True(await fetch.RunAsync(Agent, id, always: true, Token));
        Assert.True(await fetch.RunAsync(Agent, id, always: true, Token));

        Assert.Equal([new LinkClicks(Button, 3, 2)], (await ReadAsync(core, id)).Buttons);
        Assert.Null(await core.Get<ReadLinkClicks>().RunAsync(new Caller(1, "Ben", Role.Agent, new HashSet<long> { 9999 }), id, 30, Token));
    }

    [Theory, EveryDatabase]
    public async Task What_is_asked_for_is_counted_back_by_the_clock_of_who_answers(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var id = await SyncAsync(core);
        simulator.World.Clock.Advance(TimeSpan.FromDays(30));
        core.Get<WhatsAppClock>().Offset = TimeSpan.FromDays(30);

        Assert.IsType<EnableLinkClicksOutcome.Enabled>(await core.Get<EnableLinkClicks>().RunAsync(Caller.System, id, Token));

        Assert.Equal(LinkClicksState.Counted, (await ReadAsync(core, id)).State);
    }

    [Theory, EveryDatabase]
    public async Task Every_day_the_links_of_what_is_in_use_are_read_ten_templates_at_a_time(DatabaseProvider provider)
    {
        await using var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var id = await SyncAsync(core);
        simulator.World.ChangeAccount(account => account with { InsightsEnabled = true });
        Open(simulator, await SendAsync(simulator, "Amina", "491713920001"), 1);
        await core.WithDbAsync(async db =>
        {
            for (var i = 0; i < 12; i++)
            {
                var other = TemplateDraftTests.TemplateOf(core, $"a_other_{i}", Every.Plain, "APPROVED");
                (other.WhatsAppId, other.LastUsedOn) = ($"99{i}", DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
                other.ComponentsJson = """[{"type":"BODY","text":"Hello"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"Open","url":"https://a.example/"}]}]""";
                db.Templates.Add(other);
            }

            await db.SaveChangesAsync(Token);
            await db.Templates.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedOn, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)), Token);
        });

        using var worker = new LinkClicksWorker(
            core.Get<Store>(), core.Get<AccountDirectory>(), core.Get<FetchLinkClicks>(), new Heartbeats(TimeProvider.System), TimeProvider.System,
            NullLogger<LinkClicksWorker>.Instance);
        await worker.StartAsync(Token);
        await Until.TrueAsync(async () => (await ReadAsync(core, id)).State == LinkClicksState.Counted, "the links were read");

        await worker.StopAsync(CancellationToken.None);
        Assert.Equal(1, (await ReadAsync(core, id)).Clicks);
        Assert.Equal(13, await core.WithDbAsync(db => db.Templates.CountAsync(t => t.LinkClicksReadAtUtc != null, Token)));
    }

    [Theory, EveryDatabase]
    public async Task What_was_read_stays_when_WhatsApp_cannot_be_asked_and_only_templates_with_links_have_any(DatabaseProvider provider)
    {
        var simulator = await SimulatorHost.StartAsync();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { GraphBaseAddress = simulator.Uri });
        var id = await SyncAsync(core);
        simulator.World.ChangeAccount(account => account with { InsightsEnabled = true });
        Open(simulator, await SendAsync(simulator, "Amina", "491713920001"), 1);
        await core.Get<FetchLinkClicks>().RunAsync(Agent, id, always: true, Token);
        await simulator.DisposeAsync();

        await core.Get<FetchLinkClicks>().RunAsync(Agent, id, always: true, Token);

        var links = await ReadAsync(core, id);
        Assert.Equal((LinkClicksState.Failed, 1), (links.State, links.Clicks));
        var plain = await core.WithDbAsync(db => db.Templates.Where(t => t.Name == "how_were_we" && t.Language == "en").Select(t => t.Id).SingleAsync(Token));
        Assert.Null(await core.Get<ReadLinkClicks>().RunAsync(Caller.System, plain, 30, Token));
        Assert.False(await core.Get<FetchLinkClicks>().RunAsync(Agent, plain, always: true, Token));
    }

    private static async Task<long> SyncAsync(CoreHost core)
    {
        Assert.IsType<SyncTemplatesOutcome.Done>(await core.Get<SyncTemplates>().RunAsync(Caller.System, core.NumberId, Token));
        return await core.WithDbAsync(db => db.Templates.Where(t => t.Name == "order_shipped" && t.Language == "en").Select(t => t.Id).SingleAsync(Token));
    }

    private static async Task<TemplateLinks> ReadAsync(CoreHost core, long id) => (await core.Get<ReadLinkClicks>().RunAsync(Caller.System, id, 30, Token))!;

    private static async Task<(string Customer, string Wamid)> SendAsync(SimulatorHost simulator, string name, string phone)
    {
        var customer = Assert.IsType<CustomerOutcome.Done>(simulator.World.MakeCustomer(new NewCustomer(name, phone))).Customer;
        using var http = new HttpClient { BaseAddress = simulator.Uri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestAccount.AccessToken);
        using var body = new StringContent(
            $$$"""
            {"messaging_product":"whatsapp","to":"{{{phone}}}","type":"template","template":{"name":"order_shipped","language":{"code":"en"},"components":[
            {"type":"body","parameters":[{"type":"text","text":"{{{name}}}"},{"type":"text","text":"AO-1"},{"type":"text","text":"Friday"}]},
            {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"AO-1"}]}]}}
            """, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"v25.0/{TestAccount.PhoneNumberId}/messages", UriKind.Relative), body, Token);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        return (customer.Id, json.RootElement.GetProperty("messages")[0].GetProperty("id").GetString()!);
    }

    private static void Open(SimulatorHost simulator, (string Customer, string Wamid) message, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.IsType<WriteOutcome.Sent>(simulator.World.Tap(message.Customer, message.Wamid, Button));
        }
    }
}
