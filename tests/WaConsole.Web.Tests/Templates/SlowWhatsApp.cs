using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WaConsole.Testing;

namespace WaConsole.Web.Tests.Templates;

/// <summary>Has been asked, and answers when the test lets it.</summary>
internal sealed class SlowWhatsApp : IAsyncDisposable
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;
    private volatile bool _asked;

    private SlowWhatsApp()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("{**path}", () => HoldAsync("""{"id":"77","status":"PENDING","category":"UTILITY"}"""));
        _app.MapDelete("{**path}", () => HoldAsync("""{"success":true}"""));
        _app.MapGet("{**path}", () => HoldAsync(
            """{"data":[{"id":"77","name":"restock","language":"en","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Back"}]}]}"""));
    }

    public Uri Uri => new(_app.Urls.First());

    public Task AskedAsync() => Until.TrueAsync(() => _asked, "a call to WhatsApp");

    public static async Task<SlowWhatsApp> StartAsync()
    {
        var slow = new SlowWhatsApp();
        await slow._app.StartAsync();
        return slow;
    }

    public void Answer() => _answer.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Answer();
        await _app.DisposeAsync();
    }

    private async Task<IResult> HoldAsync(string json)
    {
        _asked = true;
        await _answer.Task;
        return Results.Text(json, "application/json");
    }
}
