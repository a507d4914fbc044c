using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Seeding;

/// <summary>Ids of the numbers, the busiest first, and of the agents.</summary>
internal sealed record SeedTeam(IReadOnlyList<long> Numbers, IReadOnlyList<long> Agents)
{
    private const int AgentCount = 40;

    private static readonly string[] Places = ["Berlin shop", "Vienna shop", "São Paulo", "Mumbai", "Cairo", "Returns"];

    private static readonly string[] First =
        ["Ana", "Ines", "Rafael", "Priya", "Omar", "Lukas", "Mei", "Zoë", "Jonas", "Fatima", "Diego", "Noor", "Emil", "Sara", "Kofi", "Lena", "Tomás", "Yuki", "Ivan", "Aisha"];

    private static readonly string[] Last = ["Marković", "Duarte", "Weber", "Nair", "Haddad", "Lindqvist", "Tanaka", "Okafor"];

    /// <summary>The simulator knows the first two numbers.</summary>
    public static async Task<SeedTeam> WriteAsync(SeededCore core)
    {
        var account = TestAccount.Settings(new Uri("http://127.0.0.1:5081")) with
        {
            Numbers = [.. Places.Select((place, at) => new NumberSettings(
                string.Create(CultureInfo.InvariantCulture, $"72000000000000{at + 1}"),
                string.Create(CultureInfo.InvariantCulture, $"+49 30 2312510{at}"), place, NumberEnvironment.Production))],
        };
        var accountId = await core.Get<ConnectAccount>().RunAsync(Caller.System, account, CancellationToken.None);
        await using var db = await core.Get<Store>().OpenAsync(CancellationToken.None);
        var numbers = await db.Numbers.Where(n => n.BusinessAccountId == accountId).OrderBy(n => n.Id).Select(n => n.Id).ToListAsync();

        List<long> agents = [];
        for (var at = 0; at < AgentCount; at++)
        {
            var caller = await new SeedAgent($"{First[at % First.Length]} {Last[at % Last.Length]}").WriteAsync(core.Get<Store>());
            agents.Add(caller.AgentId!.Value);
        }

        return new SeedTeam(numbers, agents);
    }
}
