using System.Runtime.CompilerServices;
using Bunit;

namespace WaConsole.Web.Tests;

internal static class WaitLong
{
    /// <summary>bUnit waits one second by itself, which a busy machine needs for a database of its own.</summary>
    [ModuleInitializer]
    internal static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(60);
}
