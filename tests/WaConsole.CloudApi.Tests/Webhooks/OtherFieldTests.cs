using System.Text.Json;

namespace WaConsole.CloudApi.Tests.Webhooks;

public sealed class OtherFieldTests
{
    private const string TemplateIds =
        """ "message_template_id":123456789012345678,"message_template_name":"pickup","message_template_language":"en-US" """;

    [Fact]
    public void A_rejected_template_tells_why()
    {
        var item = Hook.Single<TemplateStatusItem>(
            "message_template_status_update",
            $$$"""
            {"event":"REJECTED",{{{TemplateIds}}},"message_template_category":"MARKETING","reason":"INVALID_FORMAT",
            "rejection_info":{"reason":"Why","recommendation":"What"},"disable_info":{"disable_date":1764000000},
            "other_info":{"title":"FIRST_PAUSE","description":"Long"}}
            """);

        Assert.Equal("123456789012345678", item.TemplateId);
        Assert.Equal("pickup", item.Name);
        Assert.Equal("en_US", item.Language);
        Assert.Equal("REJECTED", item.Event);
        Assert.Equal("MARKETING", item.Category);
        Assert.Equal("INVALID_FORMAT", item.Reason);
        Assert.Equal("Why", item.RejectionReason);
        Assert.Equal("What", item.Recommendation);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_764_000_000), item.DisableDateUtc);
        Assert.Equal("FIRST_PAUSE", item.InfoTitle);
        Assert.Equal("Long", item.InfoDescription);
        Assert.Equal("WABA", item.BusinessAccountId);
        Assert.Null(item.PhoneNumberId);
    }

    [Fact]
    public void An_approved_template_has_no_reason()
    {
        var item = Hook.Single<TemplateStatusItem>(
            "message_template_status_update", $$"""{"event":"APPROVED",{{TemplateIds}},"reason":null}""");

        Assert.Equal("APPROVED", item.Event);
        Assert.Null(item.Reason);
    }

    [Theory]
    [InlineData("message_template_quality_update")]
    [InlineData("message_template_status_update")]
    public void A_quality_change_is_known_by_its_content(string field)
    {
        var item = Hook.Single<TemplateQualityItem>(
            field, $$"""{"previous_quality_score":"GREEN","new_quality_score":"YELLOW",{{TemplateIds}}}""");

        Assert.Equal("GREEN", item.PreviousScore);
        Assert.Equal("YELLOW", item.NewScore);
        Assert.Equal("123456789012345678", item.TemplateId);
    }

    [Fact]
    public void A_category_change_is_announced_and_then_done()
    {
        var announced = Hook.Single<TemplateCategoryItem>(
            "template_category_update",
            $$"""{{{TemplateIds}},"new_category":"UTILITY","correct_category":"MARKETING","category_update_timestamp":1764000000}""");
        var done = Hook.Single<TemplateCategoryItem>(
            "template_category_update",
            $$"""{{{TemplateIds}},"previous_category":"UTILITY","new_category":"MARKETING"}""");

        Assert.True(announced.IsAnnouncement);
        Assert.Equal("UTILITY", announced.NewCategory);
        Assert.Equal("MARKETING", announced.CorrectCategory);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_764_000_000), announced.UpdateTimestampUtc);
        Assert.False(done.IsAnnouncement);
        Assert.Equal("UTILITY", done.PreviousCategory);
        Assert.Equal("MARKETING", done.NewCategory);
    }

    [Theory]
    [InlineData("stop", PreferenceKind.Stop)]
    [InlineData("resume", PreferenceKind.Resume)]
    [InlineData("signup", PreferenceKind.SignUp)]
    [InlineData("tomorrow", PreferenceKind.Unknown)]
    public void A_preference_says_who_wants_what(string value, PreferenceKind kind)
    {
        var item = Hook.Single<UserPreferenceItem>(
            "user_preferences",
            Hook.Value(
                $$"""
                "user_preferences":[{"user_id":"DE.1","parent_user_id":"DE.ENT.1","detail":"..",
                "category":"marketing_messages","value":"{{value}}","timestamp":1764000000}]
                """));

        Assert.Equal(kind, item.Kind);
        Assert.Equal(value, item.Value);
        Assert.Null(item.WaId);
        Assert.Equal("DE.1", item.UserId);
        Assert.Equal("marketing_messages", item.Category);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_764_000_000), item.TimestampUtc);
        Assert.Equal("PNID", item.PhoneNumberId);
    }

    [Fact]
    public void A_new_user_id_names_the_old_one()
    {
        var item = Hook.Single<UserIdUpdateItem>(
            "user_id_update",
            Hook.Value(
                """
                "user_id_update":[{"wa_id":"491","timestamp":"1764000000","user_id":{"previous":"DE.1","current":"DE.2"},
                "parent_user_id":{"previous":"DE.ENT.1","current":"DE.ENT.2"}}]
                """));

        Assert.Equal("DE.1", item.PreviousUserId);
        Assert.Equal("DE.2", item.CurrentUserId);
        Assert.Equal("DE.ENT.1", item.PreviousParentUserId);
        Assert.Equal("DE.ENT.2", item.CurrentParentUserId);
        Assert.Equal("491", item.WaId);
    }

    [Theory]
    [InlineData("connect", "USER_INITIATED", true)]
    [InlineData("call_created", "USER_INITIATED", true)]
    [InlineData("terminate", "USER_INITIATED", false)]
    [InlineData("connect", "BUSINESS_INITIATED", false)]
    public void Only_the_customers_own_call_opens_the_window(string happened, string direction, bool opens)
    {
        var call = Hook.Single<CallItem>(
            "calls",
            Hook.Value(
                $$"""
                "calls":[{"id":"wacid.1","event":"{{happened}}","direction":"{{direction}}","from":"1","to":"2",
                "from_user_id":"DE.1","to_user_id":"DE.2","timestamp":"1764000000","session":{"sdp":".."} }],
                "statuses":[],"errors":[]
                """));

        Assert.Equal(opens, call.OpensServiceWindow);
        Assert.Equal(direction == "USER_INITIATED" ? "1" : "2", call.CustomerPhone);
        Assert.Equal(direction == "USER_INITIATED" ? "DE.1" : "DE.2", call.CustomerUserId);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_764_000_000), call.TimestampUtc);
    }

    [Theory]
    [InlineData("RINGING", false)]
    [InlineData("ACCEPTED", true)]
    [InlineData("accepted", true)]
    [InlineData("REJECTED", false)]
    public void Our_call_opens_the_window_once_it_is_taken(string status, bool opens)
    {
        var call = Hook.Single<CallItem>(
            "calls",
            Hook.Value(
                $$"""
                "statuses":[{"id":"wacid.1","type":"call","status":"{{status}}","timestamp":"1764000000","recipient_id":"49"}]
                """));

        Assert.Equal(opens, call.OpensServiceWindow);
    }

    [Fact]
    public void A_message_from_the_phone_app_is_ours()
    {
        var echo = Hook.Single<EchoItem>(
            "smb_message_echoes",
            Hook.Value(
                """
                "message_echoes":[{"from":"4930111","to":"4917012345678","to_user_id":"DE.1029384756","id":"wamid.E",
                "timestamp":"1764000000","type":"image","image":{"id":"M","mime_type":"image/png","caption":"See"}}]
                """));

        Assert.Equal("4930111", echo.From);
        Assert.Equal("4917012345678", echo.To);
        Assert.Equal("DE.1029384756", echo.ToUserId);
        Assert.Equal("DE.ENT.99", echo.ToParentUserId);
        Assert.Equal("Ada", echo.ProfileName);
        Assert.Equal(MessageKind.Image, echo.Kind);
        Assert.Equal("See", echo.Text);
        Assert.Equal("M", echo.Media!.Id);
    }

    [Theory]
    [InlineData("message_echoes", """{"x":1}""")]
    [InlineData("consumer_profile", """{"x":1}""")]
    [InlineData("not_invented_yet", """{"x":[1,2]}""")]
    public void Any_other_field_is_kept_whole(string field, string value)
    {
        var item = Hook.Single<OtherItem>(field, value);

        Assert.Equal(field, item.Field);
        Assert.Null(item.Part);
        Assert.Equal(value, item.RawJson);
    }

    [Fact]
    public void A_list_nobody_knows_beside_messages_is_kept_as_well()
    {
        var items = Hook.Read(Hook.Body(
            "messages",
            Hook.Value(
                $$"""
                "messages":[{{Hook.MessageJson(""" "type":"text","text":{"body":"Hi"} """)}}],
                "new_things":[{"a":1}],"errors":"not a list"
                """)));

        Assert.Collection(
            items,
            item => Assert.IsType<InboundMessageItem>(item),
            item => Assert.Equal("new_things", Assert.IsType<OtherItem>(item).Part),
            item => Assert.Equal("errors", Assert.IsType<OtherItem>(item).Part));
        Assert.Equal([0, 1, 2], items.Select(item => item.Index));
        using var kept = JsonDocument.Parse(items[1].RawJson);
        Assert.Equal(JsonValueKind.Array, kept.RootElement.ValueKind);
    }
}
