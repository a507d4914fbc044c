using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

public sealed record InvitationView(string Email, string Name, Role Role);

public sealed record AcceptInvitationRequest(string Token, string Name, string Password);

public abstract record AcceptInvitationOutcome
{
    private AcceptInvitationOutcome()
    {
    }

    public sealed record Joined(long AgentId, string Email) : AcceptInvitationOutcome;

    /// <summary>Unknown, used, taken back or expired: the page says the same for all four.</summary>
    public sealed record NotValid : AcceptInvitationOutcome;

    public sealed record Refused(string Why) : AcceptInvitationOutcome;
}

public sealed class AcceptInvitationRequestValidator : AbstractValidator<AcceptInvitationRequest>
{
    public AcceptInvitationRequestValidator()
    {
        RuleFor(request => request.Name).PersonName();
        RuleFor(request => request.Password).Password();
    }
}

/// <summary>Turns an invitation into an account. The link works once: two people who open it at the same time cannot both join.</summary>
public sealed class AcceptInvitation(Store store, IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly AcceptInvitationRequestValidator Validator = new();

    /// <returns>Null when the link is not valid.</returns>
    public async Task<InvitationView?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await Open(db, token)
            .Select(invitation => new InvitationView(invitation.Email, invitation.DisplayName, invitation.Role))
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<AcceptInvitationOutcome> RunAsync(AcceptInvitationRequest request, CancellationToken cancellationToken)
    {
        var wanted = request with { Name = request.Name.Trim() };
        if (Validator.Validate(wanted).Problem() is { } problem)
        {
            return new AcceptInvitationOutcome.Refused(problem);
        }

        await using var db = await store.OpenAsync(cancellationToken);
        if (await Open(db, wanted.Token).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } invitation)
        {
            return new AcceptInvitationOutcome.NotValid();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var claimed = await Open(db, wanted.Token)
            .ExecuteUpdateAsync(set => set.SetProperty(open => open.AcceptedAtUtc, now), cancellationToken);
        if (claimed != 1)
        {
            return new AcceptInvitationOutcome.NotValid();
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Agent>>();
        var agent = NewAgent.Of(invitation.Email, wanted.Name, invitation.Role, clock);
        var created = await users.CreateAsync(agent, wanted.Password);
        if (created.Succeeded)
        {
            return new AcceptInvitationOutcome.Joined(agent.Id, invitation.Email);
        }

        await db.Invitations.Where(open => open.Id == invitation.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(open => open.AcceptedAtUtc, (DateTime?)null), CancellationToken.None);
        return new AcceptInvitationOutcome.Refused(string.Join(" ", created.Errors.Select(error => error.Description)));
    }

    private IQueryable<Invitation> Open(WaConsoleDb db, string token)
    {
        var hash = Secrets.HashOf(token);
        var now = clock.GetUtcNow().UtcDateTime;
        return db.Invitations.Where(invitation =>
            invitation.TokenHash == hash && invitation.AcceptedAtUtc == null && invitation.RevokedAtUtc == null && invitation.ExpiresAtUtc > now);
    }
}
