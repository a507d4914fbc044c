using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>The published simulator as a process of its own: it outlives a console that is killed.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private readonly ProgramProcess _process;

    private SimulatorProcess(ProgramProcess process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<SimulatorProcess> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{ProgramProcess.FreePort()}/");
        var process = ProgramProcess.Start(Published.Simulator, "WaConsole.Simulator", new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Simulator__Url"] = address.ToString().TrimEnd('/'),
            ["Simulator__AppSecret"] = TestAccount.AppSecret,
            ["Simulator__VerifyToken"] = TestAccount.VerifyToken,
            ["Simulator__AccessToken"] = TestAccount.AccessToken,
            ["Simulator__BusinessAccountId"] = TestAccount.WhatsAppId,
            ["Simulator__DemoCustomers"] = "false",

            // Pauses between repeated webhooks double with each console that is down: these stay within seconds, not ten minutes.
            ["Simulator__WebhookRetryUnit"] = "00:00:00.020",
        });
        await process.UntilAnsweredAsync(new Uri(address, "control/time"));
        return new SimulatorProcess(process, address);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
