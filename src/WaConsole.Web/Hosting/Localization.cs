using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.StaticAssets;
using WaConsole.Core.Team;
using WaConsole.Web.Components;

namespace WaConsole.Web.Hosting;

/// <summary>
/// The language a request is answered in: what the signed-in person chose, then what was chosen on this browser, then what the browser
/// asks for. A circuit takes the language of the request that opened it and keeps it.
/// </summary>
internal static class Localization
{
    public const string Cookie = "waconsole-language";

    private static readonly List<CultureInfo> Cultures = [.. ConsoleLanguages.All.Select(CultureInfo.GetCultureInfo)];

    public static void UseLanguage(this WebApplication app) => app.UseRequestLocalization(new RequestLocalizationOptions
    {
        DefaultRequestCulture = new RequestCulture(ConsoleLanguages.English),
        SupportedCultures = Cultures,
        SupportedUICultures = Cultures,
        RequestCultureProviders =
        [
            new CustomRequestCultureProvider(OfPersonAsync),
            new CustomRequestCultureProvider(context => Answer(ConsoleLanguages.Find(context.Request.Cookies[Cookie]))),
            new CustomRequestCultureProvider(context => Answer(AskedLanguage.Of(context.Request.Headers.AcceptLanguage.ToString(), ConsoleLanguages.All))),
        ],
    });

    /// <summary>Keeps the choice for pages before sign-in.</summary>
    public static void Remember(HttpContext context, string? language)
    {
        if (ConsoleLanguages.Find(language) is { } known)
        {
            context.Response.Cookies.Append(Cookie, known, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
        }
        else
        {
            context.Response.Cookies.Delete(Cookie);
        }
    }

    /// <summary>
    /// The page that tells of a fault asks nobody: the fault may be the database's. Neither do the files of the screen, of which a page
    /// loads dozens: they have no words.
    /// </summary>
    private static async Task<ProviderCultureResult?> OfPersonAsync(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>() is null
        && context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null
        && CurrentCaller.AgentId(context.User) is { } agentId
        && await context.RequestServices.GetRequiredService<ReadCaller>().RunAsync(agentId, context.RequestAborted) is { Language: { } language }
            ? new ProviderCultureResult(language)
            : null;

    private static Task<ProviderCultureResult?> Answer(string? language) =>
        Task.FromResult(language is null ? null : new ProviderCultureResult(language));
}
