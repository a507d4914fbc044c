using System.ComponentModel.DataAnnotations;

namespace WaConsole.Web.Api;

/// <summary>How much one API key may ask: a bucket of <see cref="Burst"/> requests that refills steadily.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    [Range(1, 10_000)]
    public int RequestsPerSecond { get; set; } = 50;

    [Range(1, 100_000)]
    public int Burst { get; set; } = 200;
}
