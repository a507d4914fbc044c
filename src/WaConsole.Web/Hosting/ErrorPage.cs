using Microsoft.AspNetCore.Diagnostics;
using WaConsole.Core.Team;

namespace WaConsole.Web.Hosting;

/// <summary>A fault is answered honestly: problem details to programs, a page to people, never a stack trace.</summary>
internal static class ErrorPage
{
    private const string Page = "/error";

    public static void UseErrorPage(this WebApplication app)
    {
        app.UseWhen(IsForPeople, people => people
            .UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = Page, CreateScopeForErrors = true, StatusCodeSelector = StatusOf })
            .UseStatusCodePagesWithReExecute(Page, createScopeForStatusCodePages: true));
        app.UseWhen(
            context => !IsForPeople(context),
            programs => programs.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf }));
    }

    private static bool IsForPeople(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static int StatusOf(Exception fault) => fault switch
    {
        NotAllowedException => StatusCodes.Status403Forbidden,
        BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };
}
