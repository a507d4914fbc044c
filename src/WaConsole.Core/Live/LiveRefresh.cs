using System.Globalization;

namespace WaConsole.Core.Live;

/// <summary>
/// Something that refreshes when poked or told: at once the first time, then never twice at once and never more often than its quiet
/// time allows. It refreshes in the language it was made in, whatever the publisher's. Dispose to stop.
/// </summary>
public sealed class LiveRefresh : IDisposable
{
    /// <summary>More different changes than this within one quiet time are not worth telling apart.</summary>
    internal const int Capacity = 200;

    private readonly Func<LiveChange, bool>? _wants;
    private readonly Func<LiveNews, Task> _refresh;
    private readonly TimeSpan _quiet;
    private readonly TimeProvider _clock;
    private readonly Action<LiveRefresh>? _remove;
    private readonly Lock _gate = new();
    private readonly NewsBuffer _news = new(Capacity);
    private readonly CancellationTokenSource _gone = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo _language = CultureInfo.CurrentUICulture;
    private bool _noted;
    private bool _running;

    internal LiveRefresh(
        Func<LiveChange, bool>? wants, Func<LiveNews, Task> refresh, TimeSpan quiet, TimeProvider clock, Action<LiveRefresh>? remove)
    {
        _wants = wants;
        _refresh = refresh;
        _quiet = quiet;
        _clock = clock;
        _remove = remove;
    }

    /// <summary>Asks for a refresh of everything.</summary>
    public void Poke()
    {
        lock (_gate)
        {
            _news.AddEverything();
            _noted = true;
        }

        Start();
    }

    /// <returns>True when nobody else will start the refresh: call <see cref="Start"/> when all of a batch was noted.</returns>
    internal bool Note(LiveChange change)
    {
        if (_wants?.Invoke(change) is false)
        {
            return false;
        }

        lock (_gate)
        {
            _news.Add(change);
            if (_noted)
            {
                return false;
            }

            _noted = true;
            return !_running;
        }
    }

    internal void Start()
    {
        lock (_gate)
        {
            if (_running || !_noted || _gone.IsCancellationRequested)
            {
                return;
            }

            _running = true;
        }

        _ = Task.Run(RunAsync);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_gone.IsCancellationRequested)
            {
                return;
            }

            _gone.Cancel();
        }

        _remove?.Invoke(this);
    }

    private async Task RunAsync()
    {
        CultureInfo.CurrentCulture = _culture;
        CultureInfo.CurrentUICulture = _language;
        do
        {
            var started = _clock.GetTimestamp();
            await RefreshAsync(Take());
            var took = _clock.GetElapsedTime(started);
            LiveMeter.RefreshDuration.Record(took.TotalSeconds);
            await PauseAsync(took);
        }
        while (GoesOn());
    }

    private LiveNews Take()
    {
        lock (_gate)
        {
            _noted = false;
            return _news.Take() ?? LiveNews.All;
        }
    }

    private async Task RefreshAsync(LiveNews news)
    {
        try
        {
            await _refresh(news);
        }
        catch (Exception)
        {
            // A refresh reports its own errors to its screen; a failed one must not stop later changes.
        }
    }

    /// <summary>Counted from the start of the refresh. One that takes long pauses as long as it took: a machine that cannot follow is not driven further.</summary>
    private async Task PauseAsync(TimeSpan took)
    {
        if (_quiet == TimeSpan.Zero)
        {
            return;
        }

        var rest = _quiet - took;
        await Task.Delay(rest > took ? rest : took, _clock, _gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool GoesOn()
    {
        lock (_gate)
        {
            _running = _noted && !_gone.IsCancellationRequested;
            return _running;
        }
    }
}
