using System.Text.Json;

namespace WaConsole.CloudApi;

/// <param name="Categories">For example <c>SIGN_UP</c>, <c>APPOINTMENT_BOOKING</c>, <c>CONTACT_US</c>, <c>OTHER</c>.</param>
/// <param name="EndpointUri">Where the Flow asks for data; null for one that needs none.</param>
/// <param name="CloneFlowId">Takes over the screens of this one.</param>
/// <param name="Json">Its screens; they can also be put in place later.</param>
public sealed record FlowDraft(
    string Name, IReadOnlyList<string> Categories, Uri? EndpointUri = null, string? CloneFlowId = null, string? Json = null);

public sealed record FlowSaved(string Id, IReadOnlyList<FlowJsonError> Errors);

/// <param name="Status"><c>DRAFT</c>, <c>PUBLISHED</c>, <c>DEPRECATED</c>, <c>BLOCKED</c> or <c>THROTTLED</c>.</param>
public sealed record FlowInfo(
    string Id, string? Name, string? Status, IReadOnlyList<string> Categories, IReadOnlyList<FlowJsonError> Errors, string? JsonVersion);

/// <param name="Error">For example <c>INVALID_PROPERTY</c>.</param>
public sealed record FlowJsonError(string? Error, string? Type, string? Message, int? Line, int? Column);

internal static class FlowReading
{
    public const string Fields = "id,name,status,categories,validation_errors,json_version";

    public static FlowSaved? Saved(JsonElement answer) => answer.Text("id"u8) is { } id ? new(id, Errors(answer)) : null;

    public static FlowInfo? Flow(JsonElement row) => row.Text("id"u8) is { } id
        ? new(id, row.Text("name"u8), row.Text("status"u8), row.Texts("categories"u8), Errors(row), row.Text("json_version"u8))
        : null;

    public static IReadOnlyList<FlowJsonError> Errors(JsonElement answer)
    {
        var errors = new List<FlowJsonError>();
        foreach (var error in answer.Items("validation_errors"u8))
        {
            errors.Add(new(
                error.Text("error"u8), error.Text("error_type"u8), error.Text("message"u8), error.Int("line_start"u8), error.Int("column_start"u8)));
        }

        return errors;
    }
}
