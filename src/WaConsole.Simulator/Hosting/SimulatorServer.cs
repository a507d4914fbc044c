using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using WaConsole.Simulator.Control;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Hosting;

/// <summary>A running simulator: its address and its state. It reads no environment and no configuration file.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SimulatorServer(WebApplication app, SimulatedWhatsApp world)
    {
        _app = app;
        World = world;
    }

    public SimulatedWhatsApp World { get; }

    /// <summary>Where it listens, with the real port when port 0 was asked for. This is the Graph base address.</summary>
    public Uri Uri => World.BaseUri;

    /// <summary>Where webhooks go; may be set or changed while it runs.</summary>
    public Uri? WebhookUrl
    {
        get => World.Webhooks.Target;
        set => World.Webhooks.Target = value;
    }

    /// <summary>Starts the simulator in this process.</summary>
    /// <exception cref="ArgumentException">The address is not an http address of this machine.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatorServer> StartAsync(
        SimulatorOptions options, TimeProvider time, ILoggerFactory? loggers, CancellationToken cancellationToken)
    {
        // An empty builder: ASPNETCORE_URLS, appsettings.json and command lines of the host program do not reach it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton(loggers ?? NullLoggerFactory.Instance);
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore();
        var world = new SimulatedWhatsApp(options, time, loggers ?? NullLoggerFactory.Instance);
        builder.AddSimulator(world);
        var app = builder.Build();
        app.UseRouting();
        app.MapSimulator();
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            world.Dispose();
            await app.DisposeAsync();
            throw;
        }

        world.BaseUri = BoundAddress(app);
        if (options.CustomersPerMinute > 0)
        {
            world.Traffic.Start(options.CustomersPerMinute);
        }

        return new SimulatorServer(app, world);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        World.Dispose();
        await _app.DisposeAsync();
    }

    internal static Uri BoundAddress(WebApplication app)
    {
        var bound = new Uri(app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal));
        return new UriBuilder(bound) { Path = "/" }.Uri;
    }

    /// <summary>Where Kestrel must listen for this address.</summary>
    internal static void Listen(KestrelServerOptions kestrel, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != "http" || !LoopbackGuard.IsLoopback(address.Host))
        {
            throw new ArgumentException("The simulator listens on an http address of this machine only, such as http://localhost:5081.", nameof(url));
        }

        kestrel.Limits.MaxRequestBodySize = MediaRoutes.UploadMax;
        kestrel.AddServerHeader = false;
        if (address.Host == "localhost" && address.Port != 0)
        {
            kestrel.ListenLocalhost(address.Port);
        }
        else
        {
            kestrel.Listen(address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(address.Host.Trim('[', ']')), address.Port);
        }
    }
}

/// <summary>What the in-process host and the one that runs alone have in common.</summary>
internal static class SimulatorHosting
{
    public static void AddSimulator(this WebApplicationBuilder builder, SimulatedWhatsApp world)
    {
        builder.Services.TryAddSingleton(world);
        builder.Services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = MediaRoutes.UploadMax);
        builder.WebHost.ConfigureKestrel(kestrel => SimulatorServer.Listen(kestrel, world.Options.Url));
    }

    public static void MapSimulator(this WebApplication app)
    {
        app.Use(next => http => LoopbackGuard.InvokeAsync(http, next));
        app.MapGraph();
        app.MapControl();
    }
}
