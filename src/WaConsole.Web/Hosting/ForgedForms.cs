using Microsoft.AspNetCore.Antiforgery;

namespace WaConsole.Web.Hosting;

/// <summary>
/// A form without its antiforgery token is answered with 400 before anything reads it. Handlers compiled with the program read the form
/// as if it were good, and what they meet then is a 500 (dotnet/aspnetcore, request delegate generator). The page that says so is a GET.
/// </summary>
internal static class ForgedForms
{
    public static void UseAntiforgeryOrRefuse(this WebApplication app)
    {
        app.UseAntiforgery();
        app.Use(static (context, next) =>
        {
            if (context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } && !HttpMethods.IsGet(context.Request.Method))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return Task.CompletedTask;
            }

            return next(context);
        });
    }
}
