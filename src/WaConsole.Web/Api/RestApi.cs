using Microsoft.AspNetCore.Authorization;

namespace WaConsole.Web.Api;

/// <summary>The REST API for other programs under /api/v1 and its description at /openapi/v1.json.</summary>
internal static class RestApi
{
    public const string Root = "/api/v1";

    public static void AddRestApi(this IServiceCollection services)
    {
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddRateLimiter(limits => limits.AddPolicy<string, ApiRateLimit>(ApiRateLimit.Policy));
        ApiKeyAuthentication.Add(services);
        services.AddOpenApi("v1", ApiDescription.Configure);
    }

    /// <summary>Behind authentication and UseRateLimiter.</summary>
    public static void MapRestApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(Root)
            .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.Scheme).RequireAuthenticatedUser().Build())
            .RequireRateLimiting(ApiRateLimit.Policy)
            .AddEndpointFilter<ApiFaults>()
            .DisableAntiforgery();
        api.MapConversations();
        api.MapMessages();
        api.MapBulk();
        api.MapNotices();
        api.MapContacts();
        api.MapOptIns();
        api.MapOptInImports();
        api.MapLabels();
        api.MapHandling();
        api.MapActions();
        api.MapCannedReplies();
        api.MapViews();
        api.MapMedia();
        api.MapLibrary();
        api.MapTemplates();
        api.MapTemplateDrafts();
        api.MapNumbers();
        api.Map("/{**rest}", () => ApiProblem.NotFound("There is no such endpoint, or not with this method. See /openapi/v1.json."))
            .ExcludeFromDescription();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }
}
