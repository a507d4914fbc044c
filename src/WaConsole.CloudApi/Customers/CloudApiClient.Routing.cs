using System.Text.Json.Nodes;

namespace WaConsole.CloudApi;

public sealed partial class CloudApiClient
{
    /// <summary>
    /// Hands a customer's thread to another responder, lets it go, or takes it (conversation routing, September 2026).
    /// No call tells who owns a thread: follow <see cref="HandoverItem"/>.
    /// </summary>
    /// <returns>Meta's id of the request.</returns>
    /// <exception cref="CloudApiException">2494191: only the escalation partner may take.</exception>
    public async Task<string?> ControlThreadAsync(
        CloudApiAccount account, string phoneNumberId, ThreadControl control, CancellationToken cancellationToken)
    {
        using var answer = await PostAsync(
            account, $"{GraphId.Check(phoneNumberId)}/thread_control", control.ToJson(), cancellationToken);
        return answer.RootElement.Text("request_id"u8);
    }
}

public enum ThreadAction
{
    /// <summary>Owner only.</summary>
    Pass,

    /// <summary>Owner only: the thread is idle then, and no webhook says so.</summary>
    Release,

    /// <summary>Escalation partner only.</summary>
    Take,
}

/// <param name="Customer">By phone or BSUID.</param>
/// <param name="TargetRole">
/// With <see cref="ThreadAction.Pass"/>: <c>customer_service</c>, <c>marketing</c>, <c>utility</c>, <c>ctwa</c>,
/// <c>ai_agent</c> or <c>escalation</c>; without it the escalation partner gets the thread.
/// </param>
/// <param name="Metadata">For the next owner, up to 2,000 characters.</param>
public sealed record ThreadControl(
    Recipient Customer,
    ThreadAction Action,
    string? TargetRole = null,
    string? Metadata = null)
{
    internal JsonObject ToJson() => JsonBytes.Of(
        ("messaging_product", "whatsapp"),
        ("to", (Customer as Recipient.Phone)?.E164),
        ("recipient", (Customer as Recipient.UserId)?.Bsuid),
        ("action", Action switch
        {
            ThreadAction.Pass => "pass",
            ThreadAction.Release => "release",
            _ => "take",
        }),
        ("control_pass", TargetRole is { } role ? new JsonObject { ["target_role"] = role } : null),
        ("metadata", Metadata));
}
