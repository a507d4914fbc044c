using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

/// <summary><paramref name="Numbers"/> is null when every number is allowed.</summary>
public sealed record TeamMember(
    long Id, string Name, string Email, Role Role, bool IsDisabled, bool IsDemo, bool TwoFactor, IReadOnlyList<long>? Numbers,
    DateTime CreatedAtUtc, DateTime? LastSignInAtUtc);

public sealed record OpenInvitation(long Id, string Name, string Email, Role Role, DateTime ExpiresAtUtc, bool IsExpired);

public sealed record TeamView(IReadOnlyList<TeamMember> Members, IReadOnlyList<OpenInvitation> Invitations);

/// <summary>Everybody with an account and every invitation not used yet, for admins.</summary>
public sealed class ListTeam(Store store, TimeProvider clock)
{
    public async Task<TeamView> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;

        var numbers = (await db.AgentNumbers.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(n => n.AgentId, n => n.NumberId);
        var agents = await db.Users.AsNoTracking().OrderBy(agent => agent.DisplayName).ThenBy(agent => agent.Id).ToListAsync(cancellationToken);
        var invitations = await db.Invitations.AsNoTracking()
            .Where(invitation => invitation.AcceptedAtUtc == null && invitation.RevokedAtUtc == null)
            .OrderByDescending(invitation => invitation.Id)
            .Select(invitation => new OpenInvitation(
                invitation.Id, invitation.DisplayName, invitation.Email, invitation.Role, invitation.ExpiresAtUtc, invitation.ExpiresAtUtc <= now))
            .ToListAsync(cancellationToken);

        return new TeamView([.. agents.Select(agent => Member(agent, numbers[agent.Id]))], invitations);
    }

    private static TeamMember Member(Agent agent, IEnumerable<long> numbers) => new(
        agent.Id,
        agent.DisplayName,
        agent.Email ?? "",
        agent.Role,
        agent.DisabledAtUtc is not null,
        agent.IsDemo,
        agent.TwoFactorEnabled,
        agent.AllNumbers ? null : [.. numbers.Order()],
        agent.CreatedAtUtc,
        agent.LastSignInAtUtc);
}
