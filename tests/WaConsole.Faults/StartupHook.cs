#pragma warning disable MA0047, CA1050 // The runtime looks for this very name: DOTNET_STARTUP_HOOKS.

/// <summary>
/// Being named in DOTNET_STARTUP_HOOKS loads this assembly into the program before it starts; ASPNETCORE_HOSTINGSTARTUPASSEMBLIES then
/// finds it by its name. The program itself holds no word about faults.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
    }
}
