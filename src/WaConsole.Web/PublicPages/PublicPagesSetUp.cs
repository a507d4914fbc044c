namespace WaConsole.Web.PublicPages;

internal static class PublicPagesSetUp
{
    public static void AddPublicPages(this IServiceCollection services)
    {
        services.AddSingleton<FormSeal>();
        services.AddPublicRate();
    }

    public static void MapPublicPages(this IEndpointRouteBuilder app)
    {
        app.MapOptInPages();
        app.MapOptOutPages();
    }
}
