using WaConsole.Benchmarks;
using WaConsole.Benchmarks.Agents;
using WaConsole.Benchmarks.Consent;
using WaConsole.Benchmarks.Intake;
using WaConsole.Benchmarks.Live;
using WaConsole.Benchmarks.Seeding;
using WaConsole.Benchmarks.Sending;

try
{
    return await RunAsync(args);
}
catch (CircuitFaultException fault)
{
    await Console.Error.WriteLineAsync($"Not measured: {fault.Message}");
    return 3;
}

static async Task<int> RunAsync(string[] args) => args.FirstOrDefault() switch
{
    "intake" when IntakeRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "intake-load" when args.Length == 2 => await Load.RunAsync(args[1]),
    "intake-bare" when args.Length == 3 => await BareServer.RunAsync(args[1], args[2]),
    "send" when SendRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "send-simulator" => await SimulatorProcess.RunAsync(args[1..]),
    "simulator" when SimulatorRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "agents" when AgentsRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "agents-circuits" when args.Length == 2 => await HoldCircuits.RunAsync(args[1]),
    "live" when LiveRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "seed" when SeedRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "queries" when QueriesRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "templates" when TemplatesRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "template-sync" when TemplateSyncRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "gate" when GateRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "start" when StartRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "wire" => WireRun.Run(),
    _ => Help.Print(),
};
