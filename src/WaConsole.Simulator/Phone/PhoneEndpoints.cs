using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Media;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Phone;

/// <summary>What a host needs to show the phone.</summary>
public static class PhoneEndpoints
{
    internal const string UploadHeader = "X-Simulator-Upload";

    // Everything else is offered as a download: a customer's file is hostile.
    private static readonly string[] Shown =
    [
        "image/jpeg", "image/png", "image/webp", "video/mp4", "video/3gpp", "audio/mpeg", "audio/mp4", "audio/aac",
        "audio/amr", "audio/ogg",
    ];

    /// <summary>Registers the world the phone draws. The host adds interactive server components itself.</summary>
    public static IServiceCollection AddSimulatorPhone(this IServiceCollection services, SimulatedWhatsApp world)
    {
        services.AddSingleton(world);
        return services;
    }

    /// <summary>
    /// Maps <c>GET /simulator/media/{id}</c>, <c>GET /simulator/product/{id}</c> and <c>POST /simulator/upload</c>. Who may call them is the caller's choice:
    /// add the authorisation to what this returns. The upload takes the raw file, and wants a header that no form and no
    /// other site can send.
    /// </summary>
    public static IEndpointConventionBuilder MapSimulatorPhone(this IEndpointRouteBuilder app)
    {
        var phone = app.MapGroup("/simulator");
        phone.MapGet("/media/{id}", Show);
        phone.MapGet("/product/{id}", ShowProduct);
        phone.MapPost("/upload", UploadAsync);
        return phone;
    }

    private static IResult Show(string id, HttpResponse response, SimulatedWhatsApp world)
    {
        if (world.Media.Stored(id) is not { } file)
        {
            return Results.NotFound();
        }

        var type = MediaRules.BaseType(file.MimeType);
        var shown = Shown.Contains(type) && MediaRules.LooksLike(type, file.Bytes.Span);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, max-age=3600";
        var disposition = new ContentDispositionHeaderValue(shown ? "inline" : "attachment");
        disposition.SetHttpFileName(string.IsNullOrWhiteSpace(file.FileName) ? "file" : Path.GetFileName(file.FileName));
        response.Headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(file.Bytes, shown ? type : "application/octet-stream", enableRangeProcessing: true);
    }

    private static IResult ShowProduct(string id, HttpResponse response)
    {
        if (Goods.Picture(id) is not { } picture)
        {
            return Results.NotFound();
        }

        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, max-age=3600";
        return Results.Stream(DemoFiles.Open(picture), "image/jpeg");
    }

    private static async Task<IResult> UploadAsync(HttpContext http, SimulatedWhatsApp world)
    {
        if (!http.Request.Headers.ContainsKey(UploadHeader))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MediaRoutes.UploadMax;
        }

        var bytes = await BoundedBody.ReadAsync(http.Request, (int)MediaRoutes.UploadMax, http.RequestAborted);
        if (bytes is null)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var type = MediaRules.BaseType(http.Request.ContentType ?? "application/octet-stream");
        string? name = http.Request.Query["name"];
        var stored = world.KeepCustomerFile(bytes, type, Path.GetFileName(name), out var why);
        return stored is null
            ? Results.Json(new { error = why }, statusCode: StatusCodes.Status400BadRequest)
            : Results.Json(new { id = stored.Id });
    }
}
