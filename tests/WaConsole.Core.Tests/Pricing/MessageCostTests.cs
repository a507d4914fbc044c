using WaConsole.Core.Pricing;

namespace WaConsole.Core.Tests.Pricing;

public sealed class MessageCostTests
{
    private static readonly DateOnly Today = new(2026, 11, 26);

    [Theory]
    [InlineData("491701234567", "Germany", "0.1365")]
    [InlineData("12125550123", "North America", "0.0250")]
    [InlineData("18095550123", "Rest of Latin America", "0.0740")]
    [InlineData("12425550123", "Other", "0.0604")]
    [InlineData("77011234567", "Kazakhstan", "0.0604")]
    [InlineData("79161234567", "Russia", "0.0802")]
    [InlineData("351211234567", "Rest of Western Europe", "0.0592")]
    [InlineData("6991234567", "Other", "0.0604")]
    public void The_market_is_that_of_the_longest_calling_code(string phone, string market, string amount)
    {
        var list = Assert.IsType<PriceEstimate.List>(Cost(PriceCategory.Marketing, phone: phone));

        Assert.Equal((market, decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "USD"), (list.Market, list.Amount, list.Currency));
    }

    [Fact]
    public void A_market_of_its_own_since_October_was_part_of_another_before()
    {
        var before = Assert.IsType<PriceEstimate.List>(Cost(PriceCategory.Marketing, phone: "212612345678", day: new(2026, 9, 30)));
        var since = Assert.IsType<PriceEstimate.List>(Cost(PriceCategory.Marketing, phone: "212612345678", day: new(2026, 10, 1)));

        Assert.Equal(("Rest of Africa", "Morocco"), (before.Market, since.Market));
    }

    [Fact]
    public void A_customer_without_a_phone_number_is_placed_by_the_country_of_their_id_and_one_with_neither_is_not() => Assert.Multiple(
        () => Assert.Equal("Germany", Assert.IsType<PriceEstimate.List>(Cost(PriceCategory.Marketing, phone: null, userId: "DE.123")).Market),
        () => Assert.IsType<PriceEstimate.Unknown>(Cost(PriceCategory.Marketing, phone: null)));

    [Fact]
    public void A_utility_template_in_the_window_was_free_until_October()
    {
        Assert.Equal(new PriceEstimate.Free(FreeBecause.Rule), Cost(PriceCategory.Utility, window: true, day: new(2026, 9, 30)));
        Assert.IsType<PriceEstimate.List>(Cost(PriceCategory.Utility, window: false, day: new(2026, 9, 30)));
        Assert.IsType<PriceEstimate.List>(Cost(PriceCategory.Utility, window: true));
    }

    [Fact]
    public void After_an_ad_everything_is_free() =>
        Assert.Equal(new PriceEstimate.Free(FreeBecause.EntryPoint), Cost(PriceCategory.Marketing, entry: true));

    [Fact]
    public void A_thousand_service_messages_of_a_number_are_free_each_month_and_uncounted_ones_have_no_price()
    {
        Assert.Equal(new PriceEstimate.Free(FreeBecause.Allowance), Cost(PriceCategory.Service, sent: 999));
        Assert.Equal(0.0550m, Assert.IsType<PriceEstimate.List>(Cost(PriceCategory.Service, sent: 1000)).Amount);
        Assert.IsType<PriceEstimate.Unknown>(Cost(PriceCategory.Service));
        Assert.Equal(new PriceEstimate.Free(FreeBecause.Rule), Cost(PriceCategory.Service, day: new(2026, 9, 30)));
    }

    [Fact]
    public void A_day_without_a_card_or_a_rule_has_no_price() => Assert.Multiple(
        () => Assert.IsType<PriceEstimate.Unknown>(Cost(PriceCategory.Marketing, day: new(2026, 6, 30))),
        () => Assert.IsType<PriceEstimate.Unknown>(Cost(PriceCategory.Marketing, day: new(2025, 6, 30))));

    private static PriceEstimate Cost(
        PriceCategory category, string? phone = "491701234567", string? userId = null, bool window = false, bool entry = false, DateOnly? day = null, int? sent = null) =>
        MessageCost.Estimate(new PriceQuestion(category, phone, userId, window, entry, day ?? Today, sent));
}
