using WaConsole.Simulator.StandAlone;

await SimulatorProgram.RunAsync(args);
