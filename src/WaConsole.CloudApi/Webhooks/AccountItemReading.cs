using System.Text.Json;

namespace WaConsole.CloudApi;

/// <summary>News about account and numbers: what is missing stays null, so none of it is ever refused.</summary>
internal static class AccountItemReading
{
    /// <summary>Null for a field that is not one of these.</summary>
    public static WebhookItem? Read(ItemPlace place, JsonElement value) => place.Field switch
    {
        "account_alerts" => Put(place, value, Alert(value)),
        "account_review_update" => Put(place, value, new AccountReviewItem { Decision = value.Text("decision"u8) }),
        "account_update" => Put(place, value, Update(value)),
        "account_settings_update" => Settings(place, value),
        "business_status_update" => Put(place, value, new BusinessStatusItem { Event = value.Text("event"u8) }),
        "business_capability_update" => Put(place, value, Capability(value)),
        "phone_number_quality_update" => PutNumber(place, value, new NumberQualityItem
        {
            Event = value.Text("event"u8),
            CurrentLimit = value.Text("current_limit"u8),
            OldLimit = value.Text("old_limit"u8),
            MessagingLimit = value.Text("max_daily_conversations_per_business"u8),
        }),
        "phone_number_name_update" => PutNumber(place, value, new NumberNameItem
        {
            Decision = value.Text("decision"u8),
            RequestedName = value.Text("requested_verified_name"u8),
            RejectionReason = value.Text("rejection_reason"u8),
        }),
        "security" => PutNumber(place, value, new SecurityItem
        {
            Event = value.Text("event"u8),
            Requester = value.Text("requester"u8),
        }),
        "business_username_updates" or "business_username_update" or "phone_number_username_update" =>
            PutNumber(place, value, new BusinessUsernameItem
            {
                Username = value.Text("username"u8),
                Status = value.Text("status"u8),
                Context = value.Text("context"u8),
            }),
        "partner_solutions" => Put(place, value, new PartnerSolutionItem
        {
            Event = value.Text("event"u8),
            SolutionId = value.Text("solution_id"u8),
            SolutionStatus = value.Text("solution_status"u8),
        }),
        "payment_configuration_update" => Put(place, value, new PaymentConfigurationItem
        {
            Name = value.Text("configuration_name"u8),
            Provider = value.Text("provider_name"u8),
            ProviderMerchantId = value.Text("provider_mid"u8),
            Status = value.Text("status"u8),
            CreatedUtc = value.UnixTime("created_timestamp"u8),
            UpdatedUtc = value.UnixTime("updated_timestamp"u8),
        }),
        "flows" => Put(place, value, Flow(value)),
        _ => null,
    };

    private static WebhookItem Put(ItemPlace place, JsonElement value, WebhookItem item) =>
        place.Put(item, value.GetRawText());

    private static WebhookItem PutNumber(ItemPlace place, JsonElement value, WebhookItem item) => Put(
        place with { DisplayPhoneNumber = value.Text("display_phone_number"u8) ?? place.DisplayPhoneNumber }, value, item);

    /// <summary>Older payloads have the alert beside the entity instead of in an object.</summary>
    private static AccountAlertItem Alert(JsonElement value)
    {
        var alert = value.Object("alert_info"u8) ?? value;
        return new()
        {
            EntityType = value.Text("entity_type"u8),
            EntityId = value.Text("entity_id"u8),
            Severity = alert.Text("alert_severity"u8),
            Status = alert.Text("alert_status"u8),
            AlertType = alert.Text("alert_type"u8),
            Description = alert.Text("alert_description"u8),
        };
    }

    private static AccountUpdateItem Update(JsonElement value) => new()
    {
        Event = value.Text("event"u8),
        PhoneNumber = value.Text("phone_number"u8),
        Country = value.Text("country"u8),
        Restrictions = Restrictions(value),
        Violation = value.Object("violation_info"u8) is { } violation
            ? new(violation.Text("violation_type"u8), violation.Text("remediation"u8))
            : null,
        Ban = value.Object("ban_info"u8) is { } ban ? new(BanState(ban), ban.Text("waba_ban_date"u8)) : null,
        AuthenticationInternational = value.Object("auth_international_rate_eligibility"u8) is { } rate
            ? new(rate.UnixTime("start_time"u8), Countries(rate))
            : null,
        VolumeTier = value.Object("volume_tier_info"u8) is { } tier
            ? new(
                tier.UnixTime("tier_update_time"u8),
                tier.Text("pricing_category"u8),
                tier.Text("tier"u8),
                tier.Text("effective_month"u8),
                tier.Text("region"u8))
            : null,
        Partner = value.Object("waba_info"u8) is { } partner ? Partner(partner) : null,
        Disconnection = value.Object("disconnection_info"u8) is { } end
            ? new(end.Text("reason"u8), end.Text("initiated_by"u8))
            : null,
        Certification = Certification(value),
    };

    private static AccountRestriction[] Restrictions(JsonElement value)
    {
        var restrictions = new List<AccountRestriction>();
        foreach (var item in value.Items("restriction_info"u8))
        {
            restrictions.Add(new(item.Text("restriction_type"u8), item.UnixTime("expiration"u8), item.Text("remediation"u8)));
        }

        return [.. restrictions];
    }

    /// <summary>A text on one of Meta's pages, a list on another.</summary>
    private static string? BanState(JsonElement ban) =>
        ban.Text("waba_ban_state"u8) ?? ban.First("waba_ban_state"u8)?.AsText();

    private static CountryStart[] Countries(JsonElement rate)
    {
        var countries = new List<CountryStart>();
        foreach (var item in rate.Items("exception_countries"u8))
        {
            countries.Add(new(item.Text("country_code"u8), item.UnixTime("start_time"u8)));
        }

        return [.. countries];
    }

    private static PartnerAccount Partner(JsonElement info) => new(
        info.Text("waba_id"u8),
        info.Text("owner_business_id"u8),
        info.Text("partner_app_id"u8),
        info.Text("solution_id"u8),
        info.Texts("solution_partner_business_ids"u8),
        info.Text("ad_account_linked"u8) ?? info.Text("ad_account_id"u8));

    private static ClientCertification? Certification(JsonElement value) =>
        (value.Object("partner_client_certification_info"u8) ?? value.Object("partner_client_certification_needed_info"u8))
        is { } info
            ? new(info.Text("client_business_id"u8), info.Text("status"u8), info.Texts("rejection_reasons"u8))
            : null;

    private static WebhookItem Settings(ItemPlace place, JsonElement value)
    {
        var number = value.Object("phone_number_settings"u8);
        var calling = number?.Object("calling"u8);
        var item = new AccountSettingsItem
        {
            Type = value.Text("type"u8),
            TimestampUtc = value.UnixTime("timestamp"u8) ?? place.EntryTime,
            CallingStatus = calling?.Text("status"u8),
            CallIconVisibility = calling?.Text("call_icon_visibility"u8),
            CallbackPermissionStatus = calling?.Text("callback_permission_status"u8),
            CallHoursStatus = calling?.Object("call_hours"u8)?.Text("status"u8),
            SipStatus = calling?.Object("sip"u8)?.Text("status"u8),
        };
        return Put(
            place with { PhoneNumberId = number?.Text("phone_number_id"u8) ?? place.PhoneNumberId }, value, item);
    }

    private static BusinessCapabilityItem Capability(JsonElement value) => new()
    {
        MessagingLimit = value.Text("max_daily_conversations_per_business"u8)
            ?? value.Text("max_daily_conversation_per_phone"u8),
        MaxNumbersPerBusiness = value.Int("max_phone_numbers_per_business"u8),
        MaxNumbersPerAccount = value.Int("max_phone_numbers_per_waba"u8),
    };

    private static FlowItem Flow(JsonElement value)
    {
        var errors = new List<FlowError>();
        foreach (var error in value.Items("errors"u8))
        {
            errors.Add(new(error.Text("error_type"u8), error.Double("error_rate"u8), error.Long("error_count"u8)));
        }

        return new()
        {
            Event = value.Text("event"u8),
            FlowId = value.Text("flow_id"u8),
            Message = value.Text("message"u8),
            OldStatus = value.Text("old_status"u8),
            NewStatus = value.Text("new_status"u8),
            Warning = value.Text("warning"u8),
            AlertState = value.Text("alert_state"u8),
            Threshold = value.Double("threshold"u8),
            ErrorRate = value.Double("error_rate"u8),
            Errors = errors,
            P50Latency = value.Double("p50_latency"u8),
            P90Latency = value.Double("p90_latency"u8),
            RequestsCount = value.Long("requests_count"u8),
            Availability = value.Double("availability"u8),
        };
    }
}
