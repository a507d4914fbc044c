namespace WaConsole.Web.PublicPages;

internal static class PublicPagesSetUp
{
    public static void AddPublicPages(this IServiceCollection services)
    {
        services.AddSingleton<FormSeal>();
        services.AddRateLimiter(limiter => limiter.AddPolicy<(bool Posts, bool Leaves, string Address), PublicRate>(PublicRate.Policy));
    }

    public static void MapPublicPages(this IEndpointRouteBuilder app)
    {
        app.MapOptInPages();
        app.MapOptOutPages();
    }
}
