using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>Whether messages can go out, and what stands in the way (health status, 2026).</summary>
/// <param name="CanSend"><c>AVAILABLE</c>, <c>LIMITED</c> or <c>BLOCKED</c>: that of the worst entity.</param>
public sealed record HealthStatus(string? CanSend, IReadOnlyList<HealthEntity> Entities);

/// <param name="Type">
/// <c>PHONE_NUMBER</c>, <c>MESSAGE_TEMPLATE</c>, <c>WABA</c>, <c>BUSINESS</c> or <c>APP</c>.
/// </param>
/// <param name="Notes">Why it is limited; Meta's sentences.</param>
/// <param name="Errors">Why it is blocked.</param>
public sealed record HealthEntity(
    string? Type,
    string? Id,
    string? CanSend,
    IReadOnlyList<string> Notes,
    IReadOnlyList<HealthError> Errors);

/// <param name="Code">For example 141006, no valid payment method. Not a code of sending.</param>
public sealed record HealthError(int? Code, string? Description, string? PossibleSolution);

internal static class HealthReading
{
    /// <summary>Of a number, an account or a template that was asked for <c>health_status</c>.</summary>
    public static HealthStatus? Read(JsonElement node) => node.Object("health_status"u8) is { } health
        ? new(
            health.Text("can_send_message"u8),
            [.. health.Items("entities"u8).Select(entity => new HealthEntity(
                entity.Text("entity_type"u8),
                entity.Text("id"u8),
                entity.Text("can_send_message"u8),
                [.. entity.Items("additional_info"u8).Select(note => note.AsText()).OfType<string>()],
                [.. entity.Items("errors"u8).Select(error => new HealthError(
                    error.Int("error_code"u8),
                    error.Text("error_description"u8),
                    error.Text("possible_solution"u8)))]))])
        : null;
}
