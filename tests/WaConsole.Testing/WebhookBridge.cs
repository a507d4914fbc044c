using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Intake;

namespace WaConsole.Testing;

/// <summary>An HTTP address that hands every body to Core's intake.</summary>
internal sealed class WebhookBridge : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookBridge(WebApplication app)
    {
        _app = app;
    }

    public Uri Address => new(new Uri(_app.Urls.First()), "/webhooks/whatsapp");

    public static async Task<WebhookBridge> StartAsync(AcceptDelivery accept)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/webhooks/whatsapp", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            var outcome = await accept.RunAsync(
                body.ToArray(), request.Headers["X-Hub-Signature-256"], request.HttpContext.RequestAborted);
            return Results.StatusCode(outcome switch
            {
                AcceptOutcome.Stored => StatusCodes.Status200OK,
                AcceptOutcome.BadSignature => StatusCodes.Status401Unauthorized,
                _ => StatusCodes.Status503ServiceUnavailable,
            });
        });
        await app.StartAsync();
        return new WebhookBridge(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
