using WaConsole.Simulator.Scenarios;
using WaConsole.Simulator.StandAlone;

if (args is ["run", .. var rest])
{
    return await ScenarioCommand.RunAsync(rest, Console.Out, Console.Error, CancellationToken.None);
}

await SimulatorProgram.RunAsync(args);
return 0;
