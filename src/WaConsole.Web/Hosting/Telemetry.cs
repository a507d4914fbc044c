using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace WaConsole.Web.Hosting;

internal static class Telemetry
{
    private const string Meters = "WaConsole.*";

    /// <summary>Traces and metrics leave this machine only when somebody says where to.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var endpoint = builder.Configuration["OpenTelemetry:Endpoint"] ?? builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"];
        if (string.IsNullOrWhiteSpace(endpoint))
        {
            return;
        }

        var target = new Uri(endpoint);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("waconsole"))
            .WithTracing(tracing => tracing
                .AddSource(Meters)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !context.Request.Path.StartsWithSegments("/health"))
                .AddOtlpExporter(exporter => exporter.Endpoint = target))
            .WithMetrics(metrics => metrics
                .AddMeter(Meters, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components.Server.Circuits", "System.Runtime")
                .AddOtlpExporter(exporter => exporter.Endpoint = target));
    }
}
