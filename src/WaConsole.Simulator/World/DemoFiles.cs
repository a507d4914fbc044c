using System.Text;
using WaConsole.Simulator.Scenarios;

namespace WaConsole.Simulator.World;

/// <summary>The demo business as chats for a console to begin with, and the files that belong to them.</summary>
public static class DemoFiles
{
    /// <summary>The history of <c>scenarios/demo.yaml</c> as JSON.</summary>
    public static Stream OpenHistory() =>
        new MemoryStream(Encoding.UTF8.GetBytes(Scenario.BuiltIn("demo").History!.ToJsonString()), writable: false);

    /// <param name="name">Of a file beside the scenario.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Stream Open(string name) => Scenario.Open(name);
}
