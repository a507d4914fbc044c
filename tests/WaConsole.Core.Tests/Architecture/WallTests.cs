using System.Reflection;
using WaConsole.Core.Sending;
using WaConsole.Simulator.Hosting;
using WaConsole.Testing.Architecture;

namespace WaConsole.Core.Tests.Architecture;

/// <summary>Who may know whom among the projects. This assembly, which may know them all, is the planted offender.</summary>
public sealed class WallTests
{
    private static readonly Assembly Offender = typeof(WallTests).Assembly;

    [Fact]
    public void The_simulator_reads_the_wire_on_its_own()
    {
        Offences.None(AssemblyRules.ForbiddenReferences(typeof(SimulatorServer).Assembly, "WaConsole.CloudApi", "WaConsole.Core"));

        Assert.Contains("WaConsole.Core", AssemblyRules.ForbiddenReferences(Offender, "WaConsole.CloudApi", "WaConsole.Core"));
    }

    [Fact]
    public void The_wire_knows_neither_the_product_nor_the_database_nor_the_web()
    {
        string[] forbidden = ["WaConsole.Core", "WaConsole.Web", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore"];
        Offences.None(AssemblyRules.ForbiddenReferences(typeof(CloudApi.CloudApiClient).Assembly, forbidden));

        Assert.Contains("Microsoft.EntityFrameworkCore", AssemblyRules.ForbiddenReferences(Offender, forbidden));
        Assert.Contains("Microsoft.AspNetCore.Identity", AssemblyRules.ForbiddenReferences(typeof(SendGate).Assembly, forbidden).Select(Shortened));
    }

    [Fact]
    public void Core_has_no_component()
    {
        Offences.None(AssemblyRules.ForbiddenReferences(typeof(SendGate).Assembly, "WaConsole.Web", "MudBlazor", "Microsoft.AspNetCore.Components"));
    }

    [Fact]
    public void The_door_to_the_database_is_closed_to_other_assemblies()
    {
        var core = typeof(SendGate).Assembly;
        Assert.False(core.GetType("WaConsole.Core.Storage.WaConsoleDb", throwOnError: true)!.IsVisible);

        var friends = core.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName);
        Assert.DoesNotContain("WaConsole.Web", friends);
    }

    [Fact]
    public void A_message_leaves_by_one_door_and_nothing_else_calls_the_client_that_sends()
    {
        var sends = typeof(CloudApi.CloudApiClient).GetMethods().Where(method => method.ReturnType == typeof(Task<CloudApi.SendAccepted>)).Select(method => method.Name).ToList();
        Assert.Equal(["SendAsync", "SendMarketingAsync"], sends.Order(StringComparer.Ordinal));

        Assert.Equal(
            [typeof(HandOver).FullName!],
            TypeUses.CallersOf(typeof(HandOver).Assembly, typeof(CloudApi.CloudApiClient).FullName!, sends));

        Assert.Contains(typeof(Planted.Sidestep).FullName, TypeUses.CallersOf(Offender, typeof(CloudApi.CloudApiClient).FullName!, sends));
    }

    private static string Shortened(string name) =>
        name.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal) ? "Microsoft.AspNetCore.Identity" : name;
}
