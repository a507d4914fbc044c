using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using WaConsole.Core.Rights;
using WaConsole.Core.Team;
using WaConsole.Web.Api;
using WaConsole.Web.Components.Shared;
using WaConsole.Web.Live;

namespace WaConsole.Web.RightsFiles;

/// <summary>
/// GET /opt-ins/{id}/export/json and /html: everything known of one person, for that person. JSON is for programs and keeps the names of
/// things; the page tells them in the language of whoever asks for it, and in their time zone (<c>?zone=</c> where they chose none).
/// </summary>
internal static class PersonDownloads
{
    public static void MapPersonDownloads(this IEndpointRouteBuilder app) =>
        app.MapGet("/opt-ins/{id:long}/export/{format:regex(^(json|html)$)}", ExportAsync)
            .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.KeyOrCookie).RequireAuthenticatedUser().Build())
            .AddEndpointFilter<ApiFaults>()
            .ExcludeFromDescription();

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        HttpContext http, long id, string format, string? zone, ExportPerson export, RequestCaller callers, IStringLocalizerFactory texts, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await callers.ReadAsync(http.User, cancellationToken) is not { } caller)
        {
            return ApiProblem.Of(StatusCodes.Status401Unauthorized, "unauthorized", NotAllowedException.SignInFirst().Message);
        }

        var words = new CodeWords(texts);
        if (await export.RunAsync(caller, id, format, cancellationToken) is not { } rows)
        {
            return ApiProblem.NotFound(words.Text("Gone"));
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        var now = clock.GetUtcNow().UtcDateTime;
        var name = string.Create(CultureInfo.InvariantCulture, $"person-{id}-{now:yyyy-MM-dd}.{format}");
        var page = new PersonPage(words, ViewerClock.For(caller.TimeZone ?? zone), now);
        return format == "json"
            ? TypedResults.Stream(body => WriteJsonAsync(body, rows, cancellationToken), "application/json; charset=utf-8", name)
            : TypedResults.Stream(body => page.WriteAsync(body, rows, cancellationToken), "text/html; charset=utf-8", name);
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
            case Enum code:
                json.WriteString(fact.Name, code.ToString());
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
}
