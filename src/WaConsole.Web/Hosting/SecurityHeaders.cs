using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace WaConsole.Web.Hosting;

/// <summary>
/// What the browser may do with our pages. Scripts come from this server only, plus the import map, which Blazor writes
/// inline and which is named by its hash. Styles allow inline because MudBlazor writes them (MudBlazor#4529).
/// </summary>
internal static class SecurityHeaders
{
    private static readonly ConcurrentDictionary<string, string> Hashes = new();

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var isDevelopment = app.Environment.IsDevelopment();
        app.Use(next => context =>
        {
            context.Response.OnStarting(() =>
            {
                Write(context, isDevelopment);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    /// <summary>The strict policy of production. <paramref name="importMap"/> is the text of the page's import map.</summary>
    public static string ContentSecurityPolicy(string? importMap) => ContentSecurityPolicy(importMap, []);

    /// <param name="importMap">The text of the page's import map.</param>
    /// <param name="embeddedBy">Origins, checked, whose pages may show this one inside theirs.</param>
    public static string ContentSecurityPolicy(string? importMap, IReadOnlyList<string> embeddedBy)
    {
        var ancestors = embeddedBy.Count == 0 ? "'none'" : "'self' " + string.Join(' ', embeddedBy);
        var script = importMap is null ? "'self'" : $"'self' 'sha256-{Hashes.GetOrAdd(importMap, HashOf)}'";
        return $"base-uri 'self'; object-src 'none'; default-src 'self'; script-src {script}; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; "
            + $"frame-ancestors {ancestors}; form-action 'self'";
    }

    private static void Write(HttpContext context, bool isDevelopment)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "microphone=(self), camera=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";

        // An endpoint that serves a stranger's file has a narrower policy of its own.
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            var importMap = context.GetEndpoint()?.Metadata.GetMetadata<ImportMapDefinition>()?.ToString();
            headers.ContentSecurityPolicy = isDevelopment ? ForDevelopment : ContentSecurityPolicy(importMap);
        }
    }

    /// <summary>The SDK's browser refresh puts an inline script into pages and opens a socket of its own.</summary>
    private const string ForDevelopment =
        "base-uri 'self'; object-src 'none'; default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws: wss: http://localhost:*; frame-ancestors 'none'; form-action 'self'";

    private static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
