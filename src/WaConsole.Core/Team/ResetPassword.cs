using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Team;

public sealed record NewPassword(string Password);

public sealed class NewPasswordValidator : AbstractValidator<NewPassword>
{
    public NewPasswordValidator() => RuleFor(request => request.Password).Password();
}

/// <summary>A link by which a colleague chooses a new password. An admin makes it and hands it over; no mail server is needed.</summary>
public sealed class ResetPassword(IServiceScopeFactory scopes, LiveUpdates live)
{
    private static readonly NewPasswordValidator Validator = new();

    /// <returns>The token for the link, valid for one use and a day; null when there is no such person.</returns>
    public async Task<string?> MakeTokenAsync(Caller caller, long agentId, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        cancellationToken.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Agent>>();
        return await users.FindByIdAsync(agentId.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { } agent
            ? await users.GeneratePasswordResetTokenAsync(agent)
            : null;
    }

    /// <returns>Null when the password was changed, else why not.</returns>
    public async Task<string?> RunAsync(long agentId, string token, string password, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Validator.Validate(new NewPassword(password)).Problem() is { } problem)
        {
            return problem;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Agent>>();
        var agent = await users.FindByIdAsync(agentId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (agent is null || agent.DisabledAtUtc is not null || !(await users.ResetPasswordAsync(agent, token, password)).Succeeded)
        {
            return Texts.Team.Of("LinkOver");
        }

        await users.SetLockoutEndDateAsync(agent, null);
        await users.ResetAccessFailedCountAsync(agent);
        live.Publish(new AgentChanged(agentId));
        return null;
    }
}
