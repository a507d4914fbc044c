using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class TemplateReading
{
    /// <summary>Null for a row without the fields that name a template.</summary>
    public static TemplateInfo? Read(JsonElement row) =>
        row.Text("id"u8) is { } id && row.Text("name"u8) is { } name && row.Text("language"u8) is { } language
            ? new TemplateInfo(
                id,
                name,
                language,
                row.Text("status"u8) ?? "UNKNOWN",
                row.Text("category"u8) ?? "UNKNOWN",
                row.Text("sub_category"u8),
                row.Text("parameter_format"u8),
                row.Object("quality_score"u8)?.Text("score"u8),
                row.Text("rejected_reason"u8),
                row.Text("previous_category"u8),
                row.Text("correct_category"u8),
                row.Member("components"u8) is { ValueKind: JsonValueKind.Array } components
                    ? components.GetRawText()
                    : "[]")
            {
                TtlSeconds = row.Int("message_send_ttl_seconds"u8),
                LibraryTemplateName = row.Text("library_template_name"u8),
                OptedOutOfLinkTracking = row.Bool("cta_url_link_tracking_opted_out"u8),
            }
            : null;
}
