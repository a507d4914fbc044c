using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using WaConsole.Core.Team;

namespace WaConsole.Web.Components;

/// <summary>
/// The signed-in person of this circuit or request. Ask anew for each operation: role and numbers are as the database has
/// them at that moment. Throws <see cref="NotAllowedException"/> when nobody is signed in or the account was disabled.
/// </summary>
public sealed class CurrentCaller(AuthenticationStateProvider authentication, ReadCaller readCaller)
{
    public async ValueTask<Caller> ReadAsync(CancellationToken cancellationToken = default)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        var caller = AgentId(state.User) is { } agentId ? await readCaller.RunAsync(agentId, cancellationToken) : null;
        return caller ?? throw NotAllowedException.SignInFirst();
    }

    public static long? AgentId(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true }
        && long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
}
