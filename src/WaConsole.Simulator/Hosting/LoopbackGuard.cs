namespace WaConsole.Simulator.Hosting;

/// <summary>
/// The simulator has no sign-in, so only this machine may use it. Threats: a name that a web page rebinds to 127.0.0.1
/// (refused by the Host header), and a page of another site that posts to it (refused by Origin and Sec-Fetch-Site).
/// </summary>
internal static class LoopbackGuard
{
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (IsLoopback(http.Request.Host.Host) && !FromElsewhere(http.Request))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public static bool IsLoopback(string host) =>
        host is "localhost" || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var ip) && System.Net.IPAddress.IsLoopback(ip));

    private static bool FromElsewhere(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        return request.Headers["Sec-Fetch-Site"] == "cross-site"
            || (!string.IsNullOrEmpty(origin) && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsLoopback(from.Host)));
    }
}
