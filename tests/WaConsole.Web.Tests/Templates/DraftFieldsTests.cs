using WaConsole.Core.Templates.Drafts;
using WaConsole.Web.Components.Templates.Compose;
using Xunit;

namespace WaConsole.Web.Tests.Templates;

public sealed class DraftFieldsTests
{
    private static readonly ComposedTemplate Full = new()
    {
        Name = "autumn",
        Language = "en",
        Named = true,
        Header = new ComposedHeader.Text(new ComposedText("Hello {{first_name}}", ("first_name", "Ines"))),
        Body = new ComposedText("Back in {{size}}", ("size", "39")),
        Footer = "Reply STOP",
        Buttons =
        [
            new ComposedButton.QuickReply("Later"), new ComposedButton.Url("Order", "https://shop.example/{{1}}", "boots"),
            new ComposedButton.Phone("Call", "+4930123"), new ComposedButton.CopyCode("SPRING"), new ComposedButton.Flow("Book", "1", Screen: "START"),
        ],
        Offer = new ComposedOffer("Ends soon", HasExpiration: true),
        Cards = [new ComposedCard { Body = new ComposedText("Card {{colour}}", ("colour", "red")), Buttons = [new ComposedButton.Url("See", "https://shop.example")] }],
        Code = new ComposedCode(CodeDelivery.OneTap, ExpiresInMinutes: 5, Label: "Copy", FillInLabel: "Fill", Apps: [new CodeApp("com.example", "K8a/AINcGX7")]),
        TtlSeconds = 60,
    };

    public static TheoryData<string, string> Fields =>
    [
        ("name", "autumn"), ("header", "Hello {{first_name}}"), ("header.samples.first_name", "Ines"), ("body", "Back in {{size}}"),
        ("body.samples.size", "39"), ("footer", "Reply STOP"), ("offer.text", "Ends soon"), ("ttl", "60"),
        ("buttons[0].label", "Later"), ("buttons[1].label", "Order"), ("buttons[1].address", "https://shop.example/{{1}}"), ("buttons[1].sample", "boots"),
        ("buttons[2].number", "+4930123"), ("buttons[3].sample", "SPRING"), ("buttons[4].flow", "1"), ("buttons[4].screen", "START"),
        ("cards[0].body", "Card {{colour}}"), ("cards[0].body.samples.colour", "red"), ("cards[0].buttons[0].label", "See"),
        ("cards[0].buttons[0].address", "https://shop.example"), ("code.expires", "5"), ("code.label", "Copy"), ("code.fillin", "Fill"),
        ("code.apps[0].package", "com.example"), ("code.apps[0].hash", "K8a/AINcGX7"),
    ];

    [Theory]
    [MemberData(nameof(Fields))]
    public void What_is_written_into_a_field_is_read_from_it_and_changes_no_other(string path, string before)
    {
        var written = path is "ttl" or "code.expires" ? "7" : "Something else";
        Assert.Equal(before, DraftFields.Read(Full, path));

        var changed = DraftFields.Write(Full, path, written);

        Assert.Equal(written, DraftFields.Read(changed, path));
        Assert.All(
            Fields.Select(field => field.Data.Item1).Where(other => other != path),
            other => Assert.Equal(DraftFields.Read(Full, other), DraftFields.Read(changed, other)));
    }

    [Theory]
    [InlineData("buttons[9].label")]
    [InlineData("cards[7].body")]
    [InlineData("cards[0].buttons[5].label")]
    [InlineData("code.apps[4].hash")]
    [InlineData("buttons[0].unknown")]
    [InlineData("nothing")]
    public void A_field_that_was_taken_away_meanwhile_changes_nothing(string path) =>
        Assert.Equal(WriteComponents.Run(Full), WriteComponents.Run(DraftFields.Write(Full, path, "late")));

    [Fact]
    public void Numbered_variables_get_names_and_back_with_their_samples()
    {
        var numbered = new ComposedTemplate { Body = new ComposedText("Hi {{1}}, {{2}} pairs", ("1", "Ines"), ("2", "3")) };

        var named = StartTemplate.WithNames(numbered, named: true);
        var back = StartTemplate.WithNames(named, named: false);

        Assert.Equal("Hi {{value_1}}, {{value_2}} pairs", named.Body.Text);
        Assert.Equal("3", named.Body.Samples["value_2"]);
        Assert.Equal((numbered.Body.Text, "Ines"), (back.Body.Text, back.Body.Samples["1"]));
    }

    [Fact]
    public void Buttons_move_and_those_of_cards_move_on_every_card()
    {
        var moved = StartTemplate.Moved(Full, "buttons", 4, 0);
        Assert.Equal(["Book", "Later", "Order", "Call"], moved.Buttons.Select(ComposedButton.LabelOf).OfType<string>());
        Assert.Equal(Full.Buttons, StartTemplate.Moved(Full, "buttons", 1, 9).Buttons);

        var card = new ComposedCard { Buttons = [new ComposedButton.QuickReply("A"), new ComposedButton.QuickReply("B")] };
        var cards = StartTemplate.Moved(Full with { Cards = [card, card] }, "cards[1].buttons", 0, 1);
        Assert.All(cards.Cards, one => Assert.Equal(["B", "A"], one.Buttons.Select(ComposedButton.LabelOf)));
    }

    [Fact]
    public void Leaving_a_category_takes_along_what_fits_and_nothing_else()
    {
        var code = StartTemplate.InCategory(Full with { Code = null }, TemplateCategories.Authentication);
        Assert.NotNull(code.Code);
        var utility = StartTemplate.InCategory(Full, TemplateCategories.Utility);
        Assert.Equal((null, null, 0), (utility.Code, utility.Offer, utility.Cards.Count));
        Assert.Equal(Full.Body, utility.Body);
    }

    [Fact]
    public void What_another_category_has_no_place_for_comes_back_with_the_category()
    {
        ComposedTemplate message = Full with { Code = null, Cards = [], Offer = null };
        var code = StartTemplate.InCategory(message, TemplateCategories.Authentication);
        Assert.Equal((null, "", null, 0), (code.Header, code.Body.Text, code.Footer, code.Buttons.Count));
        Assert.Equal(["Header", "Body", "Footer", "Buttons"], AsideParts.NamesOf(code.Aside!).Except(["AsksToCall"]));
        var changed = code with { Code = code.Code! with { ExpiresInMinutes = 5 } };
        var back = StartTemplate.InCategory(changed, TemplateCategories.Marketing);
        Assert.Equal((message.Header, message.Body, message.Footer, message.Buttons), (back.Header, back.Body, back.Footer, back.Buttons));
        Assert.Equal(["Code"], AsideParts.NamesOf(back.Aside!));
        Assert.Equal(5, StartTemplate.InCategory(back, TemplateCategories.Authentication).Code!.ExpiresInMinutes);

        var cards = StartTemplate.InForm(message, "cards") with { Cards = [new ComposedCard { Body = new ComposedText("One") }, new ComposedCard { Body = new ComposedText("Two") }] };
        var utility = StartTemplate.InCategory(cards, TemplateCategories.Utility);
        Assert.Empty(utility.Cards);
        Assert.Contains("Cards", AsideParts.NamesOf(utility.Aside!));
        Assert.Equal(cards.Cards, StartTemplate.InForm(StartTemplate.InCategory(utility, TemplateCategories.Marketing), "cards").Cards);
        Assert.Equal(message.Buttons, StartTemplate.InForm(cards, "message").Buttons);
    }
}
