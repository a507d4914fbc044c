using WaConsole.CloudApi.Tests.Client;
using static WaConsole.CloudApi.Tests.Calls.Answered;

namespace WaConsole.CloudApi.Tests.Calls;

/// <summary>What the verbs of numbers, accounts and customers make of Meta's answer.</summary>
public sealed class AccountAnswerTests
{
    private static readonly DateTime From = DateTime.UnixEpoch.AddSeconds(1790812800);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Number_details_hold_name_webhooks_and_health()
    {
        var details = await AskAsync(
            """
            {"id":"1","verified_name":"Mill Lane","status":"CONNECTED","code_verification_status":"VERIFIED","account_mode":"LIVE",
            "is_pin_enabled":true,"is_official_business_account":false,"is_on_biz_app":false,"new_display_name":"Mill",
            "new_name_status":"PENDING_REVIEW","last_onboarded_time":"2026-09-01T00:00:00+0000",
            "webhook_configuration":{"phone_number":"https://n.example","application":"https://a.example"},
            "health_status":{"can_send_message":"LIMITED","entities":[{"entity_type":"PHONE_NUMBER","id":"1",
            "can_send_message":"LIMITED","additional_info":["Name not approved."]},{"entity_type":"WABA","id":2,
            "can_send_message":"BLOCKED","errors":[{"error_code":141006,"error_description":"No payment","possible_solution":"Add one"}]}]}}
            """,
            (api, me) => api.GetNumberDetailsAsync(me, "1", Token));

        Assert.Equal(("Mill Lane", "CONNECTED"), (details.Number.VerifiedName, details.Number.Status));
        Assert.Equal(("VERIFIED", "LIVE", true), (details.CodeVerificationStatus, details.AccountMode, details.IsPinEnabled));
        Assert.Equal(("Mill", "PENDING_REVIEW"), (details.NewDisplayName, details.NewNameStatus));
        Assert.Equal(new WebhookAddresses("https://n.example", null, "https://a.example"), details.Webhooks);
        Assert.Equal("LIMITED", details.Health!.CanSend);
        Assert.Equal("Name not approved.", Assert.Single(details.Health.Entities[0].Notes));
        Assert.Equal("2", details.Health.Entities[1].Id);
        Assert.Equal(new HealthError(141006, "No payment", "Add one"), Assert.Single(details.Health.Entities[1].Errors));
    }

    [Fact]
    public async Task An_account_tells_its_review_currency_and_health()
    {
        var account = await AskAsync(
            """
            {"id":"9","name":"Mill Lane","currency":"EUR","timezone_id":"41","country":"PT","account_review_status":"APPROVED",
            "business_verification_status":"verified","is_enabled_for_insights":true,"marketing_messages_onboarding_status":"ELIGIBLE",
            "health_status":{"can_send_message":"AVAILABLE","entities":[]}}
            """,
            (api, me) => api.GetBusinessAccountAsync(me, "9", Token));

        Assert.Equal(("Mill Lane", "EUR", "41", "PT"), (account.Name, account.Currency, account.TimezoneId, account.Country));
        Assert.Equal(("APPROVED", "verified", true), (account.ReviewStatus, account.VerificationStatus, account.IsEnabledForInsights));
        Assert.Equal("AVAILABLE", account.Health!.CanSend);
    }

    [Fact]
    public async Task Subscribed_apps_tell_their_own_address()
    {
        var apps = await AskAsync(
            """
            {"data":[{"whatsapp_business_api_data":{"id":"5","name":"Desk","link":"https://x.example"},
            "override_callback_uri":"https://our.example"}]}
            """,
            (api, me) => api.ListSubscribedAppsAsync(me, "9", Token));

        Assert.Equal(new SubscribedApp("5", "Desk", "https://x.example", "https://our.example"), Assert.Single(apps));
    }

    [Fact]
    public async Task A_token_tells_what_it_may()
    {
        var token = await AskAsync(
            """
            {"data":{"app_id":"5","type":"SYSTEM_USER","application":"Desk","expires_at":0,"is_valid":true,
            "scopes":["whatsapp_business_messaging"],"granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["9"]}]}}
            """,
            (api, me) => api.DebugTokenAsync(me, "x", Token));

        Assert.True(token.IsValid);
        Assert.Null(token.ExpiresUtc);
        Assert.Equal(("5", "SYSTEM_USER", "Desk"), (token.AppId, token.Type, token.Application));
        Assert.Equal(["whatsapp_business_messaging"], token.Scopes);
        Assert.Equal(["9"], Assert.Single(token.GranularScopes).TargetIds);
    }

    [Fact]
    public async Task An_expired_token_tells_since_when_and_why()
    {
        var token = await AskAsync(
            """{"data":{"is_valid":false,"expires_at":1790812800,"error":{"code":190,"message":"Expired","subcode":463}}}""",
            (api, me) => api.DebugTokenAsync(me, "x", Token));

        Assert.False(token.IsValid);
        Assert.Equal(From, token.ExpiresUtc);
        Assert.Equal(190, token.Error!.Code);
    }

    [Fact]
    public async Task A_profile_and_its_sites_are_read()
    {
        var profile = await AskAsync(
            """
            {"data":[{"about":"Bread","address":"Mill Lane 1","description":"d","email":"a@example.com",
            "profile_picture_url":"https://p.example","websites":["https://example.com/"],"vertical":"RETAIL","messaging_product":"whatsapp"}]}
            """,
            (api, me) => api.GetProfileAsync(me, "1", Token));

        Assert.Equal(("Bread", "Mill Lane 1", "RETAIL"), (profile.About, profile.Address, profile.Vertical));
        Assert.Equal(["https://example.com/"], profile.Websites);
    }

    [Fact]
    public async Task Links_are_read_page_by_page()
    {
        var page = await AskAsync(
            """
            {"data":[{"code":"C1","prefilled_message":"Hi","deep_link_url":"https://wa.me/message/C1","qr_image_url":"https://q.example"}],
            "paging":{"cursors":{"after":"abc"},"next":"https://graph.facebook.com/next"}}
            """,
            (api, me) => api.ListQrLinksAsync(me, "1", null, Token));

        Assert.Equal(new QrLink("C1", "Hi", "https://wa.me/message/C1", "https://q.example"), Assert.Single(page.Items));
        Assert.Equal("abc", page.Next);
    }

    [Fact]
    public async Task A_link_that_is_not_there_is_none() =>
        Assert.Null(await AskAsync("""{"data":[]}""", (api, me) => api.GetQrLinkAsync(me, "1", "C1", Token)));

    [Fact]
    public async Task Questions_and_commands_are_read()
    {
        var components = await AskAsync(
            """
            {"conversational_automation":{"prompts":["Where?"],"commands":[{"command_name":"menu","command_description":"Bread"}]},"id":"1"}
            """,
            (api, me) => api.GetConversationalComponentsAsync(me, "1", Token));

        Assert.Equal(["Where?"], components.Prompts);
        Assert.Equal(new ConversationalCommand("menu", "Bread"), Assert.Single(components.Commands));
    }

    [Theory]
    [InlineData("""{"data":[]}""", true, false)]
    [InlineData("""{"data":[{"is_cart_enabled":false,"is_catalog_visible":true,"id":"1"}]}""", false, true)]
    public async Task Commerce_settings_have_Metas_defaults(string answer, bool cart, bool catalog) => Assert.Equal(
        new CommerceSettings(cart, catalog),
        await AskAsync(answer, (api, me) => api.GetCommerceSettingsAsync(me, "1", Token)));

    [Theory]
    [InlineData("added_users")]
    [InlineData("removed_users")]
    public async Task Unblocking_is_read_under_either_name(string list)
    {
        var result = await AskAsync(
            $$$"""{"block_users":{"{{{list}}}":[{"input":"+491","wa_id":"491","user_id":"DE.1"}]}}""",
            (api, me) => api.UnblockAsync(me, "1", [new Recipient.Phone("491")], Token));

        Assert.Equal(new BlockedCustomer("+491", "491", "DE.1"), Assert.Single(result.Changed));
    }

    [Fact]
    public async Task Blocking_some_and_failing_others_is_an_answer_though_the_status_is_400()
    {
        await using var graph = await GraphStub.AnswerAsync(
            400,
            """
            {"messaging_product":"whatsapp","block_users":{"added_users":[{"input":"+491","wa_id":"491"}],
            "failed_users":[{"input":"+492","wa_id":"492","errors":[{"code":131047,"message":"m","error_data":{"details":"24 hours"}}]}]},
            "error":{"message":"(#139100)","code":139100}}
            """);

        var result = await GraphStub.NewClient().BlockAsync(
            graph.Account, "1", [new Recipient.Phone("491"), new Recipient.Phone("492")], Token);

        Assert.Equal("491", Assert.Single(result.Changed).WaId);
        var failed = Assert.Single(result.Failed);
        Assert.Equal("+492", failed.Input);
        Assert.Equal(131047, Assert.Single(failed.Errors).Code);
    }

    [Fact]
    public async Task A_group_cannot_be_blocked() => await Assert.ThrowsAsync<ArgumentException>(() => AskAsync(
        "{}", (api, me) => api.BlockAsync(me, "1", [new Recipient.Group("g")], Token)));

    [Fact]
    public async Task Message_history_tells_delivery_and_our_webhook()
    {
        var events = await AskAsync(
            """
            {"data":[{"id":"77","message_id":"wamid.OUT1","events":{"data":[{"id":"78","delivery_status":"DELIVERED",
            "timestamp":1790812800,"webhook_update_state":"FAILED","webhook_uri":"https://our.example",
            "error_description":"HTTP 500","application":{"id":"1"}}]}},{"id":"79"}]}
            """,
            (api, me) => api.GetMessageHistoryAsync(me, "1", "wamid.OUT1", Token));

        Assert.Equal(
            new MessageEvent("DELIVERED", From, "FAILED", "https://our.example", "HTTP 500"), Assert.Single(events));
    }
}
