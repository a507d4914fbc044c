using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Live;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Live;

/// <summary>How often a listener refreshes, and what it is told.</summary>
public sealed class LiveUpdatesTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    private readonly PauseClock _clock = new();
    private readonly LiveUpdates _live;
    private readonly Listener _listener = new();

    public LiveUpdatesTests()
    {
        _live = new LiveUpdates(_clock);
    }

    [Fact]
    public async Task The_first_change_refreshes_at_once_and_a_thousand_more_in_the_quiet_time_refresh_once()
    {
        using var subscription = _live.SubscribeInbox(null, _listener.HearAsync, Quiet);

        _live.Publish(new InboxChanged(1, 0));
        await _listener.RefreshesAsync(1);
        for (var id = 1; id <= 1_000; id++)
        {
            _live.Publish(new InboxChanged(1, id % 50));
        }

        await _clock.PausesAsync(1);
        _clock.Advance(Quiet - TimeSpan.FromMilliseconds(1));
        Assert.Single(_listener.Heard);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _listener.RefreshesAsync(2);
        await _clock.PausesAsync(2);
        _clock.Advance(10 * Quiet);

        Assert.Equal([1, 50], _listener.Heard.Select(news => news.Rows.Count));
        Assert.DoesNotContain(_listener.Heard, news => news.Everything);
    }

    [Fact]
    public async Task Changes_published_together_are_one_refresh()
    {
        using var subscription = _live.SubscribeInbox(null, _listener.HearAsync, Quiet);

        _live.Publish([.. Enumerable.Range(1, 150).Select(id => new InboxChanged(id % 3, id))]);
        await _listener.RefreshesAsync(1);
        await _clock.PassAsync(1, Quiet);
        _live.Publish(new InboxChanged(1, 999));
        await _listener.RefreshesAsync(2);

        Assert.Equal([150, 1], _listener.Heard.Select(news => news.Rows.Count));
    }

    [Fact]
    public async Task A_refresh_that_takes_long_is_not_run_twice_at_once_and_rests_as_long_as_it_took()
    {
        using var subscription = _live.SubscribeInbox(null, _listener.HearAsync, Quiet);
        var reading = _listener.HoldNext();

        _live.Publish(new InboxChanged(1, 1));
        await _listener.RefreshesAsync(1);
        _live.Publish(new InboxChanged(1, 2));
        _clock.Advance(TimeSpan.FromSeconds(3));
        reading.SetResult();
        await _clock.PassAsync(1, TimeSpan.FromSeconds(2.9));
        Assert.Single(_listener.Heard);

        _clock.Advance(TimeSpan.FromSeconds(0.2));
        await _listener.RefreshesAsync(2);
        Assert.Equal([2L], _listener.Heard[1].Rows);
    }

    [Fact]
    public async Task A_failed_refresh_does_not_stop_later_ones()
    {
        using var subscription = _live.SubscribeInbox(null, _listener.HearAsync, Quiet);
        _listener.FailNext();

        _live.Publish(new InboxChanged(1, 1));
        await _listener.RefreshesAsync(1);
        await _clock.PassAsync(1, Quiet);
        _live.Publish(new InboxChanged(1, 2));

        await _listener.RefreshesAsync(2);
    }

    [Fact]
    public async Task Only_listeners_of_that_conversation_and_of_that_number_hear()
    {
        var (other, everyNumber, header) = (new Listener(), new Listener(), new Listener());
        using var one = _live.SubscribeConversation(10, _listener.HearAsync, TimeSpan.Zero);
        using var two = _live.SubscribeConversation(11, other.HearAsync, TimeSpan.Zero);
        using var three = _live.SubscribeInbox(new HashSet<long> { 2, 3 }, other.HearAsync, TimeSpan.Zero);
        using var four = _live.SubscribeInbox(null, everyNumber.HearAsync, TimeSpan.Zero);
        using var five = _live.SubscribeHeader(10, () => header.HearAsync(LiveNews.All), TimeSpan.Zero);

        _live.Publish(new MessageChanged(1, 10, 500), new InboxChanged(1, 10));
        await _listener.RefreshesAsync(1);
        await everyNumber.RefreshesAsync(1);
        _live.Publish(new HeaderChanged(1, 10));
        await header.RefreshesAsync(1);
        _live.Publish(new InboxChanged(3, 44));
        await other.RefreshesAsync(1);

        Assert.Equal([500L], Assert.Single(_listener.Heard).Lines);
        Assert.Equal([44L], Assert.Single(other.Heard).Rows);
        Assert.Single(header.Heard);
    }

    [Fact]
    public async Task More_different_changes_than_worth_telling_apart_mean_everything()
    {
        using var subscription = _live.SubscribeInbox(null, _listener.HearAsync, Quiet);

        _live.Publish([.. Enumerable.Range(1, LiveRefresh.Capacity + 1).Select(id => new InboxChanged(1, id))]);
        await _listener.RefreshesAsync(1);

        Assert.True(_listener.Heard[0].Everything);
        Assert.Null(_listener.Heard[0].Lines);
    }

    [Fact]
    public async Task After_a_time_in_which_changes_may_have_been_missed_everybody_reads_everything()
    {
        using var list = _live.SubscribeInbox(new HashSet<long> { 1 }, _listener.HearAsync, Quiet);
        var thread = new Listener();
        using var lines = _live.SubscribeConversation(5, thread.HearAsync, Quiet);

        _live.PokeAll();

        await _listener.RefreshesAsync(1);
        await thread.RefreshesAsync(1);
        Assert.All([.. _listener.Heard, .. thread.Heard], news => Assert.True(news.Everything));
    }

    [Fact]
    public async Task Who_left_is_forgotten()
    {
        var subscription = _live.SubscribeInbox(new HashSet<long> { 1, 2 }, _listener.HearAsync, Quiet);
        var thread = _live.SubscribeConversation(5, _listener.HearAsync, Quiet);
        Assert.Equal(2, _live.Subscriptions);

        subscription.Dispose();
        subscription.Dispose();
        thread.Dispose();
        _live.Publish(new InboxChanged(1, 1), new ConversationChanged(1, 5));

        Assert.Equal(0, _live.Subscriptions);
        using var after = _live.SubscribeInbox(null, _listener.HearAsync, TimeSpan.Zero);
        _live.Publish(new InboxChanged(1, 7));
        await _listener.RefreshesAsync(1);
        Assert.Equal([7L], _listener.Heard[0].Rows);
    }

    [Fact]
    public void A_change_of_which_only_the_whole_is_known_names_no_lines()
    {
        Assert.Null(new LiveNews([new MessageChanged(1, 2, 3), new ConversationChanged(1, 2)], Everything: false).Lines);
        Assert.Equal([3L], new LiveNews([new MessageChanged(1, 2, 3), new HeaderChanged(1, 2)], Everything: false).Lines);
    }

    /// <summary>Knows how many pauses were begun, so that time passes after a pause begins and not before.</summary>
    private sealed class PauseClock : FakeTimeProvider
    {
        private int _pauses;

        public Task PausesAsync(int count) => Until.TrueAsync(() => Volatile.Read(ref _pauses) >= count, $"pause {count} to begin");

        public async Task PassAsync(int pauses, TimeSpan time)
        {
            await PausesAsync(pauses);
            Advance(time);
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Interlocked.Increment(ref _pauses);
            return timer;
        }
    }

    private sealed class Listener
    {
        private readonly List<LiveNews> _heard = [];
        private TaskCompletionSource? _held;
        private bool _fails;

        public IReadOnlyList<LiveNews> Heard
        {
            get
            {
                lock (_heard)
                {
                    return [.. _heard];
                }
            }
        }

        public TaskCompletionSource HoldNext() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void FailNext() => _fails = true;

        public Task HearAsync(LiveNews news)
        {
            lock (_heard)
            {
                _heard.Add(news);
            }

            if (_fails)
            {
                _fails = false;
                throw new InvalidOperationException("The screen has a fault.");
            }

            return Interlocked.Exchange(ref _held, null)?.Task ?? Task.CompletedTask;
        }

        public Task RefreshesAsync(int count) => Until.TrueAsync(() => Heard.Count >= count, $"{count} refreshes");
    }
}
