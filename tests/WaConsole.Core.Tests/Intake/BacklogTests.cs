using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>What waits behind a body costs nothing until its turn comes.</summary>
public sealed class BacklogTests
{
    [Theory, EveryDatabase]
    public async Task Long_bodies_that_wait_are_parsed_once_each_however_many_batches_they_take(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        for (var body = 0; body < 6; body++)
        {
            Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Messages(body * 1_000, 1_000)));
        }

        var handle = bench.Core.Get<HandleDeliveries>();
        Assert.True(await handle.RunOnceAsync(CancellationToken.None));
        Assert.True(handle.IsBehind);
        Assert.Equal(1, handle.Parsed);

        await bench.WorkOffAsync();

        Assert.Equal(6, handle.Parsed);
        var intake = await bench.CountAsync();
        Assert.Equal((6_000, 6_000, 0), (intake.Received, intake.Stored, intake.Pending));
    }

    [Theory, EveryDatabase]
    public async Task Short_bodies_that_wait_are_parsed_once_each_and_share_batches(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider);
        for (var body = 0; body < 120; body++)
        {
            Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(Messages(body * 7, 7)));
        }

        var handle = bench.Core.Get<HandleDeliveries>();
        var batches = 0;
        while (await handle.RunOnceAsync(CancellationToken.None))
        {
            batches++;
        }

        Assert.Equal(120, handle.Parsed);
        Assert.InRange(batches, 1, 60);
        Assert.Equal(840, (await bench.CountAsync()).Stored);
    }

    private static byte[] Messages(int from, int count) => Hooks.Messages(
        [.. Enumerable.Range(from, count).Select(number => Hooks.Text($"wamid.{number}", $"Message {number}"))]);
}
