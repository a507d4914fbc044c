using System.Runtime.CompilerServices;
using Bunit;

namespace WaConsole.Simulator.Tests.Phone;

internal static class WaitLong
{
    /// <summary>bUnit waits one second by itself; the phone draws a tenth of a second after a change, and on a busy machine later.</summary>
    [ModuleInitializer]
    internal static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(60);
}
