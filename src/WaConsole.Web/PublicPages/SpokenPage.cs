using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace WaConsole.Web.PublicPages;

/// <summary>A page drawn in a language of its own: what a handler sets is forgotten before its result is written.</summary>
internal sealed class SpokenPage(RazorComponentResult page, CultureInfo language) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (language, language);
        return page.ExecuteAsync(httpContext);
    }
}
