using Microsoft.AspNetCore.Diagnostics;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Web.Hosting;

/// <summary>A fault is answered honestly: problem details to programs, a page to people, never a stack trace.</summary>
internal static class ErrorPage
{
    private const string Page = "/error";

    public static void UseErrorPage(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = Page, CreateScopeForErrors = true, StatusCodeSelector = StatusOf });
        app.UseStatusCodePagesWithReExecute(Page, createScopeForStatusCodePages: true);

        // Inside those two, so that it comes first: an empty answer to a program stays empty, and a fault becomes problem details.
        app.UseWhen(context => !IsForPeople(context), programs => programs
            .Use(WithoutPagesAsync)
            .UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf }));

        app.Use(ForPageAsync);
    }

    private static bool IsForPeople(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    /// <summary>
    /// The page that explains a refused form is read, not posted to. Blazor refuses one with an empty answer that already has a
    /// content type, which the status page would take for an answer.
    /// </summary>
    private static async Task ForPageAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
        }

        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false } refused
            && HttpMethods.IsPost(context.Request.Method)
            && IsForPeople(context))
        {
            refused.ContentType = null;
        }
    }

    private static Task WithoutPagesAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return next(context);
    }

    private static int StatusOf(Exception fault) => fault switch
    {
        NotAllowedException => StatusCodes.Status403Forbidden,
        BadHttpRequestException bad => bad.StatusCode,
        _ when StoreCondition.TroubleOf(fault) != StoreTrouble.None => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
