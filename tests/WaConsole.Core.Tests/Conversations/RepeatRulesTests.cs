using WaConsole.Core.Conversations;

namespace WaConsole.Core.Tests.Conversations;

public sealed class RepeatRulesTests
{
    private static readonly DateTime Failed = new(2026, 11, 25, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(null, 0, true)]
    [InlineData(131026, 0, true)]
    [InlineData(130472, 48, false)]
    [InlineData(131050, 48, false)]
    [InlineData(131049, 23, false)]
    [InlineData(131049, 24, true)]
    [InlineData(131048, 23, false)]
    [InlineData(131048, 24, true)]
    public void What_WhatsApp_keeps_back_is_not_repeated_while_that_does_harm(int? code, int hours, bool may) =>
        Assert.Equal(may, RepeatRules.MayRepeat(DeliveryStatus.Failed, code, Failed, Failed.AddHours(hours)));

    [Theory]
    [InlineData(DeliveryStatus.Unknown, 4, false)]
    [InlineData(DeliveryStatus.Unknown, 5, true)]
    [InlineData(DeliveryStatus.Accepted, 60, false)]
    [InlineData(DeliveryStatus.Delivered, 60, false)]
    public void One_without_an_answer_only_when_its_answer_is_no_longer_to_be_expected(DeliveryStatus status, int minutes, bool may) =>
        Assert.Equal(may, RepeatRules.MayRepeat(status, null, Failed, Failed.AddMinutes(minutes)));
}
