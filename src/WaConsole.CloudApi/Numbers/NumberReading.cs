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

    public static NumberDetails? ReadDetails(JsonElement row) => Read(row) is { } number
        ? new NumberDetails(number)
        {
            CodeVerificationStatus = row.Text("code_verification_status"u8),
            AccountMode = row.Text("account_mode"u8),
            IsPinEnabled = row.Bool("is_pin_enabled"u8),
            IsOfficialBusinessAccount = row.Bool("is_official_business_account"u8),
            IsOnBusinessApp = row.Bool("is_on_biz_app"u8),
            NewDisplayName = row.Text("new_display_name"u8),
            NewNameStatus = row.Text("new_name_status"u8),
            LastOnboardedTime = row.Text("last_onboarded_time"u8),
            Webhooks = row.Object("webhook_configuration"u8) is { } hooks
                ? new(
                    hooks.Text("phone_number"u8),
                    hooks.Text("whatsapp_business_account"u8),
                    hooks.Text("application"u8))
                : null,
            Health = HealthReading.Read(row),
        }
        : null;
}
