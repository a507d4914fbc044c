using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WaConsole.CloudApi;
using WaConsole.Core;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Testing;

/// <summary>What a test wants of its host. <see cref="Clock"/> null means the real clock.</summary>
public sealed record CoreHostOptions
{
    public FakeTimeProvider? Clock { get; init; }

    /// <summary>Start intake, senders and the other workers.</summary>
    public bool Workers { get; init; }

    /// <summary>Connect <see cref="TestAccount"/>, pointing at this address.</summary>
    public Uri? GraphBaseAddress { get; init; } = new("http://127.0.0.1:9");

    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Another way to the same database, for the host alone; the test itself goes straight to it.</summary>
    public Func<DatabaseOptions, DatabaseOptions>? Database { get; init; }

    /// <summary>Reuse the database and media folder of a host that was stopped: a restart.</summary>
    public CoreHost? RestartOf { get; init; }
}

/// <summary>The real Core on a database of its own.</summary>
public sealed class CoreHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TestDatabase _database;
    private bool _started;
    private bool _stopped;

    private CoreHost(IHost host, TestDatabase database, string mediaRoot, CapturedLogs logs)
    {
        Logs = logs;
        _host = host;
        _database = database;
        _database.Join();
        MediaRoot = mediaRoot;
    }

    public IServiceProvider Services => _host.Services;

    public DatabaseOptions Database => _database.Options;

    public string MediaRoot { get; }

    /// <summary>What this host logged. Disposing it fails when people are named there.</summary>
    public CapturedLogs Logs { get; }

    /// <summary>Our id of the test account and of its first number, when one was connected.</summary>
    public long AccountId { get; private set; }

    public long NumberId { get; private set; }

    public static Task<CoreHost> StartAsync(DatabaseProvider provider) => StartAsync(provider, new CoreHostOptions());

    public static async Task<CoreHost> StartAsync(DatabaseProvider provider, CoreHostOptions options)
    {
        var database = options.RestartOf?._database ?? await TestDatabase.CreateAsync(provider);
        var mediaRoot = options.RestartOf?.MediaRoot ?? TempFolder.Folder("media");

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = database.Options.Provider.ToString(),
            ["Database:ConnectionString"] = (options.Database?.Invoke(database.Options) ?? database.Options).ConnectionString,
            ["Media:Root"] = mediaRoot,

            // As with the reads below; and past its time a webhook is refused that may be stored a moment later.
            ["Intake:AcceptTimeoutSeconds"] = "60",
        });
        builder.Configuration.AddInMemoryCollection(options.Settings);
        var logs = new CapturedLogs();
        builder.Logging.AddProvider(logs);

        // As the program is shipped; below it are the statements of the tests themselves, with what they look for.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        if (options.Clock is not null)
        {
            builder.Services.AddSingleton<TimeProvider>(options.Clock);

            // A call that is really under way does not run out of time because a test moves the clock; what hangs fails by the test's own limit.
            builder.Services.AddSingleton(new CloudApiOptions
            {
                SendTimeout = Timeout.InfiniteTimeSpan,
                ReadTimeout = Timeout.InfiniteTimeSpan,
                ManageTimeout = Timeout.InfiniteTimeSpan,
                RegisterTimeout = Timeout.InfiniteTimeSpan,
                MediaTimeout = Timeout.InfiniteTimeSpan,
                MediaIdleTimeout = Timeout.InfiniteTimeSpan,
            });
        }

        builder.Services.AddWaConsoleCore();

        // A machine that runs many tests at once is slower than the limits a person is promised.
        builder.Services.AddSingleton(new ReadLimits { Usual = TimeSpan.FromMinutes(1) });
        options.Services?.Invoke(builder.Services);

        var host = new CoreHost(builder.Build(), database, mediaRoot, logs);
        if (options.GraphBaseAddress is not null)
        {
            await host.ConnectAsync(options.GraphBaseAddress);
        }

        if (options.Workers)
        {
            await host.StartWorkersAsync();
        }

        return host;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async Task StartWorkersAsync()
    {
        _started = true;
        await _host.StartAsync();
    }

    /// <summary>Stops the workers and keeps the database, so that another host can start on it.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        if (_started)
        {
            await _host.StopAsync();
        }

        try
        {
            await WithDbAsync(db => LogScan.AssertCleanAsync(db, Logs.Lines));
        }
        catch (DbException)
        {
            // The test took the database away: there is nothing to compare the log with.
        }
        finally
        {
            await DisposeHostAsync();
            _database.Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            await _database.DisposeAsync();
        }
    }

    /// <summary>Reads or writes rows directly, for set-up and for looking at what was stored.</summary>
    internal async Task<T> WithDbAsync<T>(Func<WaConsoleDb, Task<T>> work)
    {
        await using var db = await Get<Store>().OpenAsync(CancellationToken.None);
        return await work(db);
    }

    internal async Task WithDbAsync(Func<WaConsoleDb, Task> work)
    {
        await using var db = await Get<Store>().OpenAsync(CancellationToken.None);
        await work(db);
    }

    private async Task ConnectAsync(Uri graphBaseAddress)
    {
        AccountId = await Get<ConnectAccount>().RunAsync(Caller.System, TestAccount.Settings(graphBaseAddress), CancellationToken.None);
        NumberId = await WithDbAsync(db => db.Numbers.Where(n => n.BusinessAccountId == AccountId).OrderBy(n => n.Id).Select(n => n.Id).FirstAsync());
    }

    private async Task DisposeHostAsync()
    {
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            _host.Dispose();
        }
    }
}
