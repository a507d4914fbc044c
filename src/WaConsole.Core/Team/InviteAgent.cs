using FluentValidation;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Team;

public sealed record InvitationRequest(string Email, string Name, Role Role);

public abstract record InviteOutcome
{
    private InviteOutcome()
    {
    }

    /// <summary>The token belongs into the link and is shown once: only its hash is kept.</summary>
    public sealed record Invited(long InvitationId, string Token, DateTime ExpiresAtUtc) : InviteOutcome;

    public sealed record Refused(string Why) : InviteOutcome;
}

public sealed class InvitationRequestValidator : AbstractValidator<InvitationRequest>
{
    public InvitationRequestValidator()
    {
        RuleFor(request => request.Email).PersonEmail();
        RuleFor(request => request.Name).PersonName();
        RuleFor(request => request.Role).IsInEnum().WithMessage(_ => Texts.Team.Of("ChooseRole"));
    }
}

/// <summary>Invites somebody by a link that an admin hands over; no mail server is needed. A newer invitation replaces an older one.</summary>
public sealed class InviteAgent(Store store, TimeProvider clock)
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    private static readonly InvitationRequestValidator Validator = new();

    public async Task<InviteOutcome> RunAsync(Caller caller, InvitationRequest request, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        var wanted = request with { Email = request.Email.Trim(), Name = request.Name.Trim() };
        if (Validator.Validate(wanted).Problem() is { } problem)
        {
            return new InviteOutcome.Refused(problem);
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var normalized = NewAgent.Normalize(wanted.Email);
        if (await db.Users.AnyAsync(agent => agent.NormalizedEmail == normalized, cancellationToken))
        {
            return new InviteOutcome.Refused(Texts.Team.Of("InTeamAlready"));
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var open = await db.Invitations
            .Where(invitation => invitation.Email == wanted.Email && invitation.AcceptedAtUtc == null && invitation.RevokedAtUtc == null)
            .ToListAsync(cancellationToken);
        open.ForEach(invitation => invitation.RevokedAtUtc = now);

        var token = Secrets.New();
        var made = new Invitation
        {
            Email = wanted.Email,
            DisplayName = wanted.Name,
            Role = wanted.Role,
            TokenHash = Secrets.HashOf(token),
            InvitedById = caller.AgentId,
            CreatedAtUtc = now,
            ExpiresAtUtc = now + ValidFor,
        };
        db.Invitations.Add(made);
        await db.SaveChangesAsync(cancellationToken);
        return new InviteOutcome.Invited(made.Id, token, made.ExpiresAtUtc);
    }

    /// <summary>Takes an open invitation back. Returns false when there is none.</summary>
    public async Task<bool> RevokeAsync(Caller caller, long invitationId, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await store.OpenAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Invitations
            .Where(invitation => invitation.Id == invitationId && invitation.AcceptedAtUtc == null && invitation.RevokedAtUtc == null)
            .ExecuteUpdateAsync(set => set.SetProperty(invitation => invitation.RevokedAtUtc, now), cancellationToken) == 1;
    }
}
