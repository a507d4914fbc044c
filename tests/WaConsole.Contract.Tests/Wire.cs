using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.CloudApi;
using WaConsole.Simulator.Hosting;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;
using WaConsole.Testing;

namespace WaConsole.Contract.Tests;

/// <summary>The client, the simulator and the reader, each from its own reading of Meta's pages, over real HTTP.</summary>
public sealed class Wire : IAsyncLifetime
{
    private readonly Dictionary<string, string> _media = new(StringComparer.Ordinal);
    private readonly ServiceProvider _services;
    private SimulatorServer _simulator = null!;
    private Hook _hook = null!;
    private int _customers;

    public Wire()
    {
        var services = new ServiceCollection();
        services.AddCloudApi();
        _services = services.BuildServiceProvider();
    }

    public CloudApiClient Client => _services.GetRequiredService<CloudApiClient>();

    public CloudApiAccount Account { get; private set; } = null!;

    public SimulatedWhatsApp World => _simulator.World;

    public Uri Address => _simulator.Uri;

    public string Number => TestAccount.PhoneNumberId;

    public string BusinessAccount => World.Options.BusinessAccountId;

    public string Catalog => World.Account.CatalogId;

    public async ValueTask InitializeAsync()
    {
        var options = new SimulatorOptions
        {
            Url = "http://127.0.0.1:0",
            StatusDelays = StatusDelays.None,
            ReviewDelay = TimeSpan.Zero,
            ThroughputPerSecond = 0,
            PairBurst = 0,
            ComparisonMinimum = 0,
        };
        _hook = await Hook.StartAsync(options.VerifyToken, options.AppSecret);
        _simulator = await SimulatorServer.StartAsync(
            options with { WebhookUrl = _hook.Address }, TimeProvider.System, null, TestContext.Current.CancellationToken);
        Account = new CloudApiAccount(_simulator.Uri, "v25.0", options.AccessToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        await _hook.DisposeAsync();
        await _services.DisposeAsync();
    }

    /// <summary>Somebody new who has just written, so that the window is open.</summary>
    public (Customer Customer, string Wamid) SomebodyWhoWrote(string country = "49")
    {
        var phone = $"{country}{(country == "91" ? "98765" : "171")}{Interlocked.Increment(ref _customers) + 39_000}{(country == "91" ? "" : "00")}";
        var made = Assert.IsType<CustomerOutcome.Done>(World.MakeCustomer(new NewCustomer("Nora Lind", phone)));
        var sent = Assert.IsType<WriteOutcome.Sent>(
            World.Write(made.Customer.Id, new CustomerMessage(Simulator.World.MessageContent.OfText("Hello")) { NumberId = Number }));
        return (made.Customer, sent.Line.Id);
    }

    /// <summary>The id of an uploaded sample: image, video, audio, voice, document or sticker.</summary>
    public async Task<string> MediaAsync(string kind)
    {
        if (!_media.TryGetValue(kind, out var id))
        {
            var (bytes, mimeType, fileName) = Samples.File(kind);
            using var content = new MemoryStream(bytes);
            id = await Client.UploadMediaAsync(Account, Number, content, mimeType.Split(';')[0], fileName, TestContext.Current.CancellationToken);
            _media[kind] = id;
        }

        return id;
    }

    /// <summary>The handle of a sample for a template.</summary>
    public async Task<string> HandleAsync(string kind)
    {
        var (bytes, mimeType, fileName) = Samples.File(kind);
        using var content = new MemoryStream(bytes);
        return await Client.UploadForHandleAsync(
            Account, World.Options.AppId, content, mimeType, fileName, TestContext.Current.CancellationToken);
    }

    /// <summary>Every item of the webhooks that came until one of them is as asked.</summary>
    public Task<IReadOnlyList<WebhookItem>> UntilAsync(Func<WebhookItem, bool> isIt) => _hook.UntilAsync(isIt);

    /// <summary>Forgets what came and takes the items of the next body.</summary>
    public Task<IReadOnlyList<WebhookItem>> NextAfterAsync(Func<Task> act) => _hook.NextAfterAsync(act);

    private sealed class Hook : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly Lock _gate = new();
        private readonly List<WebhookItem> _items = [];
        private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private Hook(WebApplication app) => _app = app;

        public Uri Address { get; private set; } = null!;

        public static async Task<Hook> StartAsync(string verifyToken, string appSecret)
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            builder.Services.AddRouting();
            var app = builder.Build();
            var hook = new Hook(app);
            app.UseRouting();
            app.MapGet("/hook", (HttpRequest request) => Results.Text(request.Query["hub.verify_token"] == verifyToken
                ? request.Query["hub.challenge"] : "no"));
            app.MapPost("/hook", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
                if (!WebhookSignature.Verify(body.ToArray(), request.Headers[WebhookSignature.HeaderName], [appSecret]))
                {
                    return Results.Unauthorized();
                }

                hook.Take(WebhookReader.Read(body.ToArray()));
                return Results.Ok();
            });
            await app.StartAsync();
            hook.Address = new Uri(new Uri(app.Urls.First()), "/hook");
            return hook;
        }

        public async Task<IReadOnlyList<WebhookItem>> UntilAsync(Func<WebhookItem, bool> isIt)
        {
            while (true)
            {
                Task arrived;
                lock (_gate)
                {
                    if (_items.Any(isIt))
                    {
                        return [.. _items];
                    }

                    arrived = _arrived.Task;
                }

                await arrived.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            }
        }

        public async Task<IReadOnlyList<WebhookItem>> NextAfterAsync(Func<Task> act)
        {
            lock (_gate)
            {
                _items.Clear();
            }

            await act();
            return await UntilAsync(_ => true);
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();

        private void Take(IReadOnlyList<WebhookItem> items)
        {
            lock (_gate)
            {
                _items.AddRange(items);
                _arrived.TrySetResult();
                _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
