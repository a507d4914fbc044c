using System.Globalization;
using System.Text.Json;
using WaConsole.Core.Capture;
using WaConsole.Web.Components.Public;

namespace WaConsole.Web.PublicPages;

/// <summary>
/// GET and POST /opt-in/{slug}: a page for anybody, without cookies, scripts or a circuit. It answers alike whether a number is known or not.
/// No antiforgery token: nobody is signed in here whose rights a foreign page could use.
/// </summary>
internal static class OptInPageEndpoints
{
    public static void MapOptInPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/opt-in/{slug}", ShowAsync).AllowAnonymous().RequireRateLimiting(PublicRate.Policy).ExcludeFromDescription();
        app.MapPost("/opt-in/{slug}", TakeAsync).AllowAnonymous().RequireRateLimiting(PublicRate.Policy).WithMetadata(PublicForm.Small).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, string slug, ReadOptInPage read, FormSeal seal, CancellationToken cancellationToken)
    {
        if (await read.RunAsync(slug, languages => PublicForm.Choose(http, languages), cancellationToken) is not { } page)
        {
            return Gone(http);
        }

        PublicForm.Speak(page.Language);
        return Form(http, page, Sealed(seal, page), OptInFields.Empty(page.Country), problem: null);
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http, string slug, IFormCollection form, ReadOptInPage read, AgreeOnPage agree, FormSeal seal, CancellationToken cancellationToken)
    {
        if (await read.RunAsync(slug, languages => PublicForm.Choose(http, languages), cancellationToken) is not { } page)
        {
            return Gone(http);
        }

        PublicForm.Speak(page.Language);
        var fields = new OptInFields(PublicForm.Text(form, "phone"), PublicForm.Text(form, "country"), PublicForm.Text(form, "agree") == "yes");
        if (PublicForm.Text(form, PublicForm.Decoy).Length > 0)
        {
            return Done(http, page);
        }

        var (state, what, handedOut) = seal.Read(form[PublicForm.SealField].ToString());
        if (state != SealState.Good || VersionOf(what, slug) is not { } version)
        {
            // Who was too fast keeps the seal they have: it grows old while they look.
            return state == SealState.TooSoon
                ? Form(http, page, form[PublicForm.SealField].ToString(), fields, "TooSoon")
                : Form(http, page, Sealed(seal, page), fields, "Again");
        }

        if (!fields.Agrees)
        {
            return Form(http, page, Sealed(seal, page), fields, "TickFirst");
        }

        var outcome = await agree.RunAsync(
            new Agreement(slug, version, fields.Phone, fields.Country)
            {
                Form = handedOut,
                IpAddress = http.Connection.RemoteIpAddress?.ToString(),
                UserAgent = http.Request.Headers.UserAgent.ToString(),
                FormJson = JsonSerializer.Serialize(new
                {
                    page = $"{http.Request.Scheme}://{http.Request.Host}/opt-in/{slug}",
                    language = page.Language,
                    phone = fields.Phone,
                    country = fields.Country,
                    agree = fields.Agrees,
                }),
            },
            cancellationToken);
        return outcome switch
        {
            AgreeOutcome.InvalidPhone => Form(http, page, Sealed(seal, page), fields, "PhoneProblem"),
            AgreeOutcome.NoSuchPage or AgreeOutcome.FormSpent => Form(http, page, Sealed(seal, page), fields, "Again"),
            _ => Done(http, page),
        };
    }

    /// <summary>The seal names the words that were shown: they are what is agreed to, whatever is published meanwhile.</summary>
    private static long? VersionOf(string? what, string slug) =>
        what?.Split('|') is [var page, var version] && page == slug && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string Sealed(FormSeal seal, PublicOptInPage page) => seal.Make(string.Create(CultureInfo.InvariantCulture, $"{page.Slug}|{page.VersionId}"));

    private static IResult Form(HttpContext http, PublicOptInPage page, string seal, OptInFields fields, string? problem) =>
        PublicForm.Page<OptInForm>(
            http,
            new
            {
                Page = page,
                Fields = fields,
                Problem = problem,
                Seal = seal,
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            page.Origins);

    private static IResult Done(HttpContext http, PublicOptInPage page) => PublicForm.Page<OptInDone>(http, new { Page = page }, embeddedBy: page.Origins);

    private static IResult Gone(HttpContext http) => PublicForm.Page<PageGone>(http, new { }, StatusCodes.Status404NotFound);
}

/// <summary>The form as it was filled in.</summary>
public sealed record OptInFields(string Phone, string Country, bool Agrees)
{
    public static OptInFields Empty(string? country) => new("", country ?? "", false);
}
