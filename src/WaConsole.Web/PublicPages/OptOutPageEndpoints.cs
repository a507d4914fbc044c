using WaConsole.Core.Capture;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Public;

namespace WaConsole.Web.PublicPages;

/// <summary>
/// /opt-out, where anybody types a number, and /opt-out/{token}, a person's own. Opening either changes nothing: programs that look into
/// links open them too. No antiforgery token, as on the opt-in page; a stop that a foreign page brings about errs on the side of silence.
/// </summary>
internal static class OptOutPageEndpoints
{
    private const string What = "opt-out";

    public static void MapOptOutPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/opt-out", Show).AllowAnonymous().RequireRateLimiting(PublicRate.Policy).ExcludeFromDescription();
        app.MapPost("/opt-out", TakeAsync).AllowAnonymous().RequireRateLimiting(PublicRate.Policy).WithMetadata(PublicForm.Small).DisableAntiforgery().ExcludeFromDescription();
        app.MapGet("/opt-out/{token}", ShowOwn).AllowAnonymous().RequireRateLimiting(PublicRate.Policy).ExcludeFromDescription();
        app.MapPost("/opt-out/{token}", TakeOwnAsync).AllowAnonymous().RequireRateLimiting(PublicRate.Policy).WithMetadata(PublicForm.Small).DisableAntiforgery().ExcludeFromDescription();
    }

    private static IResult Show(HttpContext http, FormSeal seal)
    {
        PublicForm.Speak(PublicForm.Choose(http, ConsoleLanguages.All));
        return Form(http, seal.Make(What), new OptOutFields("", ""), problem: null);
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http, IFormCollection form, LeaveByPhone leave, FormSeal seal, CancellationToken cancellationToken)
    {
        PublicForm.Speak(PublicForm.Choose(http, ConsoleLanguages.All));
        var fields = new OptOutFields(PublicForm.Text(form, "phone"), PublicForm.Text(form, "country"));
        if (PublicForm.Text(form, PublicForm.Decoy).Length > 0)
        {
            return Done(http);
        }

        var (state, what, handedOut) = seal.Read(form[PublicForm.SealField].ToString());
        if (state != SealState.Good || what != What)
        {
            // Who was too fast keeps the seal they have: it grows old while they look.
            return state == SealState.TooSoon
                ? Form(http, form[PublicForm.SealField].ToString(), fields, "TooSoon")
                : Form(http, seal.Make(What), fields, "Again");
        }

        return await leave.RunAsync(fields.Phone, fields.Country, LeavingOf(http, everything: false) with { Form = handedOut }, cancellationToken) switch
        {
            LeaveOutcome.Taken => Done(http),
            LeaveOutcome.InvalidPhone => Form(http, seal.Make(What), fields, "PhoneProblem"),
            _ => Form(http, seal.Make(What), fields, "Again"),
        };
    }

    private static IResult ShowOwn(HttpContext http, string token)
    {
        PublicForm.Speak(PublicForm.Choose(http, ConsoleLanguages.All));
        return PublicForm.Page<OptOutOwn>(http, new { Token = token });
    }

    /// <summary>The form is read by hand: without a tick there is nothing in it, and an empty one counts all the same.</summary>
    private static async Task<IResult> TakeOwnAsync(HttpContext http, string token, LeaveByLink leave, CancellationToken cancellationToken)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(cancellationToken) : FormCollection.Empty;
        PublicForm.Speak(PublicForm.Choose(http, ConsoleLanguages.All));
        return await leave.RunAsync(token, LeavingOf(http, PublicForm.Text(form, "everything") == "yes"), cancellationToken)
            ? Done(http)
            : PublicForm.Page<OptOutOwn>(http, new { Token = token, IsWrong = true }, StatusCodes.Status404NotFound);
    }

    private static Leaving LeavingOf(HttpContext http, bool everything) => new(everything)
    {
        IpAddress = http.Connection.RemoteIpAddress?.ToString(),
        UserAgent = http.Request.Headers.UserAgent.ToString(),
    };

    private static IResult Form(HttpContext http, string seal, OptOutFields fields, string? problem) => PublicForm.Page<OptOutForm>(
        http,
        new { Fields = fields, Problem = problem, Seal = seal },
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static IResult Done(HttpContext http) => PublicForm.Page<OptOutDone>(http, new { });
}

/// <summary>The form as it was filled in.</summary>
public sealed record OptOutFields(string Phone, string Country);
