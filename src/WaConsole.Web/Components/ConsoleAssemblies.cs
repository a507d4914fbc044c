using System.Reflection;

namespace WaConsole.Web.Components;

/// <summary>Assemblies besides this one whose pages the console shows.</summary>
internal static class ConsoleAssemblies
{
    public static IReadOnlyList<Assembly> Additional { get; } = [];
}
