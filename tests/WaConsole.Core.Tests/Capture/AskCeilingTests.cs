using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Notifications;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Capture;

/// <summary>What somebody gains who posts a public form again and again.</summary>
public sealed class AskCeilingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Past_its_ceiling_a_page_notes_who_agrees_and_sends_nothing_until_it_is_answered_or_an_hour_is_over(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.AskTemplateAsync();
        await bench.PageAsync(form => form with { TemplateName = "confirm", AsksPerHour = 2 });
        var admin = await bench.Core.WithDbAsync(async db =>
        {
            var agent = new Agent { UserName = "boss", DisplayName = "Boss", Role = Role.Admin };
            db.Users.Add(agent);
            await db.SaveChangesAsync(Token);
            return agent.Id;
        });

        for (var person = 1; person <= 4; person++)
        {
            Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync($"+49 170 123456{person}"));
        }

        Assert.Equal(2, (await bench.SentAsync()).Count);
        var standings = await bench.Core.WithDbAsync(db => db.ConsentStates.Where(s => s.Purpose == ConsentPurpose.Marketing).Select(s => s.What).ToListAsync(Token));
        Assert.Equal([Standing.Pending, Standing.Pending, Standing.Pending, Standing.Pending], standings);
        var told = await bench.Core.WithDbAsync(db => db.Notifications.Where(n => n.Kind == NotificationKind.QuestionsHeld).ToListAsync(Token));
        Assert.Equal((admin, "At the till"), (Assert.Single(told).AgentId, told[0].Preview));
        Assert.True(Assert.Single(await bench.Core.Get<ListOptInPages>().RunAsync(Caller.System, Token)).HeldBack);

        bench.Clock.Advance(TimeSpan.FromMinutes(61));
        await bench.AgreeAsync("+49 170 1234563");
        Assert.Equal(3, (await bench.SentAsync()).Count);
    }

    [Theory, EveryDatabase]
    public async Task A_question_that_was_answered_is_counted_no_more(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.AskTemplateAsync();
        await bench.PageAsync(form => form with { TemplateName = "confirm", AsksPerHour = 1 });
        await bench.AgreeAsync("+" + Hooks.Amina);
        var asked = Assert.Single(await bench.SentAsync());
        await bench.AgreeAsync("+49 170 7654321");
        Assert.Single(await bench.SentAsync());

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Message(
            "wamid.yes", "button", new JsonObject { ["text"] = "Yes", ["payload"] = AskButton.Payload(asked.ClientKey!.Value) }, Hooks.Noon.AddMinutes(1))));
        await bench.AgreeAsync("+49 170 7654321");

        Assert.Equal(2, (await bench.SentAsync()).Count);
    }

    [Theory, EveryDatabase]
    public async Task A_form_counts_once_answers_the_same_once_more_and_takes_no_other_number(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync();
        var form = new HandedOutForm(Guid.CreateVersion7(), Hooks.Noon.AddDays(1));

        Assert.Equal(AgreeOutcome.Taken, await SendAsync(bench, form, "+49 170 1234561"));
        Assert.Equal(AgreeOutcome.Taken, await SendAsync(bench, form, "+49 170 1234561"));
        Assert.Equal(AgreeOutcome.FormSpent, await SendAsync(bench, form, "+49 170 1234562"));
        Assert.Equal(AgreeOutcome.Taken, await SendAsync(bench, form with { Id = Guid.CreateVersion7() }, "+49 170 1234562"));
        Assert.Equal(2, await bench.Core.WithDbAsync(db => db.ConsentEntries.CountAsync(Token)));

        bench.Clock.Advance(TimeSpan.FromDays(2));
        await SendAsync(bench, new HandedOutForm(Guid.CreateVersion7(), Hooks.Noon.AddDays(3)), "+49 170 1234563");
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.SpentForms.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task A_form_sent_many_times_at_once_counts_once(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync();
        var form = new HandedOutForm(Guid.CreateVersion7(), Hooks.Noon.AddDays(1));

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 6).Select(person => SendAsync(bench, form, $"+49 170 123456{person}")));

        Assert.Single(outcomes, AgreeOutcome.Taken);
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.ConsentEntries.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task A_form_to_leave_by_counts_once_too(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var form = new HandedOutForm(Guid.CreateVersion7(), Hooks.Noon.AddDays(1));
        var leave = bench.Core.Get<LeaveByPhone>();

        Assert.Equal(LeaveOutcome.Taken, await leave.RunAsync("+49 170 1234561", null, new Leaving(false) { Form = form }, Token));
        Assert.Equal(LeaveOutcome.Taken, await leave.RunAsync("+49 170 1234561", null, new Leaving(false) { Form = form }, Token));
        Assert.Equal(LeaveOutcome.FormSpent, await leave.RunAsync("+49 170 1234562", null, new Leaving(false) { Form = form }, Token));
        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.ConsentEntries.CountAsync(Token)));
    }

    private static async Task<AgreeOutcome> SendAsync(CaptureBench bench, HandedOutForm form, string phone) => await bench.Core.Get<AgreeOnPage>().RunAsync(
        new Agreement("luna", (await bench.ShownAsync())!.VersionId, phone, "DE") { Form = form }, Token);
}
