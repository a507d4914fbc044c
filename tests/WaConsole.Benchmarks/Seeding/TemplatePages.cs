using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>A WhatsApp that only lists templates, a page at a time, and keeps none of them.</summary>
internal sealed class TemplatePages : IAsyncDisposable
{
    public const int Names = 150;
    public const int Languages = 40;

    private readonly WebApplication _app;

    private TemplatePages(WebApplication app) => _app = app;

    /// <summary>Stands in every text: another one, and every template has changed.</summary>
    public int Version { get; set; }

    public Uri Address => new(_app.Urls.First());

    public static async Task<TemplatePages> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var pages = new TemplatePages(builder.Build());
        pages._app.MapGet(
            "/{version}/{account}/message_templates",
            (HttpRequest request) => Results.Content(pages.Page(Number(request.Query["after"]), Number(request.Query["limit"])), "application/json"));
        await pages._app.StartAsync();
        return pages;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private string Page(int from, int limit)
    {
        var to = Math.Min(from + limit, Names * Languages);
        var page = new JsonObject { ["data"] = new JsonArray([.. Enumerable.Range(from, to - from).Select(Template)]) };
        if (to < Names * Languages)
        {
            page["paging"] = new JsonObject
            {
                ["cursors"] = new JsonObject { ["after"] = to.ToString(CultureInfo.InvariantCulture) },
                ["next"] = "https://graph.example/next",
            };
        }

        return page.ToJsonString();
    }

    private JsonNode Template(int at) => new JsonObject
    {
        ["id"] = (900000000000000 + at).ToString(CultureInfo.InvariantCulture),
        ["name"] = string.Create(CultureInfo.InvariantCulture, $"name_{at / Languages:0000}"),
        ["language"] = string.Create(CultureInfo.InvariantCulture, $"l{at % Languages:00}"),
        ["status"] = "APPROVED",
        ["category"] = "UTILITY",
        ["components"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "BODY",
                ["text"] = string.Create(CultureInfo.InvariantCulture, $"Version {Version} of the order {at}: ") + string.Concat(Enumerable.Repeat("your boots are ready ", 20)),
            },
            new JsonObject { ["type"] = "FOOTER", ["text"] = "Reply STOP to opt out" },
            new JsonObject { ["type"] = "BUTTONS", ["buttons"] = new JsonArray(new JsonObject { ["type"] = "QUICK_REPLY", ["text"] = "On my way" }) }),
    };
}
