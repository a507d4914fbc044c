using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using WaConsole.Core.Team;

namespace WaConsole.Web.Components.Account;

internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder routes) => routes.MapPost("/account/sign-out", SignOutAsync).AllowAnonymous().ExcludeFromDescription();

    /// <summary>The form parameter makes the endpoint ask for the antiforgery token: nobody is signed out by a foreign page.</summary>
    private static async Task<IResult> SignOutAsync([FromForm] string? returnUrl, SignInManager<Agent> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(LocalUrl.OrStart(returnUrl ?? "/account/sign-in"));
    }
}
