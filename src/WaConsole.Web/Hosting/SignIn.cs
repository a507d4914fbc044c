using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using WaConsole.Core.Team;
using WaConsole.Web.Components;
using WaConsole.Web.Components.Account;

namespace WaConsole.Web.Hosting;

/// <summary>Names of the authorisation policies, for [Authorize] and RequireAuthorization.</summary>
public static class Policies
{
    /// <summary>Agents and admins.</summary>
    public const string Inbox = "Inbox";

    public const string Admin = "Admin";
}

internal static class SignIn
{
    /// <summary>Signed in and not disabled. Also the fallback: an endpoint that says nothing is not open to the world.</summary>
    private static readonly AuthorizationPolicy Anybody = new([new RoleRequirement(Role.Agent, Role.Marketer, Role.Admin)], []);

    public static void AddSignIn(this IServiceCollection services)
    {

        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "waconsole";
            cookie.LoginPath = "/account/sign-in";
            cookie.AccessDeniedPath = "/account/denied";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
        });
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));

        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Inbox, policy => policy.AddRequirements(new RoleRequirement(Role.Agent, Role.Admin)))
            .AddPolicy(Policies.Admin, policy => policy.AddRequirements(new RoleRequirement(Role.Admin)))
            .SetDefaultPolicy(Anybody)
            .SetFallbackPolicy(Anybody);
        services.AddSingleton<IAuthorizationHandler, RoleHandler>();

        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, AgentAuthenticationStateProvider>();
    }
}

internal sealed class RoleRequirement(params Role[] roles) : IAuthorizationRequirement
{
    public IReadOnlyList<Role> Roles { get; } = roles;
}

/// <summary>Decides by the role the database has now, not by one a cookie was given days ago.</summary>
internal sealed class RoleHandler(ReadCaller readCaller) : AuthorizationHandler<RoleRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (CurrentCaller.AgentId(context.User) is { } agentId
            && await readCaller.RunAsync(agentId, CancellationToken.None) is { } caller
            && requirement.Roles.Contains(caller.Role))
        {
            context.Succeed(requirement);
        }
    }
}
