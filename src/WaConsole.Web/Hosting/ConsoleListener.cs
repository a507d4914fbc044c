namespace WaConsole.Web.Hosting;

internal static class ConsoleListener
{
    private const string DefaultUrl = "http://localhost:5080";

    /// <summary>Listens on http://localhost:5080 unless Urls, ports or Kestrel endpoints say otherwise.</summary>
    public static void AddConsoleListener(this WebApplicationBuilder builder)
    {
        if (Addresses(builder.Configuration).Count == 0)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
    }

    /// <summary>What the configuration makes Kestrel bind, by its own order of precedence. A bare port binds every interface.</summary>
    public static IReadOnlyList<string> Addresses(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().ToList() is { Count: > 0 } endpoints)
        {
            return [.. endpoints.Select(endpoint => endpoint["Url"] ?? "")];
        }

        if (configuration["urls"] is { Length: > 0 } urls)
        {
            return Split(urls);
        }

        return
        [
            .. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"),
            .. Split(configuration["https_ports"]).Select(port => $"https://*:{port}"),
        ];
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
