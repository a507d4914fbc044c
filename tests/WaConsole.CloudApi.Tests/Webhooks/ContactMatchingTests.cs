namespace WaConsole.CloudApi.Tests.Webhooks;

public sealed class ContactMatchingTests
{
    [Fact]
    public void Contacts_in_another_order_still_find_their_messages()
    {
        var items = Read(
            """[{"wa_id":"2","profile":{"name":"Two"}},{"wa_id":"1","profile":{"name":"One"}}]""",
            """[{"from":"1","id":"a"},{"from":"2","id":"b"},{"from":"1","id":"c"}]""");

        Assert.Equal(["One", "Two", "One"], items.Select(item => item.ProfileName));
    }

    [Fact]
    public void The_user_id_counts_before_the_phone()
    {
        var items = Read(
            """[{"wa_id":"1","user_id":"DE.OLD","profile":{"name":"Former owner"}},{"user_id":"DE.1","profile":{"name":"Ada"}}]""",
            """[{"from":"1","from_user_id":"DE.1","id":"a"}]""");

        Assert.Equal("Ada", Assert.Single(items).ProfileName);
    }

    [Fact]
    public void A_phone_finds_a_contact_and_with_it_the_user_id()
    {
        var item = Assert.Single(Read(
            """[{"wa_id":"1","user_id":"DE.1","parent_user_id":"DE.ENT.9","profile":{"name":"Ada"}}]""",
            """[{"from":"1","id":"a"}]"""));

        Assert.Equal("DE.1", item.FromUserId);
        Assert.Equal("DE.ENT.9", item.FromParentUserId);
    }

    [Fact]
    public void A_stranger_is_not_given_the_only_contact_there_is()
    {
        var item = Assert.Single(Read(
            """[{"wa_id":"1","profile":{"name":"Ada"}}]""", """[{"from":"2","id":"a"}]"""));

        Assert.Null(item.ProfileName);
        Assert.Null(item.WaId);
        Assert.DoesNotContain("Ada", item.RawJson, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(300)]
    public void Many_contacts_are_told_apart_as_few_are(int count)
    {
        var numbers = Enumerable.Range(1, count).ToList();
        var contacts = numbers.Select(n => $$$"""{"wa_id":"{{{n}}}","user_id":"DE.{{{n}}}","profile":{"name":"Name {{{n}}}"}}""");
        var messages = numbers.Select(n => n % 2 == 0
            ? $$"""{"from":"{{n}}","id":"m{{n}}"}"""
            : $$"""{"from":"unknown","from_user_id":"DE.{{n}}","id":"m{{n}}"}""");

        var items = Read($"[{string.Join(',', contacts)}]", $"[{string.Join(',', messages)}]");

        Assert.Equal(numbers.Select(n => $"Name {n}"), items.Select(item => item.ProfileName));
    }

    private static IEnumerable<InboundMessageItem> Read(string contacts, string messages) =>
        Hook.Read(Hook.Body("messages", $$"""{"contacts":{{contacts}},"messages":{{messages}}}"""))
            .Cast<InboundMessageItem>();
}
