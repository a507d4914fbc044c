using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Intake;

/// <summary>What GET /api/v1/intake says.</summary>
internal sealed record IntakeNumbers(
    long Received, long Stored, long Duplicates, long Parked, long Quarantined, long Pending, double? OldestPendingSeconds)
{
    public bool AddUp => Received == Stored + Duplicates + Parked + Quarantined + Pending;
}

/// <summary>The console as it is shipped, in a process of its own, on a database of its own.</summary>
internal sealed class BenchConsole : IAsyncDisposable
{
    private const string ApiKey = "wac_benchmark-key-0123456789abcdef0123456789";

    private readonly TestDatabase _database;
    private readonly ChildProcess _process;
    private readonly HttpClient _api;

    private BenchConsole(TestDatabase database, ChildProcess process, int port)
    {
        _database = database;
        _process = process;
        Port = port;
        _api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        _api.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
    }

    public int Port { get; }

    public DatabaseOptions Options => _database.Options;

    public double CpuSeconds => _process.CpuSeconds;

    public long Memory => _process.Memory;

    public static async Task<BenchConsole> StartAsync(DatabaseProvider provider)
    {
        var database = await TestDatabase.CreateAsync(provider);
        var port = FreePort();
        var process = ChildProcess.Start(Program(), [], new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Urls"] = $"http://127.0.0.1:{port}",
            ["Database__Provider"] = provider.ToString(),
            ["Database__ConnectionString"] = database.Options.ConnectionString,
            ["Media__Root"] = TempFolder.Folder("media"),
            ["Bootstrap__ApiKey"] = ApiKey,
            ["WhatsApp__GraphBaseAddress"] = "http://127.0.0.1:9/",
            ["WhatsApp__AppId"] = "700000000000001",
            ["WhatsApp__AppSecret"] = TestAccount.AppSecret,
            ["WhatsApp__VerifyToken"] = TestAccount.VerifyToken,
            ["WhatsApp__AccessToken"] = TestAccount.AccessToken,
            ["WhatsApp__BusinessAccountId"] = TestAccount.WhatsAppId,
            ["WhatsApp__PhoneNumberId"] = TestAccount.PhoneNumberId,
        });
        process.Drain();
        var console = new BenchConsole(database, process, port);
        await console.UntilReadyAsync();
        return console;
    }

    public async Task<IntakeNumbers> IntakeAsync() => (await _api.GetFromJsonAsync<IntakeNumbers>("api/v1/intake"))!;

    /// <summary>Waits until nothing is pending, and says how long that took.</summary>
    public async Task<(IntakeNumbers Last, TimeSpan Took)> DrainAsync(TimeSpan atMost)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var intake = await IntakeAsync();
        while (intake.Pending > 0 && clock.Elapsed < atMost)
        {
            await timer.WaitForNextTickAsync();
            intake = await IntakeAsync();
        }

        return (intake, clock.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _process.Dispose();
        await _database.DisposeAsync();
    }

    /// <summary>The published program when WACONSOLE_TEST_CONSOLE says where, otherwise what was built with this one.</summary>
    public static string Program([CallerFilePath] string here = "")
    {
        const string Name = "WaConsole.Web.dll";
        if (Environment.GetEnvironmentVariable("WACONSOLE_TEST_CONSOLE") is { Length: > 0 } folder)
        {
            return Path.Combine(folder, Name);
        }

        var built = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/WaConsole.Web/bin", built, "net10.0", Name));
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task UntilReadyAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                using var answer = await _api.GetAsync(new Uri("health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromSeconds(60))
            {
                // Not listening yet.
            }
        }
    }
}
