using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using WaConsole.Testing.Architecture;
using WaConsole.Web.Components;
using Xunit;

namespace WaConsole.Web.Tests.Architecture;

public sealed class ComponentTests
{
    private static readonly string[] Forbidden = [nameof(IHttpContextAccessor), "HubConnection", "DbContext", "WaConsoleDb", "Store"];

    [Fact]
    public void Web_cannot_name_the_database_or_the_wire()
    {
        string[] forbidden = ["Microsoft.EntityFrameworkCore", "Microsoft.Data.Sqlite", "Npgsql", "WaConsole.CloudApi"];
        Offences.None(AssemblyRules.ForbiddenReferences(typeof(App).Assembly, forbidden));

        Assert.Contains("WaConsole.CloudApi", AssemblyRules.ForbiddenReferences(typeof(WaConsole.Core.WaConsoleCore).Assembly, forbidden));
    }

    /// <summary>In a circuit the accessor is empty or stale, and a connection to the own server is a second socket without the cookie.</summary>
    [Fact]
    public void No_component_takes_what_does_not_exist_in_a_circuit()
    {
        Offences.None(AssemblyRules.Takes(typeof(App).Assembly.GetTypes().Where(typeof(IComponent).IsAssignableFrom), Forbidden));

        Assert.Equal([$"{typeof(Planted).FullName} takes {nameof(IHttpContextAccessor)}"], AssemblyRules.Takes([typeof(Planted)], Forbidden));
    }

    private sealed class Planted : ComponentBase
    {
        [Inject] private IHttpContextAccessor Accessor { get; set; } = null!;

        protected override void OnInitialized() => _ = Accessor;
    }
}
