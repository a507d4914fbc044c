namespace WaConsole.EndToEnd.Fixtures;

/// <summary>Mistakes put into the published console from outside, by its environment alone.</summary>
internal static class Planted
{
    private const string Faults = "WaConsole.Faults";

    /// <summary>Webhooks are answered first and stored afterwards.</summary>
    public static IReadOnlyDictionary<string, string?> AnswerBeforeCommit { get; } = new Dictionary<string, string?>
    {
        ["DOTNET_STARTUP_HOOKS"] = Path.Combine(AppContext.BaseDirectory, Faults + ".dll"),
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = Faults,
    };
}
