namespace WaConsole.CloudApi.Tests.Webhooks;

public sealed class StatusTests
{
    [Fact]
    public void A_status_carries_all_that_Meta_says()
    {
        var status = Hook.Status<StatusItem>(
            """
            {"id":"wamid.OUT1","status":"delivered","timestamp":"1764000010","recipient_id":"4917012345678",
            "recipient_user_id":"DE.1029384756","recipient_parent_user_id":"DE.ENT.99","biz_opaque_callback_data":"job:42",
            "conversation":{"id":"c1","expiration_timestamp":"1764600000","origin":{"type":"referral_conversion"}},
            "pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing","subtype":"paid_exempt"}}
            """);

        Assert.Equal("wamid.OUT1", status.Wamid);
        Assert.Equal("delivered", status.Status);
        Assert.Equal(StatusKind.Delivered, status.Kind);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_764_000_010), status.TimestampUtc);
        Assert.Equal("4917012345678", status.RecipientId);
        Assert.Equal("DE.1029384756", status.RecipientUserId);
        Assert.Equal("DE.ENT.99", status.RecipientParentUserId);
        Assert.Equal("job:42", status.CallbackData);
        Assert.Equal(new StatusPricing("regular", "marketing", true, "PMP", "paid_exempt"), status.Pricing);
        Assert.Equal(
            new StatusConversation("c1", DateTime.UnixEpoch.AddSeconds(1_764_600_000), "referral_conversion"),
            status.Conversation);
        Assert.Equal("Ada", status.ContactName);
        Assert.Equal("ada.l", status.ContactUsername);
        Assert.Equal("4917012345678", status.ContactWaId);
        Assert.Equal("PNID", status.PhoneNumberId);
        Assert.False(status.IsPayment);
        Assert.Empty(status.Errors);
    }

    [Theory]
    [InlineData("sent", StatusKind.Sent)]
    [InlineData("delivered", StatusKind.Delivered)]
    [InlineData("read", StatusKind.Read)]
    [InlineData("played", StatusKind.Played)]
    [InlineData("failed", StatusKind.Failed)]
    [InlineData("vaporised", StatusKind.Unknown)]
    public void Every_word_is_kept_and_the_known_ones_are_ranked(string word, StatusKind kind)
    {
        var status = Hook.Status<StatusItem>($$"""{"id":"wamid.1","status":"{{word}}","timestamp":1764000010}""");

        Assert.Equal(word, status.Status);
        Assert.Equal(kind, status.Kind);
    }

    [Fact]
    public void A_failure_has_errors_and_needs_no_contact()
    {
        var status = Hook.Status<StatusItem>(
            """
            {"id":"wamid.1","status":"failed","timestamp":"1764000010","recipient_id":"491",
            "errors":[{"code":"131049","title":"T","message":"M","error_data":{"details":"D"},"href":"h"}]}
            """,
            contacts: "");

        Assert.Equal(new CloudApiError(131049, Title: "T", Message: "M", Details: "D"), Assert.Single(status.Errors));
        Assert.Null(status.ContactName);
    }

    [Theory]
    [InlineData("recipient_participant_id", "parent_recipient_user_id")]
    [InlineData("participant_recipient_id", "recipient_parent_user_id")]
    public void Both_spellings_of_participant_and_parent_are_read(string participant, string parent)
    {
        var status = Hook.Status<StatusItem>(
            $$"""
            {"id":"wamid.1","status":"read","timestamp":"1764000010","recipient_type":"group","recipient_id":"G1",
            "{{participant}}":"4917","recipient_participant_user_id":"DE.5","{{parent}}":"DE.ENT.5"}
            """);

        Assert.Equal("4917", status.ParticipantId);
        Assert.Equal("DE.5", status.ParticipantUserId);
        Assert.Equal("DE.ENT.5", status.RecipientParentUserId);
    }

    [Fact]
    public void A_status_to_a_user_id_has_no_phone()
    {
        var status = Hook.Status<StatusItem>(
            """{"id":"wamid.1","status":"read","timestamp":"1764000010","recipient_user_id":"DE.1029384756"}""");

        Assert.Null(status.RecipientId);
        Assert.Equal("Ada", status.ContactName);
    }

    [Fact]
    public void A_payment_is_marked_as_one()
    {
        var status = Hook.Status<StatusItem>(
            """
            {"id":"pay.1","type":"payment","status":"captured","timestamp":"1764000010",
            "payment":{"reference_id":"r","amount":{"value":100,"offset":100},"currency":"BRL"}}
            """);

        Assert.True(status.IsPayment);
        Assert.Equal("captured", status.Status);
        Assert.Equal(StatusKind.Unknown, status.Kind);
    }

    [Fact]
    public void The_status_of_a_call_is_a_call()
    {
        var call = Hook.Status<CallItem>(
            """
            {"id":"wacid.1","type":"call","status":"ACCEPTED","timestamp":"1764000010","recipient_id":"491",
            "recipient_user_id":"DE.1"}
            """);

        Assert.Null(call.Event);
        Assert.Equal("ACCEPTED", call.Status);
        Assert.True(call.OpensServiceWindow);
        Assert.Equal("491", call.CustomerPhone);
        Assert.Equal("DE.1", call.CustomerUserId);
    }

    [Fact]
    public void A_conversation_may_lack_its_end()
    {
        var status = Hook.Status<StatusItem>(
            """{"id":"wamid.1","status":"read","timestamp":"1764000010","conversation":{"id":"c1"},"pricing":{}}""");

        Assert.Equal(new StatusConversation("c1", null, null), status.Conversation);
        Assert.Equal(new StatusPricing(null, null, null, null, null), status.Pricing);
    }
}
