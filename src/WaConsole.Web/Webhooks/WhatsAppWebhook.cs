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

    public static void MapWhatsAppWebhook(this IEndpointRouteBuilder routes)
    {
        var webhook = routes.MapGroup(Path).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        webhook.MapGet("", AnswerAsync);
        webhook.MapPost("", DeliverAsync);
    }

    private static async Task<IResult> AnswerAsync(HttpRequest request, AnswerHandshake answer, CancellationToken cancellationToken)
    {
        var query = request.Query;
        var echo = await answer.RunAsync(query["hub.mode"], query["hub.verify_token"], query["hub.challenge"], cancellationToken);
        return echo is null ? Results.StatusCode(StatusCodes.Status403Forbidden) : Results.Text(echo, "text/plain");
    }

    private static async Task<IResult> DeliverAsync(HttpContext context, AcceptDelivery accept, CancellationToken cancellationToken)
    {
        if (await BoundedBody.ReadAsync(context.Request, MaxBytes, cancellationToken) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var outcome = await accept.RunAsync(body, context.Request.Headers["X-Hub-Signature-256"], cancellationToken);
        switch (outcome)
        {
            case AcceptOutcome.Stored:
                return Results.Ok();
            case AcceptOutcome.BadSignature:
                return Results.StatusCode(StatusCodes.Status401Unauthorized);
            default:
                context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
