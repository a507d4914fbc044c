using System.Text;
using WaConsole.Core.Rights.Export;

namespace WaConsole.Core.Tests.Rights;

public sealed class WhoseItemTests
{
    [Theory]
    [InlineData("""{"contacts":[{"wa_id":"1","user_id":"DE.1"}],"messages":[{"from":"1","id":"wamid.1"}]}""", "1 DE.1")]
    [InlineData("""{"statuses":[{"recipient_id":"1","recipient_user_id":"DE.1","id":"2"}]}""", "1 DE.1")]
    [InlineData("""{"standby":{"messages":[{"from":"1"}]}}""", "1")]
    [InlineData("""{"user_id_update":[{"wa_id":"1","user_id":{"previous":"DE.1","current":"DE.2"}}]}""", "1 DE.1 DE.2")]
    [InlineData("""{"messages":[{"from":"1","contacts":[{"phones":[{"wa_id":"2"}]}],"text":{"body":"call 3"}}]}""", "1")]
    [InlineData("""{"metadata":{"display_phone_number":"9"},"calls":[{"from":"1","to":"9"}]}""", "1 9")]
    public void An_item_is_theirs_whom_WhatsApp_names_as_its_customer(string value, string whose) =>
        Assert.Equal(whose.Split(' '), Read($$$"""{"entry":[{"changes":[{"value":{{{value}}}}]}]}""").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("""{"entry":[{"changes":[{"value":{"messages":[{"from":"1"},{"from":"2"}]}}]}]}""")]
    [InlineData("""{"entry":[{"changes":[{"value":{"messages":[{"from":"1"}]}},{"value":{"messages":[{"from":"2"}]}}]}]}""")]
    [InlineData("""{"entry":[{"changes":[{"value":{"messages":[{"from":"1"}]}}]},{}]}""")]
    [InlineData("""{"entry":{"from":"1"}}""")]
    [InlineData("""["1"]""")]
    [InlineData("""{"from":"1" """)]
    public void Of_a_body_that_may_be_several_peoples_nobody_is_told(string body) => Assert.Empty(Read(body));

    private static IReadOnlySet<string> Read(string body) => WhoseItem.Read(Encoding.UTF8.GetBytes(body));
}
