using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WaConsole.Core.Team;

/// <summary>Identity's sign-in with our two refusals: disabled people, and demo accounts where those are not allowed.</summary>
internal sealed class AgentSignInManager(
    UserManager<Agent> users, IHttpContextAccessor context, IUserClaimsPrincipalFactory<Agent> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Agent>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Agent> confirmation, DemoMode demo)
    : SignInManager<Agent>(users, context, claims, options, logger, schemes, confirmation)
{
    public override async Task<bool> CanSignInAsync(Agent user) =>
        user.DisabledAtUtc is null && (!user.IsDemo || demo.AllowsRequest(Context)) && await base.CanSignInAsync(user);
}
