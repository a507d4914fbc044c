using WaConsole.Benchmarks;

return args.FirstOrDefault() switch
{
    "intake" when IntakeRun.Read(args.AsSpan(1)) is { } run => await run.RunAsync(),
    "wire" => WireRun.Run(),
    _ => Help.Print(),
};
