using WaConsole.Core.Conversations;
using WaConsole.Core.Interactive;

namespace WaConsole.Core.Tests.Interactive;

/// <summary>What WhatsApp would refuse is said before it is sent, beside the field it is about.</summary>
public sealed class InteractiveRulesTests
{
    private static readonly InteractiveMessage.Buttons Buttons = new("Shall we keep it?", [new("Yes"), new("No")]);
    private static readonly InteractiveMessage.List List = new("Pick one", "Open", [new(null, [new("Chestnut", "Welted")])]);
    private static readonly InteractiveMessage.Link Link = new("Track it", "Track", "https://example.test/t/1");
    private static readonly InteractiveMessage.Product Product = new("", "C1", new("WAX-SET"));
    private static readonly InteractiveMessage.ProductList Products = new("Care", "Our picks", "C1", [new(null, [new("WAX-SET")])]);

    public static TheoryData<InteractiveMessage> Sound =>
    [
        Buttons,
        Buttons with { Head = new("Hello"), Footer = new string('f', 60), Options = [new(new string('t', 20), null, new string('i', 256))] },
        Buttons with { Head = new(null, 7) },
        List,
        List with { Header = new string('h', 60), Groups = [.. Enumerable.Range(0, 10).Select(at => new OptionGroup($"{at}", [new(new string('r', 24), new string('d', 72))]))] },
        Link,
        new InteractiveMessage.LocationRequest(new string('b', 1024)),
        new InteractiveMessage.ContactRequest("Your number?"),
        Product,
        Products,
        Products with { Groups = [new("A", [.. Enumerable.Range(0, 15).Select(at => new ProductPick($"{at}"))]), new("B", [.. Enumerable.Range(15, 15).Select(at => new ProductPick($"{at}"))])] },
        new InteractiveMessage.Catalogue("All of it"),
        new InteractiveMessage.Catalogue("All of it", new("WAX-SET"), "Oak"),
    ];

    public static TheoryData<InteractiveMessage, string> Wrong => new()
    {
        { Buttons with { Body = new string('b', 1025) }, "body" },
        { Buttons with { Options = [new("1"), new("2"), new("3"), new("4")] }, "options" },
        { Buttons with { Options = [new("Yes"), new(" Yes ")] }, "options.1.title" },
        { Buttons with { Options = [new("Yes", null, "a"), new("No", null, "a")] }, "options" },
        { Buttons with { Options = [new(new string('t', 21))] }, "options.0.title" },
        { Buttons with { Options = [new("Yes", null, new string('i', 257))] }, "options.0.id" },
        { Buttons with { Head = new("Hello", 7) }, "head" },
        { Buttons with { Head = new(new string('h', 61)) }, "head" },
        { Buttons with { Footer = new string('f', 61) }, "footer" },
        { List with { Label = new string('l', 21) }, "label" },
        { List with { Header = new string('h', 61) }, "head" },
        { List with { Groups = [new(new string('t', 25), [new("Row")])] }, "groups.0.title" },
        { List with { Groups = [new(null, [.. Enumerable.Range(0, 11).Select(at => new ReplyOption($"{at}"))])] }, "groups" },
        { List with { Groups = [.. Enumerable.Range(0, 11).Select(at => new OptionGroup($"{at}", []))] }, "groups" },
        { List with { Groups = [new(null, [new(new string('r', 25))])] }, "groups.0.options.0.title" },
        { List with { Groups = [new(null, [new("Row", new string('d', 73))])] }, "groups.0.options.0.description" },
        { Link with { Url = "example.test" }, "url" },
        { Link with { Url = "javascript:alert(1)" }, "url" },
        { Link with { Url = "https://user:word@example.test" }, "url" },
        { Products with { Header = new string('h', 61) }, "head" },
        { Products with { Groups = [new(null, [.. Enumerable.Range(0, 31).Select(at => new ProductPick($"{at}"))])] }, "products" },
    };

    public static TheoryData<InteractiveMessage, string> Unfinished => new()
    {
        { Buttons with { Body = " " }, "body" },
        { Buttons with { Options = [] }, "options" },
        { Buttons with { Options = [new("")] }, "options.0.title" },
        { List with { Label = "" }, "label" },
        { List with { Groups = [new(null, [])] }, "groups" },
        { List with { Groups = [new(null, [new("Row")]), new("B", [new("Other")])] }, "groups.0.title" },
        { List with { Groups = [new("A", [new("Row")]), new("B", [])] }, "groups.1" },
        { Link with { Label = "" }, "label" },
        { Link with { Url = "" }, "url" },
        { new InteractiveMessage.LocationRequest(""), "body" },
        { Product with { CatalogueId = "" }, "products" },
        { Product with { Pick = new("") }, "products" },
        { Products with { Header = "" }, "head" },
        { Products with { Groups = [new(null, [])] }, "products" },
        { new InteractiveMessage.Catalogue(""), "body" },
    };

    [Theory, MemberData(nameof(Sound))]
    public void What_whatsapp_takes_is_left_alone(InteractiveMessage message) => Assert.Empty(InteractiveRules.Check(message));

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_beside_its_field(InteractiveMessage message, string field) =>
        Assert.Contains(InteractiveRules.Check(message), problem => problem.Field == field && problem is { Missing: false, Sentence.Length: > 10 });

    [Theory, MemberData(nameof(Unfinished))]
    public void What_is_not_there_yet_is_missing_rather_than_wrong(InteractiveMessage message, string field)
    {
        var problems = InteractiveRules.Check(message);

        Assert.Contains(problems, problem => problem.Field == field);
        Assert.All(problems, problem => Assert.True(problem.Missing, problem.Sentence));
    }

    [Theory, MemberData(nameof(Sound))]
    public void Every_kind_is_stored_and_read_back_and_can_be_drawn(InteractiveMessage message)
    {
        var stored = ReplyJson.Write(new ReplyContent.Interactive(message));

        var read = Assert.IsType<ReplyContent.Interactive>(ReplyJson.Read(stored)).What;
        Assert.Equal(message.GetType(), read.GetType());
        Assert.Equal(stored, ReplyJson.Write(new ReplyContent.Interactive(read)));
        Assert.Equal(message.Body, RenderInteractive.Run(read).Body);
    }

    [Fact]
    public void Options_without_an_id_get_one_that_is_theirs_alone_over_all_sections()
    {
        var clean = (InteractiveMessage.List)CleanInteractive.Run(List with { Groups = [new(" A ", [new("1"), new("2", " ", "own")]), new("B", [new(" 3\0 ")])] });

        Assert.Equal(["option-1", "own", "option-3"], clean.Groups.SelectMany(group => group.Options).Select(option => option.Id!));
        Assert.Equal(("A", "3", null), (clean.Groups[0].Title, clean.Groups[1].Options[0].Title, clean.Groups[0].Options[1].Description));
        Assert.Empty(InteractiveRules.Check(clean));
    }
}
