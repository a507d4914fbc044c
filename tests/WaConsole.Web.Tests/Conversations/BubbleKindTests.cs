using System.Globalization;
using Bunit;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Conversations.Bubbles;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

/// <summary>Every kind of content can be read in the thread.</summary>
public sealed class BubbleKindTests : InboxTest
{
    private static readonly TemplateButton[] YesNo = [new("QUICK_REPLY", "Yes", null), new("QUICK_REPLY", "No", null)];

    public static TheoryData<string, MessageContent, MessageKind, string[]> Contents => new()
    {
        { "location", new MessageContent.Location(52.52, 13.4, "Shop", "Street 1"), MessageKind.Location, ["Shop", "Street 1", "52.52, 13.4"] },
        { "cards", new MessageContent.ContactCards([new ContactCard("Ada", ["+49301234"], ["a@example.com"], "Oak")]), MessageKind.Contacts, ["Ada", "+49301234", "a@example.com", "Oak"] },
        { "card on request", new MessageContent.ContactCards([new ContactCard("Ada", ["+49301234"], [], null)], "contact_request"), MessageKind.Contacts, ["Ada", "Sent on request"] },
        { "choice", new MessageContent.Choice("1", "Left", "The scratched one"), MessageKind.Interactive, ["Left", "The scratched one"] },
        { "form", new MessageContent.FormAnswers([new FormAnswer("day", "Monday")]), MessageKind.Interactive, ["day", "Monday"] },
        { "order", new MessageContent.Order("c", "Gift wrap", [new OrderLine("WAX-SET", 2, 14.5m, "EUR")]), MessageKind.Order, ["WAX-SET", "29.00 EUR", "Gift wrap"] },
        { "product question", new MessageContent.ProductQuestion("c", "WAX-SET"), MessageKind.Text, ["WAX-SET"] },
        { "ad", new MessageContent.Referral("Winter boots", "With wool", "https://fb.example", "ad"), MessageKind.Text, ["Winter boots", "With wool"] },
        { "permission", new MessageContent.CallPermission(true, false, new DateTime(2026, 12, 1, 10, 0, 0, DateTimeKind.Utc)), MessageKind.Interactive, ["Allows calls for now", "Until"] },
        { "permission for good", new MessageContent.CallPermission(true, true, null), MessageKind.Interactive, ["Always allows calls"] },
        { "no permission", new MessageContent.CallPermission(false, false, null), MessageKind.Interactive, ["Does not allow calls"] },
        { "call", new MessageContent.Call(true, CallOutcome.Ended, 75), MessageKind.Call, ["Call", "1:15"] },
        { "long call of ours", new MessageContent.Call(false, CallOutcome.Ended, 3675), MessageKind.Call, ["Your call", "1:01:15"] },
        { "missed call", new MessageContent.Call(true, CallOutcome.Missed, null), MessageKind.Call, ["Missed call"] },
        { "declined call", new MessageContent.Call(false, CallOutcome.Rejected, null), MessageKind.Call, ["Your call was declined"] },
        { "poll", new MessageContent.Unsupported("poll_creation", 131051, "Message type unknown"), MessageKind.Unsupported, ["A poll", "another way"] },
        { "a kind of tomorrow", new MessageContent.Unsupported("hologram", null, null), MessageKind.Unknown, ["cannot be shown"] },
        { "template", new MessageContent.SentTemplate("n", "en", "UTILITY", "Hello", "It is ready", "Oak", YesNo, null), MessageKind.Template, ["Hello", "It is ready", "Oak", "Yes", "No"] },
        { "buttons", Sent("button", "Which?") with { HeaderText = "Hi", Footer = "Oak", Buttons = YesNo }, MessageKind.Interactive, ["Hi", "Which?", "Oak", "Yes", "No"] },
        { "list", Sent("list", "Pick") with { Buttons = [new("LIST", "Open", null)], Sections = [new("Boots", [new("Chestnut", "Welted")])] }, MessageKind.Interactive, ["Pick", "Open", "Boots", "Chestnut", "Welted"] },
        { "location request", Sent("location_request_message", "Where?"), MessageKind.Interactive, ["Where?", "Send location"] },
        { "contact request", Sent("request_contact_info", "Number?"), MessageKind.Interactive, ["Number?", "Share contact info"] },
        { "call request", Sent("call_permission_request", ""), MessageKind.Interactive, ["Choose preference"] },
        { "products", Sent("product_list", "Picks") with { Sections = [new(null, [new("WAX-SET", null)])] }, MessageKind.Interactive, ["Picks", "WAX-SET", "View items"] },
        { "carousel", Sent("carousel", "Offers") with { Cards = [new("First", [new("URL", "Buy", "https://a.example")]), new("Second", [])] }, MessageKind.Interactive, ["Offers", "First", "Buy", "Second"] },
        { "payment", Sent("order_details", "Pay") with { Reference = "AO-7" }, MessageKind.Interactive, ["Pay", "Order AO-7", "Review and pay"] },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_bubble_says_what_it_holds(string name, MessageContent content, MessageKind kind, string[] words)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        var bubble = Render<MessageBubble>(parameters => parameters.Add(b => b.Line, Line(kind, content)).Add(b => b.Viewer, Berlin));

        Assert.All(words, word => Assert.True(bubble.Markup.Contains(word, StringComparison.Ordinal), $"{name}: {word} is missing in {bubble.Markup}"));
    }

    [Fact]
    public void What_the_program_sent_by_itself_says_so()
    {
        var line = Line(MessageKind.Text, new MessageContent.Automatic("away")) with { Direction = MessageDirection.Outbound, Text = "Back on Monday" };

        var bubble = Render<MessageBubble>(parameters => parameters.Add(b => b.Line, line).Add(b => b.Viewer, Berlin));

        Assert.Contains("Automatic", bubble.Find("[data-automatic]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Back on Monday", bubble.Find(".text").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user_changed_number", "new phone number")]
    [InlineData("customer_identity_changed", "new phone or installed")]
    [InlineData("something_new", "As WhatsApp says it")]
    [InlineData("group_participants_add", "Came into the group: As WhatsApp says it")]
    public void A_notice_is_one_line_in_our_words(string type, string words)
    {
        var line = Render<ActivityText>(parameters => parameters
            .Add(a => a.Line, Line(MessageKind.System, new MessageContent.Notice(type, "As WhatsApp says it"))).Add(a => a.Viewer, Berlin));

        line.WaitForAssertion(() => Assert.Contains(words, line.Find(".activity").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Who_wrote_in_a_group_stands_above_the_words()
    {
        var line = Line(MessageKind.Text, null) with { Text = "I do", AuthorName = "Nora Lind" };

        var bubble = Render<MessageBubble>(parameters => parameters.Add(b => b.Line, line).Add(b => b.Viewer, Berlin).Add(b => b.StartsGroup, true));

        bubble.WaitForAssertion(() => Assert.Equal("Nora Lind", bubble.Find(".bubble-author").TextContent));
    }

    [Fact]
    public void Every_outcome_of_a_call_has_words()
    {
        foreach (var outcome in Enum.GetValues<CallOutcome>())
        {
            foreach (var fromCustomer in new[] { true, false })
            {
                var bubble = Render<MessageBubble>(parameters => parameters
                    .Add(b => b.Line, Line(MessageKind.Call, new MessageContent.Call(fromCustomer, outcome, null))).Add(b => b.Viewer, Berlin));

                Assert.DoesNotContain($">Call{(fromCustomer ? "In" : "Out")}{outcome}<", bubble.Markup, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Edited_and_deleted_messages_say_so()
    {
        var text = Line(MessageKind.Text, null) with { Text = "Size 41" };

        var edited = Render<MessageBubble>(parameters => parameters.Add(b => b.Line, text with { Edited = true }).Add(b => b.Viewer, Berlin));
        var deleted = Render<MessageBubble>(parameters => parameters.Add(b => b.Line, text with { Deleted = true }).Add(b => b.Viewer, Berlin));

        edited.WaitForAssertion(() => Assert.Contains("Size 41", edited.Find(".text").TextContent, StringComparison.Ordinal));
        edited.WaitForAssertion(() => Assert.Contains("edited", edited.Find(".bubble-meta").TextContent, StringComparison.OrdinalIgnoreCase));
        deleted.WaitForAssertion(() => Assert.NotNull(deleted.Find(".bubble-deleted")));
        Assert.DoesNotContain("Size 41", deleted.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_data_is_offered_to_admins_alone()
    {
        var line = Line(MessageKind.Unsupported, new MessageContent.Unsupported("poll_creation", 131051, null));

        var bubble = Render<MessageBubble>(parameters => parameters.Add(b => b.Line, line).Add(b => b.Viewer, Berlin));

        Assert.DoesNotContain("Show raw data", bubble.Markup, StringComparison.Ordinal);
    }

    private static MessageContent.SentInteractive Sent(string type, string body) => new(type, null, body, null, [], [], [], null);

    private static ThreadLine Line(MessageKind kind, MessageContent? content) => new(
        7, "wamid.7", null, content is MessageContent.SentTemplate or MessageContent.SentInteractive ? MessageDirection.Outbound : MessageDirection.Inbound,
        kind, "", content, null, DeliveryStatus.None, null, new DateTime(2026, 11, 25, 10, 0, 0, DateTimeKind.Utc), null, null, null, null,
        false, false, false, null, false);
}
