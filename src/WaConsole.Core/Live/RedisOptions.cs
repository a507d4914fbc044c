namespace WaConsole.Core.Live;

/// <summary>Set the connection string to run several nodes: live changes then travel between them.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    public string? ConnectionString { get; set; }
}
