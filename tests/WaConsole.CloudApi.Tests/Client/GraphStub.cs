using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WaConsole.CloudApi.Tests.Client;

/// <summary>A real HTTP server on loopback that answers as the test says and remembers what it was asked.</summary>
internal sealed class GraphStub : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    private GraphStub(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.Single());

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public SeenRequest Only => Assert.Single(_seen);

    public CloudApiAccount Account => new(Address, "v26.0", "secret-token");

    public static async Task<GraphStub> StartAsync(Func<HttpContext, SeenRequest, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);

        var stub = new GraphStub(builder.Build());
        stub._server.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var request = new SeenRequest(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString,
                context.Request.Headers.ToDictionary(
                    header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.ToArray());
            stub._seen.Enqueue(request);
            await answer(context, request);
        });
        await stub._server.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    public static Task<GraphStub> AnswerAsync(int status, string json) => StartAsync((context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    });

    public static CloudApiClient NewClient(TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddCloudApi();
        return services.BuildServiceProvider().GetRequiredService<CloudApiClient>();
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();
}

internal sealed record SeenRequest(
    string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
