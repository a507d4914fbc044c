using System.Globalization;
using System.Text.Json;

namespace WaConsole.Simulator.Templates;

/// <summary>The templates of the demo business, in English and German.</summary>
internal static class DemoTemplates
{
    public static IReadOnlyList<SimulatedTemplate> All { get; } = Read();

    private static List<SimulatedTemplate> Read()
    {
        using var stream = typeof(DemoTemplates).Assembly.GetManifestResourceStream("WaConsole.Simulator.DemoTemplates.json")
            ?? throw new InvalidOperationException("The demo templates are missing from the assembly.");
        using var document = JsonDocument.Parse(stream);
        return
        [
            .. document.RootElement.EnumerateArray().Select((item, index) => new SimulatedTemplate
            {
                Id = (730000000000001 + index).ToString(CultureInfo.InvariantCulture),
                Name = item.GetProperty("name").GetString()!,
                Language = item.GetProperty("language").GetString()!,
                Category = item.GetProperty("category").GetString()!,
                Status = item.GetProperty("status").GetString()!,
                Named = item.TryGetProperty("parameter_format", out var format) && format.ValueEquals("NAMED"),
                Quality = item.TryGetProperty("quality", out var quality) ? quality.GetString()! : "UNKNOWN",
                RejectedReason = item.TryGetProperty("rejected_reason", out var reason) ? reason.GetString()! : "NONE",
                Components = item.GetProperty("components").Clone(),
            }),
        ];
    }
}
