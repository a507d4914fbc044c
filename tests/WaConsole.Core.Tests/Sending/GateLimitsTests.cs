using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Testing;
using static WaConsole.Core.Tests.Sending.GateLimitsBench;

namespace WaConsole.Core.Tests.Sending;

/// <summary>What the gate keeps from people and numbers beyond WhatsApp's own rules.</summary>
public sealed class GateLimitsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_number_under_test_starts_conversations_with_its_testers_alone_and_answers_everybody(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        await bench.Core.WithDbAsync(db => db.BusinessAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.IsSimulated, false), Token));
        await bench.RulesAsync(new GateSettings());
        Assert.IsType<UpdateNumberOutcome.Done>(await bench.Core.Get<UpdateNumberSettings>().RunAsync(
            Caller.System,
            new NumberChange(bench.Core.NumberId, "Trial", NumberEnvironment.Testing, ReadReceiptPolicy.Never, false) { Testers = ["+49 170 1234567"] },
            Token));
        var tester = await bench.ConversationAsync(null);
        var stranger = await bench.ConversationAsync(null, phone: "491701234568");

        Assert.IsType<SendReplyOutcome.Queued>(await bench.ReplyAsync(tester, Notice("1")));
        Assert.Equal("not_a_tester", Code(await bench.ReplyAsync(stranger, Notice("1"))));
        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(set => set.SetProperty(c => c.WindowExpiresAtUtc, QueueBench.Noon.AddHours(5)), Token));
        Assert.IsType<SendReplyOutcome.Queued>(await bench.TextAsync(stranger));
    }

    [Theory, EveryDatabase]
    public async Task Asked_while_composing_the_gate_says_what_it_will_say_and_writes_nothing(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var conversation = await bench.ConversationAsync(null);
        var ask = bench.Core.Get<AskGate>();
        await bench.Core.WithDbAsync(db => db.Contacts.ExecuteUpdateAsync(set => set.SetProperty(c => c.OptedOutAtUtc, QueueBench.Noon), Token));
        var templates = await bench.Core.Get<ListTemplates>().RunAsync(QueueBench.Agent, bench.Core.NumberId, Token);

        var refused = await ask.AboutTemplatesAsync(QueueBench.Agent, conversation, templates, Token);

        Assert.Equal("opted_out", Assert.Single(refused).Value.Code);
        Assert.Equal(templates.Single(template => template.Name == "offer").Id, refused.Single().Key);
        Assert.IsType<GateVerdict.Allowed>(await ask.RunAsync(QueueBench.Agent, conversation, Notice("Ana"), Token));
        Assert.Equal("window_closed", Assert.IsType<GateVerdict.Refused>(await ask.RunAsync(QueueBench.Agent, conversation, new ReplyContent.Text("Hi"), Token)).Why.Code);
        Assert.IsType<GateVerdict.NoSuchConversation>(await ask.RunAsync(QueueBench.Agent, conversation + 1_000, Notice("Ana"), Token));
        Assert.Equal(0, await bench.MessagesAsync());
        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.ToldNotices.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task Rules_are_changed_by_admins_within_their_bounds(DatabaseProvider provider)
    {
        await using var bench = await StartAsync(provider);
        var save = bench.Core.Get<SaveGateSettings>();

        await Assert.ThrowsAsync<NotAllowedException>(() => save.RunAsync(QueueBench.Agent, bench.Core.AccountId, new GateSettings(), Token));
        Assert.Single(Assert.IsType<SaveGateSettingsOutcome.Invalid>(
            await save.RunAsync(Caller.System, bench.Core.AccountId, new GateSettings { QuietTo = null }, Token)).Sentences);
        Assert.IsType<SaveGateSettingsOutcome.Invalid>(await save.RunAsync(
            Caller.System, bench.Core.AccountId, new GateSettings { Countries = [new CountryRule("XX", null, null, 1)] }, Token));
        Assert.IsType<SaveGateSettingsOutcome.NoSuchAccount>(await save.RunAsync(Caller.System, bench.Core.AccountId + 99, new GateSettings(), Token));
        var wanted = new GateSettings { RepeatMinutes = 5, Countries = [new CountryRule("BR", new TimeOnly(20, 0), new TimeOnly(9, 0), 1)] };
        Assert.IsType<SaveGateSettingsOutcome.Saved>(await save.RunAsync(Caller.System, bench.Core.AccountId, wanted, Token));
        var read = Assert.Single(await bench.Core.Get<ReadGateSettings>().RunAsync(Caller.System, Token)).Settings;
        Assert.Equal(wanted with { Countries = [] }, read with { Countries = [] }, EqualityComparer<GateSettings>.Create((one, other) => one!.Write() == other!.Write()));
        Assert.Equal(wanted.Countries, read.Countries);
    }
}
