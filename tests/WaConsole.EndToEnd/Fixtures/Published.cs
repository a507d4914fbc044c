namespace WaConsole.EndToEnd.Fixtures;

/// <summary>Where the published programs are. tests/run.sh publishes them and says where.</summary>
internal static class Published
{
    public static string Console => Folder("WACONSOLE_TEST_CONSOLE");

    public static string Simulator => Folder("WACONSOLE_TEST_SIMULATOR");

    public static string Browser => Environment.GetEnvironmentVariable("WACONSOLE_TEST_BROWSER") is { Length: > 0 } path
        ? path
        : throw new InvalidOperationException("Set WACONSOLE_TEST_BROWSER, or use tests/run.sh EndToEnd, which sets it.");

    private static string Folder(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } folder
        ? folder
        : throw new InvalidOperationException($"Set {variable}, or use tests/run.sh EndToEnd, which publishes the programs first.");
}
