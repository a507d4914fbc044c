using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary>What changes; null leaves a thing as it is.</summary>
public sealed record AgentChange(long AgentId, Role? Role = null, bool? Disabled = null, NumberAccessChange? Numbers = null);

/// <summary><paramref name="Allowed"/> is null for every number, those added later included.</summary>
public sealed record NumberAccessChange(IReadOnlySet<long>? Allowed);

public abstract record ChangeAgentOutcome
{
    private ChangeAgentOutcome()
    {
    }

    public sealed record Changed : ChangeAgentOutcome;

    public sealed record Refused(string Why) : ChangeAgentOutcome;
}

/// <summary>Changes what a colleague may do. Open screens of that person follow within moments. The last active admin always stays one.</summary>
public sealed class ChangeAgent(Store store, ReadCaller readCaller, LiveUpdates live, TimeProvider clock)
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public async Task<ChangeAgentOutcome> RunAsync(Caller caller, AgentChange change, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await ApplyAsync(caller, change, cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<ChangeAgentOutcome> ApplyAsync(Caller caller, AgentChange change, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var agent = await db.Users.SingleOrDefaultAsync(a => a.Id == change.AgentId, cancellationToken);
        if (agent is null)
        {
            return new ChangeAgentOutcome.Refused(Texts.Team.Of("NotInTeam"));
        }

        var isActiveAdmin = agent is { Role: Role.Admin, DisabledAtUtc: null };
        var staysActiveAdmin = (change.Role ?? agent.Role) == Role.Admin && !(change.Disabled ?? agent.DisabledAtUtc is not null);
        if (isActiveAdmin && !staysActiveAdmin)
        {
            if (!await db.Users.AnyAsync(a => a.Id != agent.Id && a.Role == Role.Admin && a.DisabledAtUtc == null, cancellationToken))
            {
                return new ChangeAgentOutcome.Refused(Texts.Team.Of("LastAdmin"));
            }

            if (caller.AgentId == agent.Id)
            {
                return new ChangeAgentOutcome.Refused(Texts.Team.Of("OwnAccount"));
            }
        }

        agent.Role = change.Role ?? agent.Role;
        if (change.Disabled is { } disabled)
        {
            agent.DisabledAtUtc = disabled ? agent.DisabledAtUtc ?? clock.GetUtcNow().UtcDateTime : null;

            // A new stamp ends every session of a disabled person, also those of other browsers.
            agent.SecurityStamp = Secrets.New();
        }

        if (change.Numbers is { } numbers)
        {
            agent.AllNumbers = numbers.Allowed is null;
            await ReplaceNumbersAsync(db, agent.Id, numbers.Allowed, cancellationToken);
        }

        agent.ConcurrencyStamp = Secrets.New();
        await db.SaveChangesAsync(cancellationToken);
        readCaller.Forget();
        live.Publish(new AgentChanged(agent.Id));
        return new ChangeAgentOutcome.Changed();
    }

    private static async Task ReplaceNumbersAsync(WaConsoleDb db, long agentId, IReadOnlySet<long>? allowed, CancellationToken cancellationToken)
    {
        db.AgentNumbers.RemoveRange(await db.AgentNumbers.Where(n => n.AgentId == agentId).ToListAsync(cancellationToken));
        if (allowed is null)
        {
            return;
        }

        var known = await db.Numbers.Where(n => allowed.Contains(n.Id)).Select(n => n.Id).ToListAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        db.AgentNumbers.AddRange(known.Select(numberId => new AgentNumber { AgentId = agentId, NumberId = numberId }));
    }
}
