using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Live;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Live;

public sealed class SharedReadTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<(IReadOnlyCollection<long> Keys, TaskCompletionSource<int> Answer)> _reads = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Twenty_screens_that_ask_while_one_reads_share_the_next_read()
    {
        var shared = Shared(TimeSpan.Zero);
        var first = shared.AskAsync([1]);
        await ReadsAsync(1);

        var others = Enumerable.Range(2, 20).Select(key => shared.AskAsync([key, 99])).ToList();
        _reads.First().Answer.SetResult(1);
        await ReadsAsync(2);
        _reads.Last().Answer.SetResult(2);

        Assert.Equal(1, await first);
        Assert.All(await Task.WhenAll(others), answer => Assert.Equal(2, answer));
        Assert.Equal([.. Enumerable.Range(2, 20).Select(key => (long)key), 99], _reads.Last().Keys.Order());
        Assert.Equal(2, _reads.Count);
    }

    [Fact]
    public async Task The_next_read_waits_for_the_quiet_time()
    {
        var shared = Shared(Quiet);
        _ = shared.AskAsync([1]);
        await ReadsAsync(1);
        var next = shared.AskAsync([2]);
        _reads.First().Answer.SetResult(1);

        // Until it rests no time passes on this clock; afterwards a whole rest does.
        await Until.TrueAsync(
            () =>
            {
                _clock.Advance(Quiet / 4);
                return _reads.Count == 2;
            },
            "the second read");
        _reads.Last().Answer.SetResult(2);

        Assert.Equal(2, await next);
        Assert.True(_clock.GetUtcNow() - _clock.Start >= Quiet);
    }

    [Fact]
    public async Task A_failed_read_fails_those_who_asked_and_nobody_later()
    {
        var shared = Shared(TimeSpan.Zero);
        var fails = shared.AskAsync([1]);
        await ReadsAsync(1);
        var works = shared.AskAsync([2]);
        _reads.First().Answer.SetException(new InvalidOperationException("The database is away."));
        await ReadsAsync(2);
        _reads.Last().Answer.SetResult(2);

        await Assert.ThrowsAsync<InvalidOperationException>(() => fails);
        Assert.Equal(2, await works);
    }

    private SharedRead<long, int> Shared(TimeSpan quiet) => new(
        keys =>
        {
            var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            _reads.Enqueue(([.. keys], answer));
            return answer.Task;
        },
        quiet,
        _clock);

    private Task ReadsAsync(int count) => Until.TrueAsync(() => _reads.Count >= count, $"{count} reads");
}
