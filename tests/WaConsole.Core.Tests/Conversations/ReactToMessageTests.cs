using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Intake;
using WaConsole.Core.Tests.Sending;
using WaConsole.Simulator.Faults;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Conversations;

public sealed class ReactToMessageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_reaction_is_set_changed_and_taken_back_on_the_customers_phone_and_here(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider);
        var (customer, conversation) = await bench.CustomerAsync();
        var message = await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.ConversationId == conversation).Select(m => m.Id).SingleAsync(Token));
        foreach (var emoji in (string?[])["👍", "🙏", null])
        {
            Assert.IsType<ReactOutcome.Done>(await bench.Core.Get<ReactToMessage>().RunAsync(SendingBench.Agent, message, emoji, Token));

            Assert.Equal(emoji, await OursAsync(bench.Core, message));
            await bench.UntilAsync(
                () => bench.Simulator.World.FindChat(customer.Id)!.Lines.Single(line => line.FromCustomer).BusinessReaction == emoji, "the reaction on the phone");
        }

        Assert.Equal(1, await bench.Core.WithDbAsync(db => db.Messages.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task Statuses_of_a_reaction_wait_for_no_message_and_a_failed_one_is_not_shown_any_more(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        await bench.TakeAsync(WebhookBodies.Text("491713920001", "Amina", "wamid.1", "Hello"));
        var message = (await bench.MessageAsync("wamid.1")).Id;
        await bench.Core.WithDbAsync(async db =>
        {
            db.Add(new Reaction
            {
                MessageId = message,
                Emoji = "👍",
                AtUtc = Hooks.Noon.AddMinutes(-1),
            });
            await db.SaveChangesAsync(Token);
        });

        await bench.TakeAsync(WebhookBodies.Status("wamid.reaction", "sent", $"reaction:{message}", new DateTimeOffset(Hooks.Noon)));
        Assert.Equal("👍", await OursAsync(bench.Core, message));
        Assert.Equal(0, (await bench.CountAsync()).Parked);

        await bench.TakeAsync(WebhookBodies.Status("wamid.reaction", "failed", $"reaction:{message}", new DateTimeOffset(Hooks.Noon)));
        Assert.Null(await OursAsync(bench.Core, message));
        Assert.Equal(0, (await bench.CountAsync()).Parked);
    }

    [Theory, EveryDatabase]
    public async Task What_the_gate_or_whatsapp_refuses_is_said_and_not_shown(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (_, conversation) = await bench.CustomerAsync();
        var message = await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.ConversationId == conversation).Select(m => m.Id).SingleAsync(Token));
        var react = bench.Core.Get<ReactToMessage>();

        Assert.NotEmpty(Assert.IsType<ReactOutcome.Refused>(await react.RunAsync(SendingBench.Agent, message, "not an emoji", Token)).Sentence);
        Assert.IsType<ReactOutcome.NoSuchMessage>(await react.RunAsync(SendingBench.Agent with { Numbers = new HashSet<long>() }, message, "👍", Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => react.RunAsync(SendingBench.Agent with { Role = Role.Marketer }, message, "👍", Token));
        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.WindowExpiresAtUtc, c => c.WindowOpenedAtUtc), Token));
        Assert.Contains("window closed", Assert.IsType<ReactOutcome.Refused>(await react.RunAsync(SendingBench.Agent, message, "👍", Token)).Sentence, StringComparison.Ordinal);
        await bench.Core.WithDbAsync(db => db.Messages.ExecuteUpdateAsync(
            set => set.SetProperty(m => m.SentAtUtc, bench.Clock.GetUtcNow().UtcDateTime.AddDays(-31)), Token));
        Assert.Contains("30 days", Assert.IsType<ReactOutcome.Refused>(await react.RunAsync(SendingBench.Agent, message, "👍", Token)).Sentence, StringComparison.Ordinal);

        Assert.Null(await OursAsync(bench.Core, message));
    }

    [Theory, EveryDatabase]
    public async Task A_held_number_takes_no_reaction_and_says_from_when_on_it_does(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (_, conversation) = await bench.CustomerAsync();
        var message = await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.ConversationId == conversation).Select(m => m.Id).SingleAsync(Token));
        var react = bench.Core.Get<ReactToMessage>();
        bench.Core.Get<SendPace>().Hold(bench.Core.NumberId, TimeSpan.FromMinutes(5));

        await RefusedAsync();
        bench.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.IsType<ReactOutcome.Done>(await react.RunAsync(SendingBench.Agent, message, "👍", Token));

        // As another node left it.
        var until = bench.Clock.GetUtcNow().UtcDateTime.AddMinutes(5);
        await bench.Core.WithDbAsync(async db =>
        {
            await db.PaceOwners.ExecuteDeleteAsync(Token);
            db.PaceOwners.Add(new PaceOwner { NumberId = bench.Core.NumberId, UntilUtc = until.AddHours(-1), HeldUntilUtc = until });
            await db.SaveChangesAsync(Token);
        });
        await RefusedAsync();
        Assert.Equal("👍", await OursAsync(bench.Core, message));

        async Task RefusedAsync()
        {
            var told = bench.Clock.GetUtcNow().UtcDateTime.AddMinutes(5).AddSeconds(1).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            var refused = Assert.IsType<ReactOutcome.Refused>(await react.RunAsync(SendingBench.Agent, message, null, Token));
            Assert.Contains(told, refused.Sentence, StringComparison.Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_reaction_counts_in_the_pace_of_number_and_customer(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (_, conversation) = await bench.CustomerAsync();
        var message = await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.ConversationId == conversation).Select(m => m.Id).SingleAsync(Token));
        var (react, pace) = (bench.Core.Get<ReactToMessage>(), bench.Core.Get<SendPace>());
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        var spent = pace.SpentBy(bench.Core.NumberId);

        Assert.IsType<ReactOutcome.Done>(await react.RunAsync(SendingBench.Agent, message, "👍", Token));

        Assert.Equal(spent + 1, pace.SpentBy(bench.Core.NumberId));
        var now = PairPace.Moment(bench.Clock.GetUtcNow().UtcDateTime);
        Assert.Equal(now + PairPace.Interval, await PaidAsync(bench.Core, conversation));

        await bench.Core.WithDbAsync(db => db.Conversations.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.PairPaidUntil, now + PairPace.Burst * PairPace.Interval), Token));
        Assert.Contains("this customer", Assert.IsType<ReactOutcome.Refused>(
            await react.RunAsync(SendingBench.Agent, message, null, Token)).Sentence, StringComparison.Ordinal);
        Assert.Equal("👍", await OursAsync(bench.Core, message));
    }

    [Theory, EveryDatabase]
    public async Task A_reaction_that_is_too_much_for_the_number_holds_it(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (_, conversation) = await bench.CustomerAsync();
        var message = await bench.Core.WithDbAsync(db => db.Messages.Where(m => m.ConversationId == conversation).Select(m => m.Id).SingleAsync(Token));
        bench.Fault(FaultKind.Throughput);

        Assert.IsType<ReactOutcome.Refused>(await bench.Core.Get<ReactToMessage>().RunAsync(SendingBench.Agent, message, "👍", Token));

        Assert.NotEqual(TimeSpan.Zero, bench.Core.Get<SendPace>().HeldFor(bench.Core.NumberId));
        var now = bench.Clock.GetUtcNow().UtcDateTime;
        Assert.True(await bench.Core.WithDbAsync(db => db.PaceOwners.AnyAsync(o => o.NumberId == bench.Core.NumberId && o.HeldUntilUtc > now, Token)));
    }

    [Theory, EveryDatabase]
    public async Task A_reaction_for_which_the_number_has_no_place_costs_the_customer_nothing(DatabaseProvider provider)
    {
        await using var bench = await SendingBench.StartAsync(provider, clock: SendingBench.StandingClock());
        var (_, conversation) = await bench.CustomerAsync();
        var (place, pace) = (bench.Core.Get<TakePlace>(), bench.Core.Get<SendPace>());
        bench.Clock.Advance(TimeSpan.FromSeconds(2));
        List<Flight> flights = [];
        while (pace.TakeNumber(bench.Core.NumberId, ThroughputLevel.Standard, isAgents: true) is { Flight: { } flight })
        {
            flights.Add(flight);
        }

        await using var db = await bench.Core.Get<Store>().OpenAsync(Token);
        using var gone = new CancellationTokenSource();
        var waiting = place.RunAsync(db, bench.Core.NumberId, conversation, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var paid = await PaidAsync(bench.Core, conversation);
        Assert.True(PairPace.Wait(paid, PairPace.Moment(bench.Clock.GetUtcNow().UtcDateTime)) <= TimeSpan.Zero);
        Assert.InRange(paid, 0, PairPace.Moment(bench.Clock.GetUtcNow().UtcDateTime));
    }

    private static Task<long> PaidAsync(CoreHost core, long conversation) =>
        core.WithDbAsync(db => db.Conversations.Where(c => c.Id == conversation).Select(c => c.PairPaidUntil).SingleAsync(Token));

    private static Task<string?> OursAsync(CoreHost core, long message) => core.WithDbAsync(db => db.Set<Reaction>()
        .Where(r => r.MessageId == message && !r.FromCustomer).Select(r => (string?)r.Emoji).SingleOrDefaultAsync(Token));
}
