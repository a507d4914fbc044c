using static WaConsole.CloudApi.Tests.Calls.Answered;

namespace WaConsole.CloudApi.Tests.Calls;

/// <summary>What the verbs of templates and analytics make of Meta's answer.</summary>
public sealed class TemplateAnswerTests
{
    private static readonly DateTime From = DateTime.UnixEpoch.AddSeconds(1790812800);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
}
