using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Team;
using WaConsole.Core.Window;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;
using WaConsole.Web.Webhooks;

namespace WaConsole.Web.Hosting;

/// <summary>
/// The simulator inside this process, and the account that connects the console to it. Its secrets are made anew at each
/// start and kept, encrypted, where every account's are.
/// </summary>
internal sealed class BuiltInSimulator(
    IConfiguration configuration, IOptions<SimulatorSwitch> options, ConnectAccount connect, WhatsAppClock whatsAppClock, LiveUpdates live,
    TimeProvider clock, ILoggerFactory loggers) : IAsyncDisposable
{
    private SimulatorServer? _server;

    /// <summary>The running simulator's state.</summary>
    /// <exception cref="InvalidOperationException">The simulator was not started.</exception>
    public SimulatedWhatsApp World => Server.World;

    private SimulatorServer Server => _server ?? throw new InvalidOperationException("The simulator is not running.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var simulated = WithSecrets(configuration.GetSection(SimulatorOptions.Section).Get<SimulatorOptions>() ?? new SimulatorOptions());
        _server = await SimulatorServer.StartAsync(simulated, clock, loggers, cancellationToken);
        World.Clock.OffsetChanged += (_, _) => FollowClock();
        FollowClock();
        await connect.RunAsync(Caller.System, Account(simulated, _server), cancellationToken);
    }

    /// <summary>Lets webhooks and scripted customers come, now that the console listens there.</summary>
    public void SendWebhooksTo(Uri console)
    {
        Server.WebhookUrl = new Uri(console, WhatsAppWebhook.Path);
        if (options.Value is { DemoData: true, CustomersPerMinute: > 0 })
        {
            World.Traffic.Start(options.Value.CustomersPerMinute);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is not null)
        {
            await _server.StopAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void FollowClock()
    {
        whatsAppClock.Offset = World.Clock.Offset;
        live.Publish(new ClockChanged());
    }

    /// <summary>Configured secrets stay (a test signs its own webhooks); the built-in defaults are public, so they are replaced.</summary>
    private SimulatorOptions WithSecrets(SimulatorOptions simulated) => simulated with
    {
        CustomersPerMinute = 0,
        DemoCustomers = false,   // Everybody on the phones comes from the console's own chats, or the same people stand there twice.
        AppSecret = Configured(nameof(simulated.AppSecret)) ?? RandomNumberGenerator.GetHexString(32, lowercase: true),
        VerifyToken = Configured(nameof(simulated.VerifyToken)) ?? RandomNumberGenerator.GetHexString(32, lowercase: true),
        AccessToken = Configured(nameof(simulated.AccessToken)) ?? RandomNumberGenerator.GetHexString(64, lowercase: true),
    };

    private string? Configured(string key) => configuration[$"{SimulatorOptions.Section}:{key}"];

    private static AccountSettings Account(SimulatorOptions simulated, SimulatorServer server) => new(
        "Simulated business",
        simulated.BusinessAccountId,
        server.Uri,
        new WhatsAppOptions().ApiVersion,
        simulated.AppId,
        simulated.AppSecret,
        PreviousAppSecret: null,
        simulated.VerifyToken,
        simulated.AccessToken,
        IsSimulated: true,
        [.. server.World.Numbers.Select(number => new NumberSettings(number.Id, number.DisplayPhone, number.VerifiedName, NumberEnvironment.Development))]);
}
