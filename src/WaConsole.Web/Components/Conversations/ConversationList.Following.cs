using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Team;

namespace WaConsole.Web.Components.Conversations;

/// <summary>
/// How the list follows changes. Changed rows are read at once and put where they belong. What they do not tell is read once a second at
/// most: the page, where rows from beyond its ends may have come in, and the counts of the tabs. A search is asked again more seldom still.
/// </summary>
public sealed partial class ConversationList
{
    private static readonly TimeSpan PageQuiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SearchQuiet = TimeSpan.FromSeconds(5);

    private LiveRefresh? _again;
    private LiveRefresh? _countAgain;
    private LiveRefresh? _searchAgain;
    private Task _page = Task.CompletedTask;
    private Task _inTurn = Task.CompletedTask;
    private DateTime _readAt;

    private void Follow(Caller caller)
    {
        _again = live.Pace(() => RefreshAsync(ReadAsync), PageQuiet);
        _countAgain = live.Pace(() => RefreshAsync(CountAgainAsync), PageQuiet);
        _searchAgain = live.Pace(() => RefreshAsync(SearchAgainAsync), SearchQuiet);
        Hear(_again);
        Hear(_countAgain);
        Hear(_searchAgain);
        Hear(live.SubscribeInbox(caller.Numbers, news => RefreshAsync(() => FollowAsync(news)), wants: change => Concerns(caller.AgentId, change)));
    }

    /// <summary>
    /// A message in a conversation that stays with somebody else changes nothing here, unless all are shown. With hundreds of agents this is
    /// nearly every message. It is asked on a foreign thread; a view that is just being changed reads its page afterwards.
    /// </summary>
    private bool Concerns(long? agentId, InboxChanged change) => change.StaysWith is not { } owner || View.Tab switch
    {
        InboxTab.Mine => owner == agentId,
        InboxTab.Unassigned => false,
        _ => true,
    };

    /// <returns>Whether anything on screen changed.</returns>
    private async Task<bool> FollowAsync(LiveNews news)
    {
        var drawn = false;
        await InTurnAsync(async () => drawn = await PlaceAsync(news));
        return drawn;
    }

    private async Task<bool> PlaceAsync(LiveNews news)
    {
        if (news.Everything || _window is null)
        {
            AskAgain(page: true, counts: true);
            return false;
        }

        var changed = news.RowsOf(View.NumberId);
        if (Searches)
        {
            // Whether others are found now only the search knows.
            _searchAgain?.Poke();
            changed = (_fresh ?? _window).Rows.Select(row => row.Id).Where(changed.Contains).ToHashSet();
        }

        if (changed.Count == 0)
        {
            return false;
        }

        var turn = _turn;
        var fresh = await changedRows.RunAsync(await current.ReadAsync(Gone), View.Query(Viewer, null, InboxWindow.PageSize), changed, Gone);
        if (turn != _turn)
        {
            // A page was asked for after this change was heard, and holds it.
            return false;
        }

        if (fresh is null)
        {
            AskAgain(page: true, counts: true);
            return false;
        }

        var now = whatsApp.UtcNow;
        var known = _fresh ?? _window;
        if (Searches)
        {
            // Why each was found only the search tells.
            var found = known.Rows.ToDictionary(row => row.Id, row => row.Found);
            fresh = [.. fresh.Select(row => row with { Found = found.GetValueOrDefault(row.Id) })];
        }

        var placed = new ListPlace(View.Sort, _readAt, now).Merge(known, changed, fresh);
        AskAgain(page: placed.Incomplete && !Searches, counts: placed.CountsMayDiffer);
        if (ReferenceEquals(placed.Window, known))
        {
            return false;
        }

        _now = now;
        Place(placed.Window);
        return true;
    }

    private void AskAgain(bool page, bool counts)
    {
        if (page)
        {
            _again?.Poke();
        }

        if (counts)
        {
            _countAgain?.Poke();
        }
    }

    private async Task<bool> CountAgainAsync()
    {
        if (Searches)
        {
            return false;
        }

        var filter = CountFilter;
        var counts = await tabs.RunAsync(await current.ReadAsync(Gone), View.Query(Viewer, null, 1), Gone);
        if (Searches || filter != CountFilter || counts is null || counts == _counts)
        {
            return false;
        }

        (_counts, _countedFor) = (counts, filter);
        return true;
    }

    private async Task<bool> SearchAgainAsync()
    {
        if (!Searches)
        {
            return false;
        }

        await ReadAsync();
        return true;
    }

    /// <summary>One after the other, and after a page that is being read: what was read earlier must not overwrite what was read later.</summary>
    private async Task InTurnAsync(Func<Task> read)
    {
        var (before, done) = (_inTurn, new TaskCompletionSource());
        _inTurn = done.Task;
        try
        {
            await before;
            while (!_page.IsCompleted)
            {
                await _page.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }

            await read();
        }
        finally
        {
            done.SetResult();
        }
    }
}
