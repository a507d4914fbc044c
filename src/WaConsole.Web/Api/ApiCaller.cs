using System.Security.Claims;
using WaConsole.Core.Team;

namespace WaConsole.Web.Api;

/// <summary>Carries the caller an API key stands for from authentication to the endpoint.</summary>
internal sealed class ApiKeyIdentity(Caller caller) : ClaimsIdentity(
    [new Claim(ClaimTypes.Name, caller.Name)], ApiKeyAuthentication.Scheme)
{
    public Caller Caller { get; } = caller;
}

internal static class ApiCaller
{
    /// <summary>Who the key stands for. The group's policy has let nobody else in.</summary>
    public static Caller Of(HttpContext http) =>
        TryOf(http.User) ?? throw new InvalidOperationException("An endpoint of the API was reached without its key policy.");

    public static Caller? TryOf(ClaimsPrincipal user) => user.Identities.OfType<ApiKeyIdentity>().FirstOrDefault()?.Caller;
}
