using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.CloudApi.Tests.Client;

namespace WaConsole.CloudApi.Tests.Calls;

/// <summary>What each verb makes of Meta's answer.</summary>
public sealed class AnswerTests
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

    [Fact]
    public async Task A_created_template_tells_the_category_in_force()
    {
        var created = await AskAsync(
            """{"id":546151681022936,"status":"PENDING","category":"MARKETING"}""",
            (api, me) => api.CreateTemplateAsync(me, "9", new("x", "de", "UTILITY", [new TemplatePart.Body("Hi.")]), Token));

        Assert.Equal(new TemplateCreated("546151681022936", "PENDING", "MARKETING", null), created);
    }

    [Theory]
    [InlineData("""{"success":true}""", null)]
    [InlineData("""{"success":false,"reason":"Too early"}""", "Too early")]
    public async Task Unpausing_tells_why_not(string answer, string? reason) =>
        Assert.Equal(reason, await AskAsync(answer, (api, me) => api.UnpauseTemplateAsync(me, "7", Token)));

    [Fact]
    public async Task Archiving_tells_what_failed()
    {
        var archived = await AskAsync(
            """{"archived_templates":["7"],"failed_templates":{"8":"In use"}}""",
            (api, me) => api.ArchiveTemplatesAsync(me, "9", ["7", "8"], archived: true, Token));

        Assert.Equal(["7"], archived.Done);
        Assert.Equal("In use", archived.Failed["8"]);
    }

    [Fact]
    public async Task A_library_template_is_read_whole()
    {
        var page = await AskAsync(
            """
            {"data":[{"name":"delivery_update_1","id":"5","language":"en_US","category":"UTILITY","topic":"ORDER_MANAGEMENT",
            "usecase":"DELIVERY_UPDATE","industry":["E_COMMERCE"],"header":"Update","body":"Hi {{1}}","body_params":["Jim"],
            "body_param_types":["TEXT"],"buttons":[{"type":"URL","text":"Track","url":"https://x.example/{{1}}"}]}]}
            """,
            (api, me) => api.SearchTemplateLibraryAsync(me, new(), null, Token));

        var found = Assert.Single(page.Items);
        Assert.Equal(("delivery_update_1", "UTILITY", "Hi {{1}}"), (found.Name, found.Category, found.Body));
        Assert.Equal(["TEXT"], found.BodyParamTypes);
        Assert.StartsWith("[{", found.ButtonsJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_texts_and_migrations_are_read()
    {
        var preview = Assert.Single(await AskAsync(
            """{"data":[{"language":"fr","body":"Code {{1}}","footer":"5 min","buttons":[{"text":"Copier","autofill_text":"x"}]}]}""",
            (api, me) => api.PreviewAuthenticationAsync(me, "9", ["fr"], true, null, Token)));
        Assert.Equal(new AuthenticationPreview("fr", "Code {{1}}", "5 min", "Copier"), preview);

        var migration = await AskAsync(
            """{"migrated_templates":["1"],"failed_templates":{"2":"Red"}}""",
            (api, me) => api.MigrateTemplatesAsync(me, "9", "8", 0, 10, Token));
        Assert.Equal(["1"], migration.Migrated);
        Assert.Equal("Red", migration.Failed["2"]);
    }

    [Fact]
    public async Task Analytics_are_read_from_where_each_stands()
    {
        Assert.Equal(
            new MessageCount(From, From.AddDays(1), 10, 9),
            Assert.Single(await AskAsync(
                """{"analytics":{"granularity":"DAY","data_points":[{"start":1790812800,"end":1790899200,"sent":10,"delivered":9}]},"id":"9"}""",
                (api, me) => api.GetMessageAnalyticsAsync(me, "9", new(From, From.AddDays(1), AnalyticsStep.Day), Token))));

        Assert.Equal(
            new PricedVolume(From, From.AddDays(1), "PT", null, "0:MAX", "REGULAR", "MARKETING", 5, 0.31m),
            Assert.Single(await AskAsync(
                """
                {"pricing_analytics":{"data":[{"data_points":[{"start":1790812800,"end":1790899200,"country":"PT","tier":"0:MAX",
                "pricing_type":"REGULAR","pricing_category":"MARKETING","volume":5,"cost":0.31}]}]},"id":"9"}
                """,
                (api, me) => api.GetPricingAnalyticsAsync(me, "9", new(From, From.AddDays(1), AnalyticsStep.Day), Token))));

        var count = Assert.Single(await AskAsync(
            """
            {"data":[{"granularity":"DAILY","data_points":[{"template_id":"7","start":1790812800,"end":1790899200,"sent":5,"delivered":4,
            "read":3,"clicked":[{"type":"quick_reply_button","button_content":"Stop","count":2}],
            "cost":[{"type":"amount_spent","value":0.5}]}]}]}
            """,
            (api, me) => api.GetTemplateAnalyticsAsync(me, "9", ["7"], From, From.AddDays(1), Token)));
        Assert.Equal(("7", 5, 4, 3), (count.TemplateId, count.Sent, count.Delivered, count.Read));
        Assert.Equal(new TemplateClicks("quick_reply_button", "Stop", 2), Assert.Single(count.Clicks));
        Assert.Equal(new TemplateCost("amount_spent", 0.5m), Assert.Single(count.Costs));
    }

    [Fact]
    public async Task A_comparison_names_the_better_one_first()
    {
        var comparison = await AskAsync(
            """
            {"data":[{"metric":"BLOCK_RATE","type":"RELATIVE","order_by_relative_metric":["8","7"]},
            {"metric":"MESSAGE_SENDS","number_values":[{"key":"7","value":1200},{"key":"8","value":1500}]},
            {"metric":"TOP_BLOCK_REASON","string_values":[{"key":"7","value":"SPAM"}]}]}
            """,
            (api, me) => api.CompareTemplatesAsync(me, "7", "8", From, From.AddDays(7), Token));

        Assert.Equal(["8", "7"], comparison.FewerBlocksFirst);
        Assert.Equal(1200, comparison.Sends["7"]);
        Assert.Equal("SPAM", comparison.TopBlockReasons["7"]);
    }

    [Fact]
    public async Task Marketing_goes_its_own_way_with_its_own_wishes()
    {
        await using var graph = await GraphStub.AnswerAsync(
            200, """{"contacts":[{"wa_id":"491"}],"messages":[{"id":"wamid.M","message_status":"accepted"}]}""");
        var message = new OutboundMessage(new Recipient.Phone("491"), new OutboundContent.Template("spring", "de"));

        var accepted = await GraphStub.NewClient().SendMarketingAsync(
            graph.Account, "1", message, new MarketingOptions(Strict: true, ShareActivity: false, BidMultiplier: 1.5m), Token);

        Assert.Equal("wamid.M", accepted.Wamid);
        Assert.Equal("/v26.0/1/marketing_messages", graph.Only.PathAndQuery);
        Assert.EndsWith(
            ""","product_policy":"STRICT","message_activity_sharing":false,"bid_spec":{"per_message_bid_multiplier":1.5}}""",
            graph.Only.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_to_a_group_answers_the_group()
    {
        var accepted = await AskAsync(
            """{"contacts":[{"input":"G1"}],"messages":[{"id":"wamid.G","group_id":"G1"}]}""",
            (api, me) => api.SendAsync(me, "1", new(new Recipient.Group("G1"), new OutboundContent.Text("Hi")), Token));

        Assert.Equal("G1", accepted.GroupId);
    }

    [Theory]
    [InlineData(null, "/v26.0/55")]
    [InlineData("1", "/v26.0/55?phone_number_id=1")]
    public async Task Media_is_deleted_for_a_number_or_for_all(string? number, string path)
    {
        await using var graph = await GraphStub.AnswerAsync(200, """{"success":true}""");

        await GraphStub.NewClient().DeleteMediaAsync(graph.Account, "55", number, Token);

        Assert.Equal(("DELETE", path), (graph.Only.Method, graph.Only.PathAndQuery));
    }

    [Fact]
    public async Task A_download_that_is_not_what_was_announced_is_refused()
    {
        await using var graph = await GraphStub.AnswerAsync(200, "bread");
        var right = Convert.ToBase64String(SHA256.HashData("bread"u8));
        var wrong = Convert.ToBase64String(SHA256.HashData("cake"u8));
        MediaLocation Location(string? hash) => new("55", new Uri(graph.Address, "/file"), "text/plain", hash, 5);

        var media = await GraphStub.NewClient().DownloadMediaAsync(
            graph.Account, Location(right), new MemoryStream(), 1000, Token);
        await GraphStub.NewClient().DownloadMediaAsync(graph.Account, Location(null), new MemoryStream(), 1000, Token);
        var failure = await Assert.ThrowsAsync<CloudApiException>(() => GraphStub.NewClient().DownloadMediaAsync(
            graph.Account, Location(wrong), new MemoryStream(), 1000, Token));

        Assert.Equal(5, media.Size);
        Assert.Equal(CloudApiFault.MediaDamaged, failure.Fault);
    }

    [Fact]
    public async Task A_sample_is_uploaded_in_two_steps_with_the_older_scheme()
    {
        await using var graph = await GraphStub.StartAsync((context, request) => context.Response.WriteAsync(
            request.PathAndQuery.Contains("uploads", StringComparison.Ordinal) ? """{"id":"upload:AB=="}""" : """{"h":"4::aW"}"""));

        var handle = await GraphStub.NewClient().UploadForHandleAsync(
            graph.Account, "5", new MemoryStream([1, 2, 3]), "image/jpeg", "lo af.jpg", Token);

        Assert.Equal("4::aW", handle);
        Assert.Equal("/v26.0/5/uploads?file_name=lo_af.jpg&file_length=3&file_type=image%2Fjpeg", graph.Seen[0].PathAndQuery);
        Assert.Equal("Bearer secret-token", graph.Seen[0].Headers["Authorization"]);
        Assert.Equal("/v26.0/upload:AB==", graph.Seen[1].PathAndQuery);
        Assert.Equal("OAuth secret-token", graph.Seen[1].Headers["Authorization"]);
        Assert.Equal("0", graph.Seen[1].Headers["file_offset"]);
        Assert.Equal([1, 2, 3], graph.Seen[1].Body);
    }

    [Fact]
    public async Task An_upload_that_broke_goes_on_where_Meta_stands()
    {
        var posts = 0;
        await using var graph = await GraphStub.StartAsync((context, request) =>
        {
            if (request.PathAndQuery.Contains("uploads", StringComparison.Ordinal))
            {
                return context.Response.WriteAsync("""{"id":"upload:AB?sig=xyz"}""");
            }

            if (request.Method == "GET")
            {
                return context.Response.WriteAsync("""{"id":"upload:AB","file_offset":2}""");
            }

            if (posts++ == 0)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync("""{"h":"4::aW"}""");
        });
        using var content = new MemoryStream([1, 2, 3]);

        var handle = await GraphStub.NewClient().UploadForHandleAsync(graph.Account, "5", content, "image/jpeg", "x.jpg", Token);

        Assert.Equal("4::aW", handle);
        var last = graph.Seen[^1];
        Assert.Equal(("/v26.0/upload:AB?sig=xyz", "2"), (last.PathAndQuery, last.Headers["file_offset"]));
        Assert.Equal([3], last.Body);
        Assert.True(content.CanRead);
    }

    [Theory]
    [InlineData("upload:../me")]
    [InlineData("upload:a?b#c d")]
    [InlineData("")]
    public async Task An_upload_id_cannot_change_the_address(string id) => await Assert.ThrowsAsync<ArgumentException>(
        () => AskAsync("{}", (api, me) => api.GetUploadOffsetAsync(me, id, Token)));

    [Fact]
    public async Task How_much_of_the_limits_is_used_is_told_after_each_answer()
    {
        await using var graph = await GraphStub.StartAsync((context, _) =>
        {
            context.Response.Headers["X-App-Usage"] = """{"call_count":28,"total_time":25,"total_cputime":81}""";
            context.Response.Headers["X-Business-Use-Case-Usage"] =
                """
                {"9":[{"type":"whatsapp_business_management","call_count":99,"total_cputime":1,"total_time":1,
                "estimated_time_to_regain_access":7}]}
                """.Replace("\n", "", StringComparison.Ordinal);
            return context.Response.WriteAsync("""{"data":[]}""");
        });
        ApiUsage? usage = null;
        var services = new ServiceCollection();
        services.AddCloudApi(options => options.UsageRead = read => usage = read);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<CloudApiClient>().ListTemplatesAsync(graph.Account, "9", null, 10, Token);

        Assert.Equal(new UsageShares(28, 81, 25), usage!.App);
        Assert.Equal(99, usage.HighestPercent);
        Assert.Equal(TimeSpan.FromMinutes(7), usage.RegainAccess);
        Assert.Equal(
            new AccountUsage("9", "whatsapp_business_management", new(99, 1, 1), TimeSpan.FromMinutes(7)),
            Assert.Single(usage.Accounts));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"9":7}""")]
    [InlineData("""{"9":[1]}""")]
    [InlineData("""{"call_count":"many","9":[{"call_count":1e400}]}""")]
    public async Task A_usage_header_of_any_text_hurts_nobody(string header)
    {
        await using var graph = await GraphStub.StartAsync((context, _) =>
        {
            context.Response.StatusCode = 400;
            context.Response.Headers["X-App-Usage"] = header;
            context.Response.Headers["X-Business-Use-Case-Usage"] = header;
            return context.Response.WriteAsync("""{"error":{"code":80007}}""");
        });

        var failure = await Assert.ThrowsAsync<CloudApiException>(
            () => GraphStub.NewClient().GetHealthAsync(graph.Account, "9", Token));

        Assert.Equal(80007, failure.Error.Code);
        Assert.Null(failure.RetryAfter);
    }

    [Fact]
    public async Task One_call_may_be_given_less_time()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var graph = await GraphStub.StartAsync(async (context, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        });
        var hurried = graph.Account with { TimeLimit = TimeSpan.FromSeconds(5) };

        var call = GraphStub.NewClient(clock).GetHealthAsync(hurried, "9", Token);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CloudApiFault.TimedOut, (await Assert.ThrowsAsync<CloudApiException>(() => call)).Fault);
    }

    [Theory]
    [InlineData("https://graph.facebook.com", "https://api.facebook.com/")]
    [InlineData("http://127.0.0.1:5081", "http://127.0.0.1:5081/")]
    public void The_second_host_is_Metas_only_beside_Metas_Graph(string graph, string expected) =>
        Assert.Equal(new Uri(expected), new CloudApiAccount(new Uri(graph), "v26.0", "x").ApiBaseAddress);

    private static async Task<T> AskAsync<T>(string answer, Func<CloudApiClient, CloudApiAccount, Task<T>> ask)
    {
        await using var graph = await GraphStub.AnswerAsync(200, answer);
        return await ask(GraphStub.NewClient(), graph.Account);
    }
}
