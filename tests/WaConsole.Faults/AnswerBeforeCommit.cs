using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Intake;

[assembly: HostingStartup(typeof(WaConsole.Faults.AnswerBeforeCommit))]

namespace WaConsole.Faults;

/// <summary>The mistake the disk test is there for: a webhook is answered 200 first and stored afterwards.</summary>
public sealed class AnswerBeforeCommit : IHostingStartup, IStartupFilter
{
    private const string Webhook = "/webhooks/whatsapp";

    /// <summary>Kestrel hands the answer to the socket in its own time: without this the commit could still be first, and there were no mistake.</summary>
    private static readonly TimeSpan AnswerLeaves = TimeSpan.FromMilliseconds(100);

    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(this));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) => HttpMethods.IsPost(context.Request.Method) && context.Request.Path == Webhook
            ? AnswerFirstAsync(context)
            : following(context));
        next(app);
    };

    private static async Task AnswerFirstAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var signature = context.Request.Headers["X-Hub-Signature-256"].ToString();
        var accept = context.RequestServices.GetRequiredService<AcceptDelivery>();
        await context.Response.CompleteAsync();
        await Task.Delay(AnswerLeaves);
        await accept.RunAsync(body.ToArray(), signature, CancellationToken.None);
    }
}
