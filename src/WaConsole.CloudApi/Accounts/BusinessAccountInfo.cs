using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>A business account as Meta describes it. Every enum is open, so values stay text.</summary>
public sealed record BusinessAccountInfo(string Id)
{
    public string? Name { get; init; }

    /// <summary>Cannot be changed.</summary>
    public string? Currency { get; init; }

    /// <summary>Meta's number of a time zone; free messages and analytics count by it.</summary>
    public string? TimezoneId { get; init; }

    public string? Country { get; init; }

    /// <summary><c>APPROVED</c>, <c>REJECTED</c>, <c>PENDING</c> or <c>DEFERRED</c>.</summary>
    public string? ReviewStatus { get; init; }

    /// <summary>Compare without regard to case: pages and answers differ in it.</summary>
    public string? VerificationStatus { get; init; }

    /// <summary>Template analytics are on, which cannot be undone.</summary>
    public bool? IsEnabledForInsights { get; init; }

    /// <summary>For example <c>ELIGIBLE</c>, <c>ONBOARDED</c>.</summary>
    public string? MarketingMessagesStatus { get; init; }

    public HealthStatus? Health { get; init; }
}

/// <param name="OverrideCallback">Where this app's <c>messages</c> go instead of its own address.</param>
public sealed record SubscribedApp(string? Id, string? Name, string? Link, string? OverrideCallback);

internal static class AccountReading
{
    public static BusinessAccountInfo? Read(JsonElement row) => row.Text("id"u8) is { } id
        ? new BusinessAccountInfo(id)
        {
            Name = row.Text("name"u8),
            Currency = row.Text("currency"u8),
            TimezoneId = row.Text("timezone_id"u8),
            Country = row.Text("country"u8),
            ReviewStatus = row.Text("account_review_status"u8),
            VerificationStatus = row.Text("business_verification_status"u8),
            IsEnabledForInsights = row.Bool("is_enabled_for_insights"u8),
            MarketingMessagesStatus = row.Text("marketing_messages_onboarding_status"u8),
            Health = HealthReading.Read(row),
        }
        : null;

    public static SubscribedApp? ReadApp(JsonElement row)
    {
        var app = row.Object("whatsapp_business_api_data"u8);
        return new(
            app?.Text("id"u8), app?.Text("name"u8), app?.Text("link"u8), row.Text("override_callback_uri"u8));
    }
}
