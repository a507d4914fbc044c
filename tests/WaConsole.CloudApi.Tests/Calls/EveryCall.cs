using System.Text.Json;

namespace WaConsole.CloudApi.Tests.Calls;

/// <summary>One call of the client and the request it must make.</summary>
/// <param name="Name">The verb, and what is special about the call.</param>
/// <param name="Body">JSON; null: none.</param>
/// <param name="Answer">What Meta answers.</param>
public sealed record ClientCall(
    string Name,
    Func<CloudApiClient, CloudApiAccount, CancellationToken, Task> RunAsync,
    string Method,
    string PathAndQuery,
    string? Body,
    string Answer = """{"success":true}""")
{
    public override string ToString() => Name;
}

/// <summary>Every verb that is not sending or media, which have tests of their own.</summary>
public static class EveryCall
{
    private static readonly DateTime From = DateTime.UnixEpoch.AddSeconds(1790812800);
    private static readonly DateTime To = DateTime.UnixEpoch.AddSeconds(1793491200);

    public static TheoryData<ClientCall> Data => [.. All.Select(call => new TheoryDataRow<ClientCall>(call))];

    public static IReadOnlyList<ClientCall> All { get; } =
    [
        .. Numbers(), .. Accounts(), .. Profile(), .. Customers(), .. Templates(), .. Analytics(), .. EveryGroupCall.All, .. EveryFlowCall.All,
    ];

    private static IEnumerable<ClientCall> Numbers() =>
    [
        new("AddNumber", (api, me, stop) => api.AddNumberAsync(me, "9", "351", "912345678", "Harbour Bakery", stop),
            "POST", "/v26.0/9/phone_numbers",
            """{"cc":"351","phone_number":"912345678","verified_name":"Harbour Bakery"}""", """{"id":"1"}"""),
        new("RequestCode by text", (api, me, stop) => api.RequestCodeAsync(me, "1", CodeMethod.Sms, "en_US", stop),
            "POST", "/v26.0/1/request_code?code_method=SMS&language=en_US", null),
        new("RequestCode by voice", (api, me, stop) => api.RequestCodeAsync(me, "1", CodeMethod.Voice, "pt_PT", stop),
            "POST", "/v26.0/1/request_code?code_method=VOICE&language=pt_PT", null),
        new("VerifyCode", (api, me, stop) => api.VerifyCodeAsync(me, "1", "123-830", stop),
            "POST", "/v26.0/1/verify_code?code=123830", null),
        new("Register", (api, me, stop) => api.RegisterAsync(me, "1", "212834", null, stop),
            "POST", "/v26.0/1/register", """{"messaging_product":"whatsapp","pin":"212834"}"""),
        new("Register with a data region", (api, me, stop) => api.RegisterAsync(me, "1", "212834", "DE", stop),
            "POST", "/v26.0/1/register",
            """{"messaging_product":"whatsapp","pin":"212834","data_localization_region":"DE"}"""),
        new("Deregister", (api, me, stop) => api.DeregisterAsync(me, "1", stop), "POST", "/v26.0/1/deregister", null),
        new("SetPin", (api, me, stop) => api.SetPinAsync(me, "1", "654321", stop),
            "POST", "/v26.0/1", """{"pin":"654321"}"""),
        new("RequestDisplayName", (api, me, stop) => api.RequestDisplayNameAsync(me, "1", "Mill & Lane", stop),
            "POST", "/v26.0/1?new_display_name=Mill%20%26%20Lane", null),
        new("SetNumberWebhook",
            (api, me, stop) => api.SetNumberWebhookAsync(me, "1", new("https://our.example/hook"), "verify", stop),
            "POST", "/v26.0/1",
            """{"webhook_configuration":{"override_callback_uri":"https://our.example/hook","verify_token":"verify"}}"""),
        new("SetNumberWebhook off", (api, me, stop) => api.SetNumberWebhookAsync(me, "1", null, null, stop),
            "POST", "/v26.0/1", """{"webhook_configuration":{"override_callback_uri":""}}"""),
        new("SetIdentityCheck", (api, me, stop) => api.SetIdentityCheckAsync(me, "1", enabled: true, stop),
            "POST", "/v26.0/1/settings", """{"user_identity_change":{"enable_identity_key_check":true}}"""),
        new("GetNumber", (api, me, stop) => api.GetNumberAsync(me, "1", stop),
            "GET",
            "/v26.0/1?fields=id,display_phone_number,verified_name,quality_rating,throughput,status,platform_type,name_status,"
                + "whatsapp_business_manager_messaging_limit",
            null, """{"id":"1"}"""),
        new("GetNumberDetails", (api, me, stop) => api.GetNumberDetailsAsync(me, "1", stop),
            "GET",
            "/v26.0/1?fields=id,display_phone_number,verified_name,quality_rating,throughput,status,platform_type,name_status,"
                + "whatsapp_business_manager_messaging_limit,code_verification_status,account_mode,is_pin_enabled,"
                + "is_official_business_account,is_on_biz_app,new_display_name,new_name_status,last_onboarded_time,"
                + "webhook_configuration,health_status",
            null, """{"id":"1"}"""),
    ];

    private static IEnumerable<ClientCall> Accounts() =>
    [
        new("GetBusinessAccount", (api, me, stop) => api.GetBusinessAccountAsync(me, "9", stop),
            "GET",
            "/v26.0/9?fields=id,name,currency,timezone_id,country,account_review_status,business_verification_status,"
                + "is_enabled_for_insights,marketing_messages_onboarding_status,health_status",
            null, """{"id":"9"}"""),
        new("GetHealth", (api, me, stop) => api.GetHealthAsync(me, "9", stop),
            "GET", "/v26.0/9?fields=health_status", null, """{"health_status":{"can_send_message":"AVAILABLE"},"id":"9"}"""),
        new("SubscribeApp", (api, me, stop) => api.SubscribeAppAsync(me, "9", null, null, stop),
            "POST", "/v26.0/9/subscribed_apps", null),
        new("SubscribeApp with an override",
            (api, me, stop) => api.SubscribeAppAsync(me, "9", new("https://our.example/hook"), "verify", stop),
            "POST", "/v26.0/9/subscribed_apps",
            """{"override_callback_uri":"https://our.example/hook","verify_token":"verify"}"""),
        new("ListSubscribedApps", (api, me, stop) => api.ListSubscribedAppsAsync(me, "9", stop),
            "GET", "/v26.0/9/subscribed_apps", null, """{"data":[]}"""),
        new("UnsubscribeApp", (api, me, stop) => api.UnsubscribeAppAsync(me, "9", stop),
            "DELETE", "/v26.0/9/subscribed_apps", null),
        new("DebugToken", (api, me, stop) => api.DebugTokenAsync(me, "EAAB|x", stop),
            "GET", "/v26.0/debug_token?input_token=EAAB%7Cx", null, """{"data":{"is_valid":true}}"""),
    ];

    private static IEnumerable<ClientCall> Profile() =>
    [
        new("GetProfile", (api, me, stop) => api.GetProfileAsync(me, "1", stop),
            "GET",
            "/v26.0/1/whatsapp_business_profile?fields=about,address,description,email,profile_picture_url,websites,vertical",
            null, """{"data":[{"messaging_product":"whatsapp"}]}"""),
        new("UpdateProfile", (api, me, stop) => api.UpdateProfileAsync(me, "1", new()
            {
                About = "Fresh at six",
                Address = "Mill Lane 1",
                Description = "Bread",
                Email = "a@example.com",
                Websites = ["https://example.com/"],
                Vertical = "RESTAURANT",
                PictureHandle = "4::aW",
            }, stop),
            "POST", "/v26.0/1/whatsapp_business_profile",
            """
            {"messaging_product":"whatsapp","about":"Fresh at six","address":"Mill Lane 1","description":"Bread",
            "email":"a@example.com","websites":["https://example.com/"],"vertical":"RESTAURANT","profile_picture_handle":"4::aW"}
            """),
        new("UpdateProfile in part", (api, me, stop) => api.UpdateProfileAsync(me, "1", new() { About = "Open" }, stop),
            "POST", "/v26.0/1/whatsapp_business_profile", """{"messaging_product":"whatsapp","about":"Open"}"""),
        new("ListQrLinks", (api, me, stop) => api.ListQrLinksAsync(me, "1", "QVF+", stop),
            "GET", "/v26.0/1/message_qrdls?after=QVF%2B", null, """{"data":[]}"""),
        new("GetQrLink", (api, me, stop) => api.GetQrLinkAsync(me, "1", "CODE1", stop),
            "GET", "/v26.0/1/message_qrdls/CODE1", null, """{"data":[{"code":"CODE1"}]}"""),
        new("CreateQrLink", (api, me, stop) => api.CreateQrLinkAsync(me, "1", "Hi there", QrImage.Png, stop),
            "POST", "/v26.0/1/message_qrdls", """{"prefilled_message":"Hi there","generate_qr_image":"PNG"}""",
            """{"code":"CODE1","prefilled_message":"Hi there","deep_link_url":"https://wa.me/message/CODE1"}"""),
        new("UpdateQrLink", (api, me, stop) => api.UpdateQrLinkAsync(me, "1", "CODE1", "Hello", stop),
            "POST", "/v26.0/1/message_qrdls", """{"code":"CODE1","prefilled_message":"Hello"}""", """{"code":"CODE1"}"""),
        new("DeleteQrLink", (api, me, stop) => api.DeleteQrLinkAsync(me, "1", "CODE1", stop),
            "DELETE", "/v26.0/1/message_qrdls/CODE1", null),
        new("GetConversationalComponents", (api, me, stop) => api.GetConversationalComponentsAsync(me, "1", stop),
            "GET", "/v26.0/1?fields=conversational_automation", null, """{"id":"1"}"""),
        new("SetConversationalComponents", (api, me, stop) => api.SetConversationalComponentsAsync(
                me, "1", new(["Where are you?"], [new("menu", "Today's bread")]), stop),
            "POST", "/v26.0/1/conversational_automation",
            """{"prompts":["Where are you?"],"commands":[{"command_name":"menu","command_description":"Today's bread"}]}"""),
        new("GetCommerceSettings", (api, me, stop) => api.GetCommerceSettingsAsync(me, "1", stop),
            "GET", "/v26.0/1/whatsapp_commerce_settings", null, """{"data":[]}"""),
        new("SetCommerceSettings", (api, me, stop) => api.SetCommerceSettingsAsync(me, "1", new(true, false), stop),
            "POST", "/v26.0/1/whatsapp_commerce_settings?is_cart_enabled=true&is_catalog_visible=false", null),
        new("ListCatalogues", (api, me, stop) => api.ListCataloguesAsync(me, "9", stop),
            "GET", "/v26.0/9/product_catalogs", null, """{"data":[{"id":"77","name":"Bread"}]}"""),
        new("ListProducts", (api, me, stop) => api.ListProductsAsync(me, "77", "abc", 50, stop),
            "GET",
            "/v26.0/77/products?fields=id,retailer_id,name,price,currency,availability,review_status&limit=50&after=abc",
            null, """{"data":[{"id":"1","retailer_id":"RYE-1","name":"Rye","price":"EUR 4.20"}]}"""),
        new("GetUsername", (api, me, stop) => api.GetUsernameAsync(me, "1", stop),
            "GET", "/v26.0/1/username", null, """{"username":"mill.lane","status":"approved"}"""),
        new("ClaimUsername", (api, me, stop) => api.ClaimUsernameAsync(me, "1", "mill.lane", move: true, stop),
            "POST", "/v26.0/1/username", """{"username":"mill.lane","transfer_action":"force_transfer"}""",
            """{"status":"approved"}"""),
        new("DeleteUsername", (api, me, stop) => api.DeleteUsernameAsync(me, "1", stop), "DELETE", "/v26.0/1/username", null),
    ];

    private static IEnumerable<ClientCall> Customers() =>
    [
        new("ListBlocked", (api, me, stop) => api.ListBlockedAsync(me, "1", "abc", 50, stop),
            "GET", "/v26.0/1/block_users?limit=50&after=abc", null, """{"data":[]}"""),
        new("Block", (api, me, stop) => api.BlockAsync(
                me, "1", [new Recipient.Phone("4917012345678"), new Recipient.UserId("DE.1")], stop),
            "POST", "/v26.0/1/block_users",
            """{"messaging_product":"whatsapp","block_users":[{"user":"+4917012345678"},{"user_id":"DE.1"}]}""",
            """{"messaging_product":"whatsapp","block_users":{"added_users":[]}}"""),
        new("Unblock", (api, me, stop) => api.UnblockAsync(me, "1", [new Recipient.UserId("DE.1")], stop),
            "DELETE", "/v26.0/1/block_users", """{"messaging_product":"whatsapp","block_users":[{"user_id":"DE.1"}]}""",
            """{"messaging_product":"whatsapp","block_users":{"added_users":[]}}"""),
        new("ForgetCustomer", (api, me, stop) => api.ForgetCustomerAsync(me, "1", "DE.1", stop),
            "DELETE", "/v26.0/1/contact_book?messaging_product=whatsapp&bsuid=DE.1", null),
        new("ControlThread pass", (api, me, stop) => api.ControlThreadAsync(me, "1", new(
                new Recipient.UserId("DE.1"), ThreadAction.Pass, "customer_service", "wants a human"), stop),
            "POST", "/v26.0/1/thread_control",
            """
            {"messaging_product":"whatsapp","recipient":"DE.1","action":"pass",
            "control_pass":{"target_role":"customer_service"},"metadata":"wants a human"}
            """,
            """{"messaging_product":"whatsapp","request_id":"r"}"""),
        new("ControlThread release", (api, me, stop) => api.ControlThreadAsync(
                me, "1", new(new Recipient.Phone("491"), ThreadAction.Release), stop),
            "POST", "/v26.0/1/thread_control", """{"messaging_product":"whatsapp","to":"+491","action":"release"}""",
            """{"request_id":"r"}"""),
        new("ControlThread take", (api, me, stop) => api.ControlThreadAsync(
                me, "1", new(new Recipient.Phone("491"), ThreadAction.Take), stop),
            "POST", "/v26.0/1/thread_control", """{"messaging_product":"whatsapp","to":"+491","action":"take"}""",
            """{"request_id":"r"}"""),
        new("GetMessageHistory", (api, me, stop) => api.GetMessageHistoryAsync(me, "1", "wamid.A=", stop),
            "GET",
            "/v26.0/1/message_history?message_id=wamid.A%3D&fields=id,message_id,events%7Bdelivery_status,"
                + "webhook_update_state,timestamp,application,webhook_uri,error_description%7D&limit=100",
            null, """{"data":[]}"""),
    ];

    private static IEnumerable<ClientCall> Templates() =>
    [
        new("ListTemplates", (api, me, stop) => api.ListTemplatesAsync(
                me, "9", new TemplateFilter("APPROVED", "UTILITY", "en_US", "pickup", "bread", "GREEN"), "abc", 50, stop),
            "GET",
            "/v26.0/9/message_templates?fields=id,name,language,status,category,sub_category,parameter_format,"
                + "quality_score,rejected_reason,previous_category,correct_category,components,message_send_ttl_seconds,"
                + "library_template_name,cta_url_link_tracking_opted_out&limit=50&after=abc"
                + "&status=APPROVED&category=UTILITY&language=en_US&name=pickup&name_or_content=bread&quality_score=GREEN",
            null, """{"data":[]}"""),
        new("GetTemplate", (api, me, stop) => api.GetTemplateAsync(me, "7", stop),
            "GET",
            "/v26.0/7?fields=id,name,language,status,category,sub_category,parameter_format,quality_score,rejected_reason,"
                + "previous_category,correct_category,components,message_send_ttl_seconds,library_template_name,"
                + "cta_url_link_tracking_opted_out",
            null, """{"id":"7","name":"x","language":"de"}"""),
        new("CreateTemplate with words", (api, me, stop) => api.CreateTemplateAsync(me, "9", new(
                "pickup_ready", "en_US", "UTILITY",
                [
                    new TemplatePart.TextHeader("Order {{order_no}} ready", new("A-1042", "order_no")),
                    new TemplatePart.Body(
                        "Hello {{first_name}}, your bread is waiting at {{shop}}. We close at six.",
                        [new("Ines", "first_name"), new("Mill Lane", "shop")]),
                    new TemplatePart.Footer("Harbour Bakery"),
                    new TemplatePart.Buttons([new TemplateButton.QuickReply("On my way")]),
                ]) { Named = true, TtlSeconds = 3600 }, stop),
            "POST", "/v26.0/9/message_templates",
            """
            {"name":"pickup_ready","language":"en_US","category":"UTILITY","parameter_format":"NAMED","message_send_ttl_seconds":3600,
            "components":[{"type":"HEADER","format":"TEXT","text":"Order {{order_no}} ready","example":
            {"header_text_named_params":[{"param_name":"order_no","example":"A-1042"}]}},
            {"type":"BODY","text":"Hello {{first_name}}, your bread is waiting at {{shop}}. We close at six.","example":
            {"body_text_named_params":[{"param_name":"first_name","example":"Ines"},{"param_name":"shop","example":"Mill Lane"}]}},
            {"type":"FOOTER","text":"Harbour Bakery"},
            {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"On my way"}]}]}
            """,
            """{"id":"7","status":"PENDING","category":"UTILITY"}"""),
        new("CreateTemplate with numbers and every button", (api, me, stop) => api.CreateTemplateAsync(me, "9", new(
                "spring", "en_US", "MARKETING",
                [
                    new TemplatePart.TextHeader("Order {{1}}", new("A-1042")),
                    new TemplatePart.Body("Hello {{1}}, see {{2}} soon.", [new("Ines"), new("Mill Lane")]),
                    new TemplatePart.Buttons(
                    [
                        new TemplateButton.QuickReply("Stop offers"),
                        new TemplateButton.Url("See menu", "https://h.example/m?c={{1}}", "https://h.example/m?c=spring"),
                        new TemplateButton.Url("Home", "https://h.example/"),
                        new TemplateButton.Phone("Call us", "+351210000000"),
                        new TemplateButton.CopyCode("SPRING20"),
                        new TemplateButton.Flow("Book a table", "123", "START"),
                        new TemplateButton.Flow("Book", null, FlowName: "booking"),
                        new TemplateButton.Catalog("View catalog"),
                        new TemplateButton.Products("View items"),
                        new TemplateButton.SingleProduct("View"),
                        new TemplateButton.VoiceCall("Call on WhatsApp"),
                        new TemplateButton.RequestContactInfo(),
                        new TemplateButton.Raw(JsonElement.Parse("""{"type":"REMINDER"}""")),
                    ]),
                ]), stop),
            "POST", "/v26.0/9/message_templates",
            """
            {"name":"spring","language":"en_US","category":"MARKETING","components":[
            {"type":"HEADER","format":"TEXT","text":"Order {{1}}","example":{"header_text":["A-1042"]}},
            {"type":"BODY","text":"Hello {{1}}, see {{2}} soon.","example":{"body_text":[["Ines","Mill Lane"]]}},
            {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Stop offers"},
            {"type":"URL","text":"See menu","url":"https://h.example/m?c={{1}}","example":["https://h.example/m?c=spring"]},
            {"type":"URL","text":"Home","url":"https://h.example/"},
            {"type":"PHONE_NUMBER","text":"Call us","phone_number":"+351210000000"},
            {"type":"COPY_CODE","example":"SPRING20"},
            {"type":"FLOW","text":"Book a table","flow_id":"123","flow_action":"navigate","navigate_screen":"START"},
            {"type":"FLOW","text":"Book","flow_name":"booking","flow_action":"data_exchange"},
            {"type":"CATALOG","text":"View catalog"},{"type":"MPM","text":"View items"},{"type":"SPM","text":"View"},
            {"type":"VOICE_CALL","text":"Call on WhatsApp"},{"type":"REQUEST_CONTACT_INFO"},{"type":"REMINDER"}]}]}
            """,
            """{"id":"7"}"""),
        new("CreateTemplate with other parts", (api, me, stop) => api.CreateTemplateAsync(me, "9", new(
                "offer", "en_US", "MARKETING",
                [
                    new TemplatePart.MediaHeader("IMAGE", "4::aW"),
                    new TemplatePart.Body("Only today."),
                    new TemplatePart.LimitedTimeOffer("Ends soon", HasExpiration: true),
                    new TemplatePart.CallPermissionRequest(),
                    new TemplatePart.LocationHeader(),
                    new TemplatePart.Carousel([[new TemplatePart.ProductHeader()], [new TemplatePart.Body("Two")]]),
                    new TemplatePart.Raw(JsonElement.Parse("""{"type":"NEW"}""")),
                ]) { SubCategory = "ORDER_STATUS", DisplayFormat = "ORDER_DETAILS" }, stop),
            "POST", "/v26.0/9/message_templates",
            """
            {"name":"offer","language":"en_US","category":"MARKETING","sub_category":"ORDER_STATUS","display_format":"ORDER_DETAILS",
            "components":[{"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW"]}},
            {"type":"BODY","text":"Only today."},
            {"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends soon","has_expiration":true}},
            {"type":"call_permission_request"},{"type":"HEADER","format":"LOCATION"},
            {"type":"CAROUSEL","cards":[{"components":[{"type":"HEADER","format":"PRODUCT"}]},
            {"components":[{"type":"BODY","text":"Two"}]}]},{"type":"NEW"}]}
            """,
            """{"id":"7"}"""),
        new("CreateTemplate for passwords", (api, me, stop) => api.CreateTemplateAsync(me, "9", new(
                "login_code", "en_US", "AUTHENTICATION",
                [
                    new TemplatePart.PasswordBody(AddSecurityRecommendation: true),
                    new TemplatePart.PasswordFooter(5),
                    new TemplatePart.Buttons([new TemplateButton.CopyPassword("Copy code")]),
                ]) { TtlSeconds = 300 }, stop),
            "POST", "/v26.0/9/message_templates",
            """
            {"name":"login_code","language":"en_US","category":"AUTHENTICATION","message_send_ttl_seconds":300,"components":[
            {"type":"BODY","add_security_recommendation":true},{"type":"FOOTER","code_expiration_minutes":5},
            {"type":"BUTTONS","buttons":[{"type":"OTP","text":"Copy code","otp_type":"COPY_CODE"}]}]}
            """,
            """{"id":"7"}"""),
        new("UpsertTemplates", (api, me, stop) => api.UpsertTemplatesAsync(me, "9", new(
                "login_code", "", "AUTHENTICATION",
                [
                    new TemplatePart.PasswordBody(AddSecurityRecommendation: false),
                    new TemplatePart.Buttons(
                    [
                        new TemplateButton.FillInPassword([new("com.acme.app", "K8a/AINcGX7")], ZeroTap: true),
                        new TemplateButton.FillInPassword([new("com.acme.app", "K8a/AINcGX7")], false, "Copy", "Autofill"),
                    ]),
                ]), ["en_US", "fr"], stop),
            "POST", "/v26.0/9/upsert_message_templates",
            """
            {"name":"login_code","category":"AUTHENTICATION","components":[{"type":"BODY","add_security_recommendation":false},
            {"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"ZERO_TAP","zero_tap_terms_accepted":true,
            "supported_apps":[{"package_name":"com.acme.app","signature_hash":"K8a/AINcGX7"}]},
            {"type":"OTP","text":"Copy","otp_type":"ONE_TAP","autofill_text":"Autofill",
            "supported_apps":[{"package_name":"com.acme.app","signature_hash":"K8a/AINcGX7"}]}]}],"languages":["en_US","fr"]}
            """,
            """{"data":[]}"""),
        new("CreateFromLibrary", (api, me, stop) => api.CreateFromLibraryAsync(me, "9", new(
                "track", "en_US", "UTILITY", "delivery_update_1",
                [new LibraryButton.Url("https://x.example/{{1}}", "https://x.example/1"), new LibraryButton.PhoneNumber("+1555")],
                new Dictionary<string, bool> { ["add_contact_number"] = true }) { CodeExpirationMinutes = 5 }, stop),
            "POST", "/v26.0/9/message_templates",
            """
            {"name":"track","language":"en_US","category":"UTILITY","library_template_name":"delivery_update_1",
            "library_template_button_inputs":[{"type":"URL","url":{"base_url":"https://x.example/{{1}}",
            "url_suffix_example":"https://x.example/1"}},{"type":"PHONE_NUMBER","phone_number":"+1555"}],
            "library_template_body_inputs":{"code_expiration_minutes":5,"add_contact_number":true}}
            """,
            """{"id":"7","status":"APPROVED"}"""),
        new("EditTemplate", (api, me, stop) => api.EditTemplateAsync(me, "7", new()
            {
                Category = "UTILITY",
                Parts = [new TemplatePart.Body("Hello.")],
                TtlSeconds = 600,
            }, stop),
            "POST", "/v26.0/7",
            """{"category":"UTILITY","components":[{"type":"BODY","text":"Hello."}],"message_send_ttl_seconds":600}"""),
        new("EditTemplate without link tracking", (api, me, stop) => api.EditTemplateAsync(
                me, "7", new() { Category = "MARKETING", OptOutOfLinkTracking = true }, stop),
            "POST", "/v26.0/7", """{"category":"MARKETING","cta_url_link_tracking_opted_out":true}"""),
        new("DeleteTemplates by name", (api, me, stop) => api.DeleteTemplatesAsync(me, "9", "pickup", stop),
            "DELETE", "/v26.0/9/message_templates?name=pickup", null),
        new("DeleteTemplate", (api, me, stop) => api.DeleteTemplateAsync(me, "9", "7", "pickup", stop),
            "DELETE", "/v26.0/9/message_templates?hsm_id=7&name=pickup", null),
        new("DeleteTemplates by id", (api, me, stop) => api.DeleteTemplatesAsync(me, "9", ["7", "8"], stop),
            "DELETE", "/v26.0/9/message_templates?hsm_ids=%5B%227%22,%228%22%5D", null),
        new("UnpauseTemplate", (api, me, stop) => api.UnpauseTemplateAsync(me, "7", stop),
            "POST", "/v26.0/7/unpause", null),
        new("ArchiveTemplates", (api, me, stop) => api.ArchiveTemplatesAsync(me, "9", ["7"], archived: true, stop),
            "POST", "/9/message_templates/archive", """{"hsm_ids":["7"]}""", """{"archived_templates":["7"]}"""),
        new("ArchiveTemplates back", (api, me, stop) => api.ArchiveTemplatesAsync(me, "9", ["7"], archived: false, stop),
            "POST", "/9/message_templates/unarchive", """{"hsm_ids":["7"]}""", """{"unarchived_templates":["7"]}"""),
        new("SearchTemplateLibrary", (api, me, stop) => api.SearchTemplateLibraryAsync(
                me, new("code", "ORDER_MANAGEMENT", "DELIVERY_UPDATE", "E_COMMERCE", "en_US"), "abc", stop),
            "GET",
            "/v26.0/message_template_library?search=code&topic=ORDER_MANAGEMENT&usecase=DELIVERY_UPDATE&industry=E_COMMERCE"
                + "&language=en_US&after=abc",
            null, """{"data":[]}"""),
        new("PreviewAuthentication", (api, me, stop) => api.PreviewAuthenticationAsync(me, "9", ["en_US", "fr"], true, 5, stop),
            "GET",
            "/v26.0/9/message_template_previews?category=AUTHENTICATION&languages=en_US,fr&add_security_recommendation=true"
                + "&code_expiration_minutes=5&button_types=OTP",
            null, """{"data":[]}"""),
        new("MigrateTemplates", (api, me, stop) => api.MigrateTemplatesAsync(me, "9", "8", 0, 500, stop),
            "POST", "/v26.0/9/migrate_message_templates", """{"source_waba_id":"8","page_number":0,"count":500}""", "{}"),
    ];

    private static IEnumerable<ClientCall> Analytics() =>
    [
        new("GetMessageAnalytics", (api, me, stop) => api.GetMessageAnalyticsAsync(
                me, "9", new(From, To, AnalyticsStep.Day, ["351912"], ["PT"]), stop),
            "GET",
            "/v26.0/9?fields=analytics.start%281790812800%29.end%281793491200%29.granularity%28DAY%29"
                + ".phone_numbers%28%5B%22351912%22%5D%29.country_codes%28%5B%22PT%22%5D%29",
            null, "{}"),
        new("GetPricingAnalytics", (api, me, stop) => api.GetPricingAnalyticsAsync(
                me, "9", new(From, To, AnalyticsStep.Day, ["PRICING_CATEGORY", "TIER"]), stop),
            "GET",
            "/v26.0/9?fields=pricing_analytics.start%281790812800%29.end%281793491200%29.granularity%28DAILY%29"
                + ".dimensions%28%5B%22PRICING_CATEGORY%22,%22TIER%22%5D%29",
            null, "{}"),
        new("GetTemplateAnalytics", (api, me, stop) => api.GetTemplateAnalyticsAsync(me, "9", ["7", "8"], From, To, stop),
            "GET",
            "/v26.0/9/template_analytics?start=1790812800&end=1793491200&granularity=DAILY"
                + "&metric_types=SENT,DELIVERED,READ,CLICKED,COST&template_ids=%5B7,8%5D",
            null, """{"data":[]}"""),
        new("EnableTemplateAnalytics", (api, me, stop) => api.EnableTemplateAnalyticsAsync(me, "9", stop),
            "POST", "/v26.0/9?is_enabled_for_insights=true", null, """{"id":"9"}"""),
        new("CompareTemplates", (api, me, stop) => api.CompareTemplatesAsync(me, "7", "8", From, To, stop),
            "GET", "/v26.0/7/compare?template_ids=%5B8%5D&start=1790812800&end=1793491200", null, """{"data":[]}"""),
    ];
}
