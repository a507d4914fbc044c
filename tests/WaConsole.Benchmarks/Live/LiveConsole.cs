using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using WaConsole.Benchmarks.Intake;
using WaConsole.Core.Storage;
using WaConsole.Testing;
using WaConsole.Testing.Architecture;

namespace WaConsole.Benchmarks.Live;

/// <summary>The published console in a process of its own, on a database of its own, with an admin who can sign in.</summary>
internal sealed class LiveConsole : IAsyncDisposable
{
    public const string AdminEmail = "admin@example.com";
    public const string AdminPassword = "a long password for one run";

    private static readonly TimeSpan StartAtMost = TimeSpan.FromSeconds(60);

    private readonly TestDatabase _database;
    private readonly ChildProcess _process;

    private LiveConsole(TestDatabase database, ChildProcess process, Uri address)
    {
        _database = database;
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public Uri Webhook => new(Address, "webhooks/whatsapp");

    public DatabaseOptions Options => _database.Options;

    public int ProcessId => _process.Id;

    public double CpuSeconds => _process.CpuSeconds;

    /// <summary>Physical memory in bytes.</summary>
    public long Memory => _process.Memory;

    public static async Task<LiveConsole> StartAsync(DatabaseProvider provider)
    {
        var folder = await PublishedAsync();
        var database = await TestDatabase.CreateAsync(provider);
        var address = new Uri($"http://127.0.0.1:{FreePort()}/");
        var process = ChildProcess.Start(Path.Combine(folder, "WaConsole.Web.dll"), [], Settings(database.Options, address));
        process.Drain();
        var console = new LiveConsole(database, process, address);
        await console.UntilReadyAsync();
        return console;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Dispose();
        await _database.DisposeAsync();
    }

    private static Dictionary<string, string?> Settings(DatabaseOptions database, Uri address) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Urls"] = address.ToString().TrimEnd('/'),
        ["Database__Provider"] = database.Provider.ToString(),
        ["Database__ConnectionString"] = database.ConnectionString,
        ["Media__Root"] = TempFolder.Folder("media"),
        ["Bootstrap__AdminEmail"] = AdminEmail,
        ["Bootstrap__AdminPassword"] = AdminPassword,
        ["WhatsApp__GraphBaseAddress"] = "http://127.0.0.1:9/",
        ["WhatsApp__AppId"] = "700000000000001",
        ["WhatsApp__AppSecret"] = TestAccount.AppSecret,
        ["WhatsApp__VerifyToken"] = TestAccount.VerifyToken,
        ["WhatsApp__AccessToken"] = TestAccount.AccessToken,
        ["WhatsApp__BusinessAccountId"] = TestAccount.WhatsAppId,
        ["WhatsApp__PhoneNumberId"] = TestAccount.PhoneNumberId,
    };

    /// <summary>Where WACONSOLE_TEST_CONSOLE says, otherwise published now: what was only built has no files for the browser.</summary>
    private static async Task<string> PublishedAsync()
    {
        if (Environment.GetEnvironmentVariable("WACONSOLE_TEST_CONSOLE") is { Length: > 0 } known)
        {
            return known;
        }

        var folder = TempFolder.Folder("published");
        using var publish = Process.Start(
            "dotnet", ["publish", Path.Combine(Repository.Root, "src", "WaConsole.Web"), "-c", "Release", "-v", "quiet", "-nologo", "-o", folder]);
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? folder : throw new InvalidOperationException("The console could not be published.");
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task UntilReadyAsync()
    {
        using var http = new HttpClient();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();
        while (await timer.WaitForNextTickAsync())
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "health/ready"));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (clock.Elapsed < StartAtMost)
            {
                // Not listening yet.
            }
        }
    }
}
