using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WaConsole.Core.Team;
using WaConsole.Web.Hosting;

namespace WaConsole.Web.PublicPages;

/// <summary>What every public form shares: its language, its headers, and what a program leaves in it.</summary>
internal static class PublicForm
{
    /// <summary>A field nobody sees. Who fills it in is a program.</summary>
    public const string Decoy = "homepage";

    public const string SealField = "seal";

    /// <summary>A form that anybody may send is read before anything in it is known.</summary>
    public static readonly RequestSizeLimitAttribute Small = new(16 * 1024);

    private const int Longest = 200;

    /// <summary>Of these languages the one the address asks for, else the one the browser likes best.</summary>
    public static string Choose(HttpContext http, IReadOnlyList<string> languages)
    {
        var asked = http.Request.Query["lang"].ToString();
        return languages.FirstOrDefault(language => language == asked)
            ?? (AskedLanguage.Of(http.Request.Headers.AcceptLanguage.ToString(), [.. languages.Select(language => language.Replace('_', '-'))]) is { } liked
                ? languages.First(language => language.Replace('_', '-') == liked)
                : languages.FirstOrDefault(language => language.Split('_')[0] == ConsoleLanguages.English) ?? languages[0]);
    }

    /// <summary>The words around a wording: of the console's languages the nearest.</summary>
    public static void Speak(string language)
    {
        var culture = CultureInfo.GetCultureInfo(AskedLanguage.Of(language.Replace('_', '-'), ConsoleLanguages.All) ?? ConsoleLanguages.English);
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
    }

    /// <param name="embeddedBy">Origins that may show the page inside theirs.</param>
    public static IResult Page<T>(HttpContext http, object parameters, int status = StatusCodes.Status200OK, IReadOnlyList<string>? embeddedBy = null)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = SecurityHeaders.ContentSecurityPolicy(importMap: null, embeddedBy ?? []);
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex";
        return new SpokenPage(new RazorComponentResult(typeof(T), parameters) { StatusCode = status }, CultureInfo.CurrentUICulture);
    }

    public static string Text(IFormCollection form, string name)
    {
        var text = form[name].ToString();
        return text.Length <= Longest ? text : text[..Longest];
    }
}
