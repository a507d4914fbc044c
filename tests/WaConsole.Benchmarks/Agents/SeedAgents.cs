using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Benchmarks.Agents;

/// <summary>People of the team who can sign in. All have the same password, hashed once.</summary>
internal static class SeedAgents
{
    public const string Password = "one long password for all of them";

    public static string EmailOf(int agent) => string.Create(CultureInfo.InvariantCulture, $"agent{agent}@example.com");

    /// <returns>Our ids, in their order.</returns>
    public static async Task<IReadOnlyList<long>> RunAsync(DatabaseOptions options, int count)
    {
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, options);
        await using var db = new WaConsoleDb(builder.Options);
        var hash = new PasswordHasher<Agent>().HashPassword(new Agent(), Password);
        List<Agent> agents = [.. Enumerable.Range(0, count).Select(number => AgentOf(number, hash))];
        db.Users.AddRange(agents);
        await db.SaveChangesAsync();
        return [.. agents.Select(agent => agent.Id)];
    }

    private static Agent AgentOf(int number, string hash)
    {
        var email = EmailOf(number);
        var agent = NewAgent.Of(email, string.Create(CultureInfo.InvariantCulture, $"Agent {number}"), Role.Agent, TimeProvider.System);
        agent.NormalizedEmail = NewAgent.Normalize(email);
        agent.NormalizedUserName = NewAgent.Normalize(email);
        agent.PasswordHash = hash;
        agent.SecurityStamp = Guid.CreateVersion7().ToString("N");
        return agent;
    }
}
