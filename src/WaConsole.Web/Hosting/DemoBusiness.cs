using Microsoft.Extensions.Options;
using WaConsole.Core.Demo;
using WaConsole.Core.Numbers;
using WaConsole.Core.Team;
using WaConsole.Simulator.World;

namespace WaConsole.Web.Hosting;

/// <summary>
/// Gives an empty console a believable business to look at, and tells the simulator's phones, which remember nothing between
/// starts, what the console knows of their chats.
/// </summary>
internal sealed class DemoBusiness(
    IOptions<SimulatorSwitch> options, BuiltInSimulator simulator, DemoMode demo, SeedDemo seed, ReadPhoneHistory readHistory,
    ListNumbers listNumbers, ListTeam listTeam)
{
    private static readonly string[] NumberKeys = ["berlin", "vienna"];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.DemoData && demo.Allowed)
        {
            await SeedAsync(cancellationToken);
        }

        foreach (var chat in await readHistory.RunAsync(Caller.System, cancellationToken))
        {
            if (await PhoneChats.ImportedAsync(chat, simulator.World.Media, cancellationToken) is { } imported)
            {
                simulator.World.ImportHistory(imported);
            }
        }
    }

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        var known = (await listNumbers.RunAsync(Caller.System, cancellationToken)).ToDictionary(number => number.PhoneNumberId, number => number.Id);
        var numbers = NumberKeys.Zip(simulator.World.Numbers).ToDictionary(pair => pair.First, pair => known[pair.Second.Id]);
        var people = (await listTeam.RunAsync(Caller.System, cancellationToken)).Members
            .Where(member => member.IsDemo)
            .ToDictionary(member => member.Email.Split('@')[0], member => new DemoPerson(member.Id, member.Name));
        await seed.RunAsync(DemoFiles.OpenHistory, numbers, people, DemoFiles.Open, cancellationToken);
    }
}
