using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using WaConsole.Core.Team;
using WaConsole.Web.Live;

namespace WaConsole.Web.Api;

/// <summary>
/// Authenticates a program by its key: header <c>X-Api-Key</c>, or for the live hub's web sockets, which browsers open without headers,
/// the query parameter <c>access_token</c>.
/// </summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, FindApiKey find)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "ApiKey";

    /// <summary>A key when there is one, otherwise the signed-in person.</summary>
    public const string KeyOrCookie = "KeyOrCookie";

    public const string Header = "X-Api-Key";

    private const string QueryKey = "access_token";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(Scheme, null)
            .AddPolicyScheme(KeyOrCookie, null, policy =>
            {
                policy.ForwardDefaultSelector = http => KeyOf(http.Request) is null ? IdentityConstants.ApplicationScheme : Scheme;
                policy.ForwardChallenge = Scheme;
                policy.ForwardForbid = Scheme;
            });
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyOf(Request) is not { } key)
        {
            return AuthenticateResult.NoResult();
        }

        var caller = key.Length is > 0 and <= FindApiKey.MaxLength
            ? await find.RunAsync(FindApiKey.HashOf(key), Context.RequestAborted)
            : null;
        return caller is null
            ? AuthenticateResult.Fail("The API key is not known or was revoked.")
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ApiKeyIdentity(caller)), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = $"ApiKey realm=\"WaConsole\", header=\"{Header}\"";
        return ApiProblem.Of(
            StatusCodes.Status401Unauthorized, "unauthorized", $"Send a valid API key in the header {Header}.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiProblem.Of(
        StatusCodes.Status403Forbidden, "forbidden", "This may not be done with your role.").ExecuteAsync(Context);

    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers.TryGetValue(Header, out var header))
        {
            return header.ToString();
        }

        return request.Path.StartsWithSegments(LiveHub.Path) && request.Query.TryGetValue(QueryKey, out var query) ? query.ToString() : null;
    }
}
