using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Numbers;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Sending;

public sealed class PaceLeaseTests
{
    private readonly FakeTimeProvider _clock = SendingBench.StandingClock();

    [Theory]
    [EveryDatabase]
    public async Task A_number_is_sent_for_by_one_node_until_it_is_given_back(DatabaseProvider provider)
    {
        await using var one = await NodeAsync(provider);
        await using var other = await NodeAsync(provider, one);
        var number = new DueNumber(one.NumberId, ThroughputLevel.Standard);

        Assert.Equal(TimeSpan.Zero, await TakeAsync(one, number));
        Assert.Equal(PaceLease.Length, await TakeAsync(other, number));
        _clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(TimeSpan.Zero, await TakeAsync(one, number));
        Assert.Equal(PaceLease.Length, await TakeAsync(other, number));
        Assert.True(one.Get<PaceLease>().Holds(one.NumberId));
        Assert.False(other.Get<PaceLease>().Holds(one.NumberId));

        await one.Get<PaceLease>().GiveBackAsync(one.NumberId, CancellationToken.None);

        Assert.Equal(TimeSpan.Zero, await TakeAsync(other, number));
        Assert.True(await TakeAsync(one, number) > TimeSpan.Zero);
    }

    [Theory]
    [EveryDatabase]
    public async Task What_a_node_has_sent_in_its_last_second_counts_for_the_next_node_too(DatabaseProvider provider)
    {
        await using var one = await NodeAsync(provider);
        await using var other = await NodeAsync(provider, one);
        var number = new DueNumber(one.NumberId, ThroughputLevel.Standard);
        await TakeAsync(one, number);
        Assert.Equal(SendingBench.Burst, Drain(one));

        await one.Get<PaceLease>().GiveBackAsync(one.NumberId, CancellationToken.None);
        await TakeAsync(other, number);

        Assert.Equal(0, Drain(other));
        _clock.Advance(NumberPace.Window);
        Assert.Equal(SendingBench.Burst, Drain(other));
    }

    [Theory]
    [EveryDatabase]
    public async Task The_numbers_of_a_node_that_died_are_taken_when_its_lease_has_run_out(DatabaseProvider provider)
    {
        await using var died = await NodeAsync(provider);
        await using var other = await NodeAsync(provider, died);
        var number = new DueNumber(died.NumberId, ThroughputLevel.Standard);
        await TakeAsync(died, number);

        _clock.Advance(PaceLease.Length - TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), await TakeAsync(other, number));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.False(died.Get<PaceLease>().Holds(died.NumberId));
        Assert.Equal(TimeSpan.Zero, await TakeAsync(other, number));
        Assert.Equal(0, Drain(other));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_number_that_whatsapp_slowed_down_is_slow_for_the_next_node_too(DatabaseProvider provider)
    {
        await using var one = await NodeAsync(provider);
        await using var other = await NodeAsync(provider, one);
        var number = new DueNumber(one.NumberId, ThroughputLevel.Standard);
        await TakeAsync(one, number);
        one.Get<SendPace>().Hold(one.NumberId, TimeSpan.FromMinutes(2));

        await one.Get<PaceLease>().GiveBackAsync(one.NumberId, CancellationToken.None);
        Assert.Equal(TimeSpan.Zero, await TakeAsync(other, number));
        Assert.Equal(TimeSpan.FromMinutes(2), other.Get<SendPace>().HeldFor(one.NumberId));

        await other.Get<PaceLease>().GiveBackAsync(one.NumberId, CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await TakeAsync(one, number);
        Assert.Equal(TimeSpan.Zero, one.Get<SendPace>().HeldFor(one.NumberId));
        await one.Get<PaceLease>().GiveBackAsync(one.NumberId, CancellationToken.None);
        await TakeAsync(other, number);
        Assert.Equal(TimeSpan.Zero, other.Get<SendPace>().HeldFor(one.NumberId));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_number_that_was_slowed_down_stays_so_when_its_node_dies(DatabaseProvider provider)
    {
        await using var died = await NodeAsync(provider);
        await using var other = await NodeAsync(provider, died);
        var number = new DueNumber(died.NumberId, ThroughputLevel.Standard);
        await TakeAsync(died, number);
        died.Get<SendPace>().Hold(died.NumberId, TimeSpan.FromMinutes(2));
        await died.Get<PaceLease>().TellHeldAsync(died.NumberId, TimeSpan.FromMinutes(2), CancellationToken.None);

        _clock.Advance(PaceLease.Length);
        await TakeAsync(other, number);

        Assert.Equal(TimeSpan.FromMinutes(2) - PaceLease.Length, other.Get<SendPace>().HeldFor(died.NumberId));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_number_that_another_node_was_told_to_hold_waits_where_it_is_sent_from(DatabaseProvider provider)
    {
        await using var sends = await NodeAsync(provider);
        await using var hears = await NodeAsync(provider, sends);
        var number = new DueNumber(sends.NumberId, ThroughputLevel.Standard);
        await TakeAsync(sends, number);

        await hears.Get<PaceLease>().TellHeldAsync([sends.NumberId], TimeSpan.FromMinutes(2), CancellationToken.None);
        await hears.Get<PaceLease>().TellHeldAsync([sends.NumberId], TimeSpan.FromMinutes(1), CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await TakeAsync(sends, number);

        Assert.Equal(TimeSpan.FromSeconds(110), sends.Get<SendPace>().HeldFor(sends.NumberId));
    }

    [Theory]
    [EveryDatabase]
    public async Task A_hold_that_a_node_did_not_hear_of_outlives_its_giving_back_and_a_shorter_one_of_its_own(DatabaseProvider provider)
    {
        await using var sends = await NodeAsync(provider);
        await using var hears = await NodeAsync(provider, sends);
        var number = new DueNumber(sends.NumberId, ThroughputLevel.Standard);
        await TakeAsync(sends, number);
        await hears.Get<PaceLease>().TellHeldAsync([sends.NumberId], TimeSpan.FromMinutes(2), CancellationToken.None);

        await sends.Get<PaceLease>().TellHeldAsync(sends.NumberId, TimeSpan.FromSeconds(5), CancellationToken.None);
        await sends.Get<PaceLease>().GiveBackAsync(sends.NumberId, CancellationToken.None);
        await TakeAsync(hears, number);

        Assert.Equal(TimeSpan.FromMinutes(2), hears.Get<SendPace>().HeldFor(sends.NumberId));
    }

    [Theory]
    [EveryDatabase]
    public async Task Five_nodes_at_once_make_one_holder(DatabaseProvider provider)
    {
        await using var first = await NodeAsync(provider);
        List<CoreHost> nodes = [first];
        for (var index = 0; index < 4; index++)
        {
            nodes.Add(await NodeAsync(provider, first));
        }

        var number = new DueNumber(first.NumberId, ThroughputLevel.Standard);
        var waits = await Task.WhenAll(nodes.Select(node => Task.Run(() => TakeAsync(node, number))));

        Assert.Single(waits, TimeSpan.Zero);
        foreach (var node in nodes.Skip(1))
        {
            await node.StopAsync();
        }
    }

    private Task<CoreHost> NodeAsync(DatabaseProvider provider, CoreHost? of = null) =>
        CoreHost.StartAsync(provider, new CoreHostOptions { Clock = _clock, RestartOf = of });

    private static Task<TimeSpan> TakeAsync(CoreHost node, DueNumber number) => node.Get<PaceLease>().TakeAsync(number, CancellationToken.None);

    private static int Drain(CoreHost node) => Enumerable.Range(0, 100)
        .TakeWhile(_ => node.Get<SendPace>().TakeNumber(node.NumberId, ThroughputLevel.Standard, isAgents: true).Flight is not null).Count();
}
