using WaConsole.Core.Countries;

namespace WaConsole.Core.Tests.Countries;

public sealed class CountryZonesTests
{
    [Fact]
    public void Every_country_has_a_zone_this_machine_knows()
    {
        var summer = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc);
        Assert.True(CountryZones.Countries.Count() > 240);
        Assert.Equal(14, CountryZones.Local("DE", summer).Hour);
        Assert.Equal(8, CountryZones.Local("US", summer).Hour);
        Assert.All(
            ["JP", "IN", "BR", "ID", "AE", "NG", "ZA", "MX"],
            country => Assert.NotEqual(summer, CountryZones.Local(country, summer)));
    }
}
