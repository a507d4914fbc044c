global using WaConsole.EndToEnd.Fixtures;
global using WaConsole.Testing;
global using Xunit;
using Xunit.Sdk;

// One browser and one console process at a time: the machine that tests has two cores.
[assembly: Xunit.v3.Parallelization(Mode = ParallelMode.None)]
