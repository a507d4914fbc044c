using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Conversations;
using WaConsole.Core.Policy;
using WaConsole.Core.Rights;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Capture;

public sealed class StopReplyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_stop_is_confirmed_once_however_often_it_is_said_and_taken_back(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "STOP")));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", "STOP", Hooks.Noon.AddMinutes(1))));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.3", "START", Hooks.Noon.AddMinutes(2))));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.4", "STOP", Hooks.Noon.AddMinutes(3))));

        var sent = Assert.Single(await bench.SentAsync());
        Assert.Equal(StopReply.Usual("en"), sent.Text);
        Assert.IsType<MessageContent.Automatic>(ContentJson.Read(sent.ContentJson));
    }

    [Theory, EveryDatabase]
    public async Task It_says_what_the_account_set_in_the_language_of_the_last_template_and_nothing_when_switched_off(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var save = bench.Core.Get<SaveStopReply>();
        await save.RunAsync(Caller.System, bench.Core.AccountId, new StopReply { Texts = new Dictionary<string, string> { ["en"] = "Understood." } }, Token);

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "stop")));
        Assert.Equal("Understood.", Assert.Single(await bench.SentAsync()).Text);

        await save.RunAsync(Caller.System, bench.Core.AccountId, new StopReply { IsOn = false }, Token);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.2", "stop", from: "491709999999")));
        Assert.Single(await bench.SentAsync());
    }

    [Theory, EveryDatabase]
    public async Task Who_changed_it_and_who_changed_the_rules_of_sending_stands_in_the_audit_log(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var ada = new Caller(1, "Ada", Role.Admin, null);

        await bench.Core.Get<SaveStopReply>().RunAsync(ada, bench.Core.AccountId, new StopReply { Texts = new Dictionary<string, string> { ["en"] = "Understood." } }, Token);
        await bench.Core.Get<SaveGateSettings>().RunAsync(ada, bench.Core.AccountId, new GateSettings { MarketingAtMost = 2, BusinessNames = ["Alder & Oak"] }, Token);
        await bench.Core.Get<SaveStopReply>().RunAsync(ada, 999, new StopReply(), Token);
        await bench.Core.Get<SaveGateSettings>().RunAsync(ada, 999, new GateSettings(), Token);

        var lines = (await bench.Core.Get<ListAudit>().RunAsync(Caller.System, new AuditQuery(ConsentDeed.ChangedSettings), Token)).Lines;
        Assert.All(lines, line => Assert.Equal("Ada", line.ByName));
        Assert.Equal(2, lines.Count);
        var account = await bench.Core.WithDbAsync(db => db.BusinessAccounts.Where(a => a.Id == bench.Core.AccountId).Select(a => a.Name).SingleAsync(Token));
        var sending = Assert.IsType<AuditDetail.Sending>(lines[0].Detail);
        Assert.Equal((account, 2, 7, new TimeOnly(21, 0), new TimeOnly(8, 0)), (sending.Account, sending.MarketingAtMost, sending.MarketingDays, sending.QuietFrom, sending.QuietTo));
        Assert.Equal(["Alder & Oak"], sending.BusinessNames);
        var answer = Assert.IsType<AuditDetail.StopAnswer>(lines[1].Detail);
        Assert.Equal((account, true), (answer.Account, answer.IsOn));
        Assert.Equal(["en"], answer.Languages);
    }

    [Theory, EveryDatabase]
    public async Task A_stop_that_is_learned_of_after_its_window_gets_no_answer_and_counts(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        bench.Clock.Advance(TimeSpan.FromDays(3));

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.1", "STOP")));

        Assert.Empty(await bench.SentAsync());
        Assert.NotNull((await bench.Intake.ConversationAsync()).Contact.OptedOutAtUtc);
        Assert.Equal(0, (await bench.Intake.CountAsync()).Quarantined);
    }

    [Theory]
    [InlineData("pt_BR", "IN", "pt-BR")]
    [InlineData("pt_PT", null, "pt-BR")]
    [InlineData("de", "MX", "es")]
    [InlineData(null, "EG", "ar")]
    [InlineData(null, "DE", "en")]
    [InlineData(null, null, "en")]
    public void The_language_is_the_last_templates_or_the_countrys(string? template, string? country, string language) =>
        Assert.Equal(language, StopLanguage.Of(template, country));

    [Fact]
    public void No_confirmation_of_ours_is_itself_a_word_to_stop() =>
        Assert.All(ConsoleLanguages.All, language => Assert.Equal(HeardWish.None, OptOutWords.Read(StopReply.Usual(language))));
}
