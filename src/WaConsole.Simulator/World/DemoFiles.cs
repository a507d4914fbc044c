namespace WaConsole.Simulator.World;

/// <summary>The demo business as a scenario for a console to begin with, and the files that belong to it.</summary>
public static class DemoFiles
{
    public const string Scenario = "demo.json";

    /// <param name="name">Of a file beside the scenario.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Stream Open(string name) =>
        typeof(DemoFiles).Assembly.GetManifestResourceStream($"WaConsole.Simulator.Scenario.{name}")
        ?? throw new FileNotFoundException("The demo has no such file.", name);
}
