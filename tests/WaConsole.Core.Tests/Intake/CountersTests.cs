using WaConsole.Core.Intake;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

public sealed class CountersTests
{
    [Theory]
    [EveryDatabase]
    public async Task The_counters_add_up_at_every_moment_under_load(DatabaseProvider provider)
    {
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions { Workers = true });
        var traffic = new RandomTraffic(4_711);
        List<byte[]> bodies = [.. Enumerable.Range(0, 300).Select(_ => traffic.NextBody())];
        var accepting = Task.WhenAll(bodies.Chunk(50).Select(chunk => Task.Run(async () =>
        {
            foreach (var body in chunk)
            {
                Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(body));
            }
        })));

        var looks = 0;
        await Until.TrueAsync(
            async () =>
            {
                looks++;
                return (await bench.CountAsync()).Pending == 0 && accepting.IsCompleted;
            },
            "all of it worked off");

        await accepting;
        Assert.True(looks > 1);
        Assert.True((await bench.CountAsync()).Received > bodies.Count);
    }
}
