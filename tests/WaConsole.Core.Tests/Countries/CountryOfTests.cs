using WaConsole.Core.Contacts;
using WaConsole.Core.Countries;

namespace WaConsole.Core.Tests.Countries;

public sealed class CountryOfTests
{
    [Theory]
    [InlineData("491713920001", null, "DE")]
    [InlineData("447700900142", "DE.9", "GB")]
    [InlineData(null, "ES.60218834417702915", "ES")]
    [InlineData("999", null, null)]
    [InlineData(null, null, null)]
    public void The_phone_tells_first_and_the_user_id_when_there_is_none(string? phone, string? userId, string? country)
    {
        Assert.Equal(country, CountryOf.Person(phone, userId));
    }
}
