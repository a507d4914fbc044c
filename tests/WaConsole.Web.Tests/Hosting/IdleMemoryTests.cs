using System.Text.Json;
using WaConsole.Web.Hosting;

namespace WaConsole.Web.Tests.Hosting;

/// <summary>What docs/performance.md measured as idle memory holds only with these.</summary>
public sealed class IdleMemoryTests
{
    [Fact]
    public void The_console_is_shipped_with_the_workstation_collector()
    {
        using var settings = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "WaConsole.Web.runtimeconfig.json")));
        var properties = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");

        Assert.False(properties.GetProperty("System.GC.Server").GetBoolean());
    }

    [Fact]
    public void The_native_heap_is_given_back_where_the_library_of_the_system_can()
    {
        var isGlibc = OperatingSystem.IsLinux() && Directory.EnumerateFiles("/lib", "ld-musl-*").FirstOrDefault() is null;

        Assert.Equal(isGlibc, NativeHeap.GiveBack());
    }
}
