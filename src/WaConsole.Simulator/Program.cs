using WaConsole.Simulator.Hosting;

await StandAlone.RunAsync(args);
