using System.Globalization;
using WaConsole.Core.Intake;

namespace WaConsole.Web.Webhooks;

/// <summary>The two things WhatsApp asks of us: the handshake when the callback URL is saved, and to take its deliveries.</summary>
internal static class WhatsAppWebhook
{
    public const string Path = "/webhooks/whatsapp";

    /// <summary>Deliveries are up to 3 MB (Meta, Webhooks, 2025); a margin so that the limit is never ours.</summary>
    public const int MaxBytes = (3 * 1024 * 1024) + (256 * 1024);

    private const int RetryAfterSeconds = 30;

    /// <summary>
    /// Deliveries pass by everything that is for people and programs (sign-in, rates, pages for faults): none of it has a say in them, and
    /// each costs time thousands of times a second. Their signature is what lets them in.
    /// </summary>
    public static void MapWhatsAppWebhook(this IEndpointRouteBuilder routes)
    {
        var accept = routes.ServiceProvider.GetRequiredService<AcceptDelivery>();
        var memory = routes.ServiceProvider.GetRequiredService<IntakeMemory>();
        var clock = routes.ServiceProvider.GetRequiredService<TimeProvider>();
        var webhook = routes.MapGroup(Path).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        webhook.MapGet("", AnswerAsync);
        webhook.MapPost("", (HttpContext context) => DeliverAsync(context, accept, memory, clock)).ShortCircuit();
    }

    private static async Task<IResult> AnswerAsync(HttpRequest request, AnswerHandshake answer, CancellationToken cancellationToken)
    {
        var query = request.Query;
        var echo = await answer.RunAsync(query["hub.mode"], query["hub.verify_token"], query["hub.challenge"], cancellationToken);
        return echo is null ? Results.StatusCode(StatusCodes.Status403Forbidden) : Results.Text(echo, "text/plain");
    }

    private static async Task DeliverAsync(HttpContext context, AcceptDelivery accept, IntakeMemory memory, TimeProvider clock)
    {
        try
        {
            var (body, refusal) = await ReadHeldBody.RunAsync(context.Request, MaxBytes, memory, clock, context.RequestAborted);
            if (body is null)
            {
                Refuse(context.Response, refusal);
                return;
            }

            Answer(context.Response, await accept.RunAsync(body, context.Request.Headers["X-Hub-Signature-256"], context.RequestAborted));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered any more.
        }
    }

    private static void Answer(HttpResponse response, AcceptOutcome outcome)
    {
        switch (outcome)
        {
            case AcceptOutcome.Stored:
                break;
            case AcceptOutcome.BadSignature:
                Refuse(response, StatusCodes.Status401Unauthorized);
                break;
            default:
                Refuse(response, StatusCodes.Status503ServiceUnavailable);
                break;
        }
    }

    private static void Refuse(HttpResponse response, int status)
    {
        response.StatusCode = status;
        if (status == StatusCodes.Status408RequestTimeout)
        {
            // The rest of the body may never come: nothing can follow it on this connection.
            response.Headers.Connection = "close";
        }

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}
