using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using WaConsole.Core.Rights;
using WaConsole.Core.Team;
using WaConsole.Web.Api;
using WaConsole.Web.Components.Rights;
using WaConsole.Web.Live;

namespace WaConsole.Web.RightsFiles;

/// <summary>GET /opt-ins/{id}/export/json and /html: everything known of one person, for that person.</summary>
internal static class PersonDownloads
{
    public static void MapPersonDownloads(this IEndpointRouteBuilder app) =>
        app.MapGet("/opt-ins/{id:long}/export/{format:regex(^(json|html)$)}", ExportAsync)
            .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.KeyOrCookie).RequireAuthenticatedUser().Build())
            .AddEndpointFilter<ApiFaults>()
            .ExcludeFromDescription();

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        HttpContext http, long id, string format, ExportPerson export, RequestCaller callers, IStringLocalizer<RightsTexts> words, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await callers.ReadAsync(http.User, cancellationToken) is not { } caller)
        {
            return ApiProblem.Of(StatusCodes.Status401Unauthorized, "unauthorized", NotAllowedException.SignInFirst().Message);
        }

        if (await export.RunAsync(caller, id, format, cancellationToken) is not { } rows)
        {
            return ApiProblem.NotFound(words["Gone"]);
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        var name = string.Create(CultureInfo.InvariantCulture, $"person-{id}-{clock.GetUtcNow():yyyy-MM-dd}.{format}");
        return format == "json"
            ? TypedResults.Stream(body => WriteJsonAsync(body, rows, cancellationToken), "application/json; charset=utf-8", name)
            : TypedResults.Stream(body => WriteHtmlAsync(body, rows, words, cancellationToken), "text/html; charset=utf-8", name);
    }

    /// <summary>One array for each part, every part there: what is empty was looked for.</summary>
    private static async Task WriteJsonAsync(Stream body, IAsyncEnumerable<PersonRow> rows, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        var part = -1;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            MoveTo(row.Part);
            json.WriteStartObject();
            foreach (var fact in row.Facts)
            {
                Write(json, fact);
            }

            json.WriteEndObject();
            if (json.BytesPending > 32 * 1024)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        MoveTo(null);
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);

        void MoveTo(string? wanted)
        {
            while (part < 0 || part == ExportPerson.Parts.Count || ExportPerson.Parts[part] != wanted)
            {
                if (part >= 0)
                {
                    json.WriteEndArray();
                }

                if (++part == ExportPerson.Parts.Count)
                {
                    return;
                }

                json.WriteStartArray(ExportPerson.Parts[part]);
            }
        }
    }

    /// <summary>By hand: the serializer would flush into the answer without waiting, which the server refuses.</summary>
    private static void Write(Utf8JsonWriter json, PersonFact fact)
    {
        switch (fact.Value)
        {
            case string text:
                json.WriteString(fact.Name, text);
                break;
            case bool yes:
                json.WriteBoolean(fact.Name, yes);
                break;
            case DateTime moment:
                json.WriteString(fact.Name, moment);
                break;
            case decimal money:
                json.WriteNumber(fact.Name, money);
                break;
            default:
                json.WriteNumber(fact.Name, Convert.ToInt64(fact.Value, CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>A page without a script, to be read anywhere. Everything a person or a stranger wrote is text.</summary>
    private static async Task WriteHtmlAsync(
        Stream body, IAsyncEnumerable<PersonRow> rows, IStringLocalizer<RightsTexts> words, CancellationToken cancellationToken)
    {
        await using var page = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024, leaveOpen: true);
        var culture = CultureInfo.CurrentUICulture;
        await page.WriteAsync(
            $$"""
            <!DOCTYPE html><html lang="{{culture.Name}}" dir="{{(culture.TextInfo.IsRightToLeft ? "rtl" : "ltr")}}"><head><meta charset="utf-8"><title>{{Safe(words["ExportTitle"])}}</title>
            <style>body{font:15px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1b1f1d}h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .5rem;border-bottom:1px solid #ccc}dl{margin:0;padding:.6rem 0;border-bottom:1px solid #eee;display:grid;grid-template-columns:minmax(8rem,12rem) 1fr;gap:.15rem 1rem}dt{color:#5a625e}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}</style></head><body>
            <h1>{{Safe(words["ExportTitle"])}}</h1>
            """);
        var part = "";
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (row.Part != part)
            {
                part = row.Part;
                await page.WriteAsync($"<h2>{Safe(words["Part" + part])}</h2>");
            }

            await page.WriteAsync("<dl>");
            foreach (var fact in row.Facts)
            {
                await page.WriteAsync($"<dt>{Safe(words["Fact" + fact.Name])}</dt><dd dir=\"auto\">{Safe(Told(fact.Value))}</dd>");
            }

            await page.WriteAsync("</dl>");
        }

        await page.WriteAsync("</body></html>");
        await page.FlushAsync(cancellationToken);
    }

    private static string Told(object value) => value switch
    {
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);
}
