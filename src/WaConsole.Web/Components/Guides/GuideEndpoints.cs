using Microsoft.AspNetCore.Http.HttpResults;

namespace WaConsole.Web.Components.Guides;

/// <summary>The pictures of the guides.</summary>
internal static class GuideEndpoints
{
    public static void MapGuides(this IEndpointRouteBuilder app) => app.MapGet("/guide/images/{name}", Picture)
        .RequireAuthorization()
        .ExcludeFromDescription();

    private static Results<FileStreamHttpResult, Microsoft.AspNetCore.Http.HttpResults.NotFound> Picture(HttpContext http, string name)
    {
        if (Guide.Picture(name) is not { } picture)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = "private, max-age=3600";
        return TypedResults.Stream(picture, "image/png");
    }
}
