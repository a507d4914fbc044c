using Microsoft.AspNetCore.Mvc;
using WaConsole.Core.Team;
using WaConsole.Web.Hosting;

namespace WaConsole.Web.Components.Account;

internal static class LanguageEndpoint
{
    public static void MapLanguage(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/account/language", Choose).AllowAnonymous().ExcludeFromDescription();

    /// <summary>Before sign-in: kept by this browser. What a person chose on the profile stays above it.</summary>
    private static IResult Choose([FromForm] string? language, [FromForm] string? returnUrl, HttpContext context)
    {
        Localization.Remember(context, language);
        return Results.LocalRedirect(LocalUrl.OrStart(returnUrl ?? "/account/sign-in"));
    }
}
