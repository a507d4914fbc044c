namespace WaConsole.CloudApi.Tests.Webhooks;

public sealed class WebhookHandshakeTests
{
    [Theory]
    [InlineData("subscribe", "right", "1158201444", "1158201444")]
    [InlineData("subscribe", "also right", "0042", "0042")]
    [InlineData("subscribe", "wrong", "1158201444", null)]
    [InlineData("subscribe", "righ", "1158201444", null)]
    [InlineData("subscribe", "right ", "1158201444", null)]
    [InlineData("subscribe", "", "1158201444", null)]
    [InlineData("subscribe", null, "1158201444", null)]
    [InlineData("unsubscribe", "right", "1158201444", null)]
    [InlineData("SUBSCRIBE", "right", "1158201444", null)]
    [InlineData(null, "right", "1158201444", null)]
    [InlineData("subscribe", "right", null, null)]
    public void Only_mode_and_token_together_answer_the_challenge(
        string? mode, string? token, string? challenge, string? answer) =>
        Assert.Equal(answer, WebhookHandshake.Answer(mode, token, challenge, ["right", "also right", ""]));

    [Fact]
    public void Without_a_configured_token_nobody_is_answered() =>
        Assert.Null(WebhookHandshake.Answer("subscribe", "", "1", []));
}
