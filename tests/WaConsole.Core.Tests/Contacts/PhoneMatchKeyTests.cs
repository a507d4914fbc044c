using WaConsole.Core.Contacts;

namespace WaConsole.Core.Tests.Contacts;

public sealed class PhoneMatchKeyTests
{
    [Theory]
    [InlineData("5511987654321", "551187654321")]
    [InlineData("+55 11 98765-4321", "551187654321")]
    [InlineData("5491123456789", "541123456789")]
    [InlineData("5215512345678", "525512345678")]
    [InlineData("0049 170 1234567", "491701234567")]
    public void Spellings_of_one_number_have_one_key(string one, string other) => Assert.Equal(PhoneMatchKey.Of(other), PhoneMatchKey.Of(one));

    [Theory]
    [InlineData("551132654321", "5511932654321")]
    [InlineData("491701234567", "491701234568")]
    [InlineData("541123456789", "541123456780")]
    public void Different_numbers_have_different_keys(string one, string other) => Assert.NotEqual(PhoneMatchKey.Of(other), PhoneMatchKey.Of(one));
}
