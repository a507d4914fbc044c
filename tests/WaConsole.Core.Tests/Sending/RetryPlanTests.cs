using WaConsole.CloudApi;
using WaConsole.Core.Sending;

namespace WaConsole.Core.Tests.Sending;

public sealed class RetryPlanTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 16)]
    public void The_pair_limit_waits_four_times_longer_each_time_for_this_customer_only(int attempt, int seconds) =>
        Assert.Equal(new SendVerdict.Again(TimeSpan.FromSeconds(seconds), HoldReach.Message), RetryPlan.After(Refused(131056), attempt, 0.9));

    [Theory]
    [InlineData(4, nameof(HoldReach.Account))]
    [InlineData(613, nameof(HoldReach.Account))]
    [InlineData(80007, nameof(HoldReach.Account))]
    [InlineData(130429, nameof(HoldReach.Number))]
    public void Throttling_holds_what_was_throttled_and_grows(int code, string holds)
    {
        var first = Assert.IsType<SendVerdict.Again>(RetryPlan.After(Refused(code), 1, 0));
        var fourth = Assert.IsType<SendVerdict.Again>(RetryPlan.After(Refused(code), 4, 0.5));

        Assert.Equal(holds, first.Holds.ToString());
        Assert.Equal((1, 10), (first.Wait.TotalSeconds, fourth.Wait.TotalSeconds));
    }

    [Fact]
    public void A_longer_wait_that_WhatsApp_asks_for_is_kept() => Assert.Equal(
        new SendVerdict.Again(TimeSpan.FromMinutes(3), HoldReach.Number),
        RetryPlan.After(Refused(130429, retryAfter: TimeSpan.FromMinutes(3)), 1, 0));

    [Theory]
    [InlineData(0, ErrorScope.Account)]
    [InlineData(190, ErrorScope.Account)]
    [InlineData(10, ErrorScope.Account)]
    [InlineData(230, ErrorScope.Account)]
    [InlineData(131031, ErrorScope.Account)]
    [InlineData(131042, ErrorScope.Account)]
    [InlineData(368, ErrorScope.Account)]
    [InlineData(133010, ErrorScope.Number)]
    public void What_refuses_account_or_number_stops_it(int code, ErrorScope scope) =>
        Assert.Equal(new SendVerdict.Stop(scope, code), RetryPlan.After(Refused(code), 1, 0));

    [Theory]
    [InlineData(131047)]
    [InlineData(131050)]
    [InlineData(131026)]
    [InlineData(132000)]
    [InlineData(100)]
    [InlineData(987654)]
    public void What_waiting_does_not_mend_is_given_up(int code) => Assert.IsType<SendVerdict.GiveUp>(RetryPlan.After(Refused(code), 1, 0));

    [Fact]
    public void An_unknown_template_is_read_again() => Assert.IsType<SendVerdict.SyncTemplates>(RetryPlan.After(Refused(132001), 1, 0));

    [Theory]
    [InlineData(CloudApiFault.TimedOut)]
    [InlineData(CloudApiFault.ConnectionLost)]
    [InlineData(CloudApiFault.UnreadableAnswer)]
    [InlineData(CloudApiFault.Refused)]
    public void Whatever_may_have_gone_out_is_unknown(CloudApiFault fault) => Assert.IsType<SendVerdict.Unknown>(
        RetryPlan.After(new CloudApiException(fault, new CloudApiError(131000, HttpStatus: 500), SendFate.MaybeSent), 1, 0));

    [Fact]
    public void Nobody_reached_is_tried_again_with_the_whole_number_waiting() => Assert.Equal(
        new SendVerdict.Again(TimeSpan.FromSeconds(1), HoldReach.Number),
        RetryPlan.After(new CloudApiException(CloudApiFault.Unreachable, new CloudApiError(CloudApiError.NoCode), SendFate.NotSent), 1, 0));

    private static CloudApiException Refused(int code, TimeSpan? retryAfter = null) => new(
        CloudApiFault.Refused, new CloudApiError(code, HttpStatus: 400), SendFate.NotSent, retryAfter);
}
