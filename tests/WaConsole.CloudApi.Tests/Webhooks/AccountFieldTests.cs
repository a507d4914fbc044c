namespace WaConsole.CloudApi.Tests.Webhooks;

/// <summary>News about account and numbers, shapes as in Meta's samples.</summary>
public sealed class AccountFieldTests
{
    private static readonly DateTime At = DateTime.UnixEpoch.AddSeconds(1_764_000_000);

    [Theory]
    [InlineData(
        """
        {"entity_type":"BUSINESS","entity_id":1,"alert_info":{"alert_severity":"WARNING","alert_status":"ACTIVE",
        "alert_type":"OBA_REJECTED","alert_description":"Sorry"}}
        """)]
    [InlineData(
        """
        {"entity_type":"BUSINESS","entity_id":"1","alert_severity":"WARNING","alert_status":"ACTIVE",
        "alert_type":"OBA_REJECTED","alert_description":"Sorry"}
        """)]
    public void An_alert_is_read_in_its_newer_and_its_older_shape(string value)
    {
        var alert = Hook.Single<AccountAlertItem>("account_alerts", value);

        Assert.Equal(("BUSINESS", "1"), (alert.EntityType, alert.EntityId));
        Assert.Equal(("WARNING", "ACTIVE"), (alert.Severity, alert.Status));
        Assert.Equal(("OBA_REJECTED", "Sorry"), (alert.AlertType, alert.Description));
        Assert.Equal(value, alert.RawJson);
    }

    [Fact]
    public void A_restriction_tells_what_and_until_when()
    {
        var update = Hook.Single<AccountUpdateItem>(
            "account_update",
            """
            {"event":"ACCOUNT_RESTRICTION","phone_number":"4930111","restriction_info":[
            {"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1764000000,"remediation":"Wait"},
            {"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION"}]}
            """);

        Assert.Equal(("ACCOUNT_RESTRICTION", "4930111"), (update.Event, update.PhoneNumber));
        Assert.Equal(
            [new("RESTRICTED_BIZ_INITIATED_MESSAGING", At, "Wait"), new("RESTRICTED_ADD_PHONE_NUMBER_ACTION", null, null)],
            update.Restrictions);
    }

    [Theory]
    [InlineData("\"DISABLE\"")]
    [InlineData("[\"DISABLE\"]")]
    public void A_ban_is_read_whether_its_state_is_a_text_or_a_list(string state) => Assert.Equal(
        new AccountBan("DISABLE", "April 17, 2025"),
        Hook.Single<AccountUpdateItem>(
            "account_update",
            $$$"""{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":{{{state}}},"waba_ban_date":"April 17, 2025"}}""").Ban);

    [Fact]
    public void A_violation_names_its_policy() => Assert.Equal(
        new AccountViolation("SCAM", "Appeal"),
        Hook.Single<AccountUpdateItem>(
            "account_update",
            """{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SCAM","remediation":"Appeal"}}""").Violation);

    [Fact]
    public void Prices_and_tiers_are_read()
    {
        var rate = Hook.Single<AccountUpdateItem>(
            "account_update",
            """
            {"event":"AUTH_INTL_PRICE_ELIGIBILITY_UPDATE","auth_international_rate_eligibility":{"start_time":1764000000,
            "exception_countries":[{"country_code":"IN","start_time":1764000000}]}}
            """).AuthenticationInternational!;
        var tier = Hook.Single<AccountUpdateItem>(
            "account_update",
            """
            {"event":"VOLUME_BASED_PRICING_TIER_UPDATE","volume_tier_info":{"tier_update_time":1764000000,
            "pricing_category":"UTILITY","tier":"25000001:50000000","effective_month":"2025-11","region":"India"}}
            """).VolumeTier;

        Assert.Equal(At, rate.StartUtc);
        Assert.Equal(new CountryStart("IN", At), Assert.Single(rate.ExceptionCountries));
        Assert.Equal(new VolumeTier(At, "UTILITY", "25000001:50000000", "2025-11", "India"), tier);
        Assert.Equal("PT", Hook.Single<AccountUpdateItem>(
            "account_update", """{"event":"BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE","country":"PT"}""").Country);
    }

    [Fact]
    public void A_partner_came_and_went()
    {
        var update = Hook.Single<AccountUpdateItem>(
            "account_update",
            """
            {"event":"PARTNER_REMOVED","waba_info":{"waba_id":"9","owner_business_id":8,"partner_app_id":"7","solution_id":"6",
            "solution_partner_business_ids":["5",4],"ad_account_linked":"3"},
            "disconnection_info":{"reason":"PRIMARY_INACTIVITY","initiated_by":"SYSTEM"}}
            """);

        Assert.Equal(("9", "8", "7", "6", "3"), (
            update.Partner!.BusinessAccountId,
            update.Partner.OwnerBusinessId,
            update.Partner.PartnerAppId,
            update.Partner.SolutionId,
            update.Partner.AdAccountId));
        Assert.Equal(["5", "4"], update.Partner.SolutionPartnerBusinessIds);
        Assert.Equal(new AccountDisconnection("PRIMARY_INACTIVITY", "SYSTEM"), update.Disconnection);
    }

    [Theory]
    [InlineData(
        """{"partner_client_certification_info":{"client_business_id":"1","status":"FAILED","rejection_reasons":["R"]}}""", "FAILED")]
    [InlineData("""{"partner_client_certification_needed_info":{"client_business_id":"1"}}""", null)]
    public void A_certification_is_asked_for_and_decided(string value, string? status)
    {
        var certification = Hook.Single<AccountUpdateItem>("account_update", value).Certification!;

        Assert.Equal(("1", status), (certification.ClientBusinessId, certification.Status));
    }

    [Fact]
    public void An_account_update_without_anything_known_is_kept()
    {
        var update = Hook.Single<AccountUpdateItem>("account_update", """{"event":"NOT_INVENTED_YET","x":1}""");

        Assert.Equal("NOT_INVENTED_YET", update.Event);
        Assert.Empty(update.Restrictions);
        Assert.Equal("""{"event":"NOT_INVENTED_YET","x":1}""", update.RawJson);
    }

    [Fact]
    public void Settings_name_their_number_and_what_calls_may()
    {
        var settings = Hook.Single<AccountSettingsItem>(
            "account_settings_update",
            """
            {"messaging_product":"whatsapp","timestamp":"1764000000","type":"phone_number_settings","phone_number_settings":
            {"phone_number_id":"PNID","calling":{"status":"ENABLED","call_icon_visibility":"DEFAULT",
            "callback_permission_status":"ENABLED","call_hours":{"status":"DISABLED"},"sip":{"status":"DISABLED"}}}}
            """);

        Assert.Equal(("PNID", At), (settings.PhoneNumberId, settings.TimestampUtc));
        Assert.Equal(("ENABLED", "DEFAULT", "ENABLED"), (settings.CallingStatus, settings.CallIconVisibility, settings.CallbackPermissionStatus));
        Assert.Equal(("DISABLED", "DISABLED"), (settings.CallHoursStatus, settings.SipStatus));
    }

    [Theory]
    [InlineData("2000", "2000")]
    [InlineData("-1", "-1")]
    [InlineData("\"TIER_2K\"", "TIER_2K")]
    public void A_limit_is_a_count_or_a_tier(string json, string limit)
    {
        var capability = Hook.Single<BusinessCapabilityItem>(
            "business_capability_update",
            $$"""{"max_daily_conversations_per_business":{{json}},"max_phone_numbers_per_business":2,"max_phone_numbers_per_waba":25}""");

        Assert.Equal((limit, 2, 25), (capability.MessagingLimit, capability.MaxNumbersPerBusiness, capability.MaxNumbersPerAccount));
    }

    [Fact]
    public void News_about_a_number_name_it()
    {
        var quality = Hook.Single<NumberQualityItem>(
            "phone_number_quality_update",
            """
            {"display_phone_number":"4930111","event":"THROUGHPUT_UPGRADE","current_limit":"TIER_UNLIMITED","old_limit":"TIER_100K",
            "max_daily_conversations_per_business":"TIER_10K"}
            """);
        var name = Hook.Single<NumberNameItem>(
            "phone_number_name_update",
            """
            {"display_phone_number":"4930111","decision":"REJECTED","requested_verified_name":"Mill","rejection_reason":"UNKNOWN"}
            """);
        var security = Hook.Single<SecurityItem>(
            "security", """{"display_phone_number":"4930111","event":"PIN_RESET_REQUEST","requester":77}""");

        Assert.Equal(
            ("4930111", "THROUGHPUT_UPGRADE", "TIER_UNLIMITED", "TIER_100K", "TIER_10K"),
            (quality.DisplayPhoneNumber, quality.Event, quality.CurrentLimit, quality.OldLimit, quality.MessagingLimit));
        Assert.Equal(
            ("4930111", "REJECTED", "Mill", "UNKNOWN"),
            (name.DisplayPhoneNumber, name.Decision, name.RequestedName, name.RejectionReason));
        Assert.Equal(
            ("4930111", "PIN_RESET_REQUEST", "77"), (security.DisplayPhoneNumber, security.Event, security.Requester));
    }

    [Theory]
    [InlineData("business_username_updates")]
    [InlineData("business_username_update")]
    [InlineData("phone_number_username_update")]
    public void Our_username_comes_under_three_names(string field)
    {
        var item = Hook.Single<BusinessUsernameItem>(
            field, """{"display_phone_number":"4930111","username":"mill.lane","status":"deleted","context":"revoked"}""");

        Assert.Equal(("mill.lane", "deleted", "revoked"), (item.Username, item.Status, item.Context));
    }

    [Fact]
    public void Reviews_solutions_and_payments_are_read()
    {
        Assert.Equal("APPROVED", Hook.Single<AccountReviewItem>("account_review_update", """{"decision":"APPROVED"}""").Decision);
        Assert.Equal("X", Hook.Single<BusinessStatusItem>("business_status_update", """{"event":"X"}""").Event);

        var solution = Hook.Single<PartnerSolutionItem>(
            "partner_solutions", """{"event":"SOLUTION_UPDATED","solution_id":5,"solution_status":"ACTIVE"}""");
        Assert.Equal(("SOLUTION_UPDATED", "5", "ACTIVE"), (solution.Event, solution.SolutionId, solution.SolutionStatus));

        var payment = Hook.Single<PaymentConfigurationItem>(
            "payment_configuration_update",
            """
            {"configuration_name":"main","provider_name":"razorpay","provider_mid":"M","status":"Active",
            "created_timestamp":1764000000,"updated_timestamp":1764000000}
            """);
        Assert.Equal(("main", "razorpay", "M", "Active"), (payment.Name, payment.Provider, payment.ProviderMerchantId, payment.Status));
        Assert.Equal((At, At), (payment.CreatedUtc, payment.UpdatedUtc));
    }

    [Fact]
    public void A_form_tells_state_errors_and_speed()
    {
        var state = Hook.Single<FlowItem>(
            "flows",
            """{"event":"FLOW_STATUS_CHANGE","message":"m","flow_id":1,"old_status":"DRAFT","new_status":"PUBLISHED","warning":"w"}""");
        var alert = Hook.Single<FlowItem>(
            "flows",
            """
            {"event":"ENDPOINT_ERROR_RATE","flow_id":"1","error_rate":14.28,"threshold":10,"alert_state":"ACTIVATED",
            "errors":[{"error_type":"TIMEOUT","error_rate":14.28,"error_count":2}],"p50_latency":3000,"p90_latency":4000.5,
            "requests_count":34,"availability":75}
            """);

        Assert.Equal(
            ("1", "m", "DRAFT", "PUBLISHED", "w"), (state.FlowId, state.Message, state.OldStatus, state.NewStatus, state.Warning));
        Assert.Equal((14.28, 10, "ACTIVATED"), (alert.ErrorRate, alert.Threshold, alert.AlertState));
        Assert.Equal(new FlowError("TIMEOUT", 14.28, 2), Assert.Single(alert.Errors));
        Assert.Equal((3000, 4000.5, 34, 75), (alert.P50Latency, alert.P90Latency, alert.RequestsCount, alert.Availability));
    }

    [Fact]
    public void Changed_texts_of_a_template_are_read()
    {
        var item = Hook.Single<TemplateComponentsItem>(
            "message_template_components_update",
            """
            {"message_template_id":1,"message_template_name":"pickup","message_template_language":"en_US",
            "message_template_title":"T","message_template_element":"Hi {{1}}","message_template_footer":"F",
            "message_template_buttons":[{"message_template_button_type":"URL","message_template_button_text":"Go",
            "message_template_button_url":"https://x.example","message_template_button_phone_number":"1"}]}
            """);

        Assert.Equal(("1", "pickup", "en_US"), (item.TemplateId, item.Name, item.Language));
        Assert.Equal(("T", "Hi {{1}}", "F"), (item.Header, item.Body, item.Footer));
        Assert.Equal(new TemplateButtonChange("URL", "Go", "https://x.example", "1"), Assert.Single(item.Buttons));
    }

    [Fact]
    public void A_wrong_category_of_direct_send_is_read()
    {
        var item = Hook.Single<TemplateMiscategorisedItem>(
            "template_correct_category_detection",
            """
            {"message_template_id":1,"message_template_name":"x","message_template_language":"en_US","category":"UTILITY",
            "correct_category":"MARKETING"}
            """);

        Assert.Equal(("UTILITY", "MARKETING"), (item.Category, item.CorrectCategory));
    }

    [Theory]
    [InlineData("message_template_components_update")]
    [InlineData("template_correct_category_detection")]
    public void Template_news_without_a_template_are_unreadable(string field) =>
        Hook.Single<WebhookItem.Unreadable>(field, """{"message_template_name":"x"}""");
}
