using System.Text.Json;

namespace WaConsole.CloudApi;

internal static class NumberReading
{
    public static NumberInfo? Read(JsonElement row) => row.Text("id"u8) is { } id
        ? new NumberInfo(
            id,
            row.Text("display_phone_number"u8),
            row.Text("verified_name"u8),
            row.Text("quality_rating"u8),
            row.Object("throughput"u8)?.Text("level"u8),
            row.Text("status"u8),
            row.Text("platform_type"u8),
            row.Text("name_status"u8),
            row.Text("whatsapp_business_manager_messaging_limit"u8))
        : null;
}
