using Microsoft.Extensions.Logging.Abstractions;
using WaConsole.Core.Intake;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.World;

namespace WaConsole.Testing;

/// <summary>The real simulator on a free port of this machine, with no delays between statuses unless asked for.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly SimulatorServer _server;
    private WebhookBridge? _bridge;

    private SimulatorHost(SimulatorServer server)
    {
        _server = server;
    }

    public Uri Uri => _server.Uri;

    public SimulatedWhatsApp World => _server.World;

    public static async Task<SimulatorHost> StartAsync(TimeProvider? time = null, Func<SimulatorOptions, SimulatorOptions>? configure = null)
    {
        var options = new SimulatorOptions
        {
            Url = "http://127.0.0.1:0",
            AppSecret = TestAccount.AppSecret,
            VerifyToken = TestAccount.VerifyToken,
            AccessToken = TestAccount.AccessToken,
            BusinessAccountId = TestAccount.WhatsAppId,
            StatusDelays = StatusDelays.None,
            DemoCustomers = false,
        };
        options = configure?.Invoke(options) ?? options;
        return new SimulatorHost(await SimulatorServer.StartAsync(
            options, time ?? TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None));
    }

    /// <summary>Webhooks go to a console that listens here.</summary>
    public void SendWebhooksTo(Uri address) => _server.WebhookUrl = address;

    /// <summary>Webhooks go straight into Core, over real HTTP, without a console in between.</summary>
    public async Task SendWebhooksToAsync(CoreHost core)
    {
        _bridge = await WebhookBridge.StartAsync(core.Get<AcceptDelivery>());
        _server.WebhookUrl = _bridge.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        if (_bridge is not null)
        {
            await _bridge.DisposeAsync();
        }
    }
}
