using System.Security.Claims;
using WaConsole.Core.Team;
using WaConsole.Web.Api;
using WaConsole.Web.Components;

namespace WaConsole.Web.Live;

/// <summary>The caller behind a request or connection that a person or a program may have opened, as of now.</summary>
internal sealed class RequestCaller(ReadCaller people, FindApiKey keys)
{
    /// <returns>Null when nobody is signed in, the account was disabled or the key revoked.</returns>
    public async ValueTask<Caller?> ReadAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (ApiCaller.TryOf(user) is { } program)
        {
            return program.ApiKeyId is { } id ? await keys.AgainAsync(id, cancellationToken) : null;
        }

        return CurrentCaller.AgentId(user) is { } agentId ? await people.RunAsync(agentId, cancellationToken) : null;
    }
}
