using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using WaConsole.Core.Conversations;
using WaConsole.Core.Interactive;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Conversations.Interactive;
using Xunit;

namespace WaConsole.Web.Tests.Conversations.Interactive;

/// <summary>The dialog of the composer, on the real Core with the simulator's catalogue.</summary>
public sealed class InteractiveDialogTests : InboxTest
{
    private SimulatorHost _simulator = null!;

    protected override async Task<Uri> GraphAsync()
    {
        _simulator = await SimulatorHost.StartAsync();
        return _simulator.Uri;
    }

    [Fact]
    public async Task Buttons_are_checked_while_they_are_typed_shown_as_the_customer_sees_them_and_sent()
    {
        var (screen, id) = await OpenAsync();
        Assert.True(Send(screen).IsDisabled());
        Assert.Contains("text of the message", screen.Find("[data-missing]").TextContent, StringComparison.Ordinal);

        await TypeAsync(screen, "body", "Shall we *keep* it?");
        await TypeAsync(screen, "options.0.title", "Yes, please, keep it all");
        screen.WaitForAssertion(() => Assert.Contains("24 characters", screen.Find(".option-list .field-problem").TextContent, StringComparison.Ordinal));
        await TypeAsync(screen, "options.0.title", "Yes");
        await screen.WaitForElement("[data-add-button]").ClickAsync();
        await TypeAsync(screen, "options.1.title", "Yes");
        screen.WaitForAssertion(() => Assert.Contains("Another button", screen.Find(".option-list .field-problem").TextContent, StringComparison.Ordinal));
        Assert.True(Send(screen).IsDisabled());
        await TypeAsync(screen, "options.1.title", "No");

        screen.WaitForAssertion(() => Assert.Equal(["Yes", "No"], screen.FindAll(".template-preview .sent-buttons li").Select(button => button.TextContent)));
        Assert.Equal("keep", screen.Find(".template-preview .text strong").TextContent);
        screen.WaitForAssertion(() => Assert.False(Send(screen).IsDisabled()));
        await Send(screen).ClickAsync();

        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".interactive-dialog")));
        screen.WaitForAssertion(() => Assert.Equal(["Yes", "No"], screen.FindAll(".line-out .sent-buttons li, .line-out + .sent-buttons li").Select(button => button.TextContent)));
        Assert.Equal(1, await Rows.MessagesAsync(id));
        await screen.Find("[data-interactive]").ClickAsync();
        screen.WaitForAssertion(() => Assert.Equal("", screen.Find("[data-field=body]").TextContent));
    }

    [Fact]
    public async Task What_was_begun_is_there_again_after_the_dialog_was_closed()
    {
        var (screen, _) = await OpenAsync();
        await ChooseAsync(screen, InteractiveKind.Link);
        await TypeAsync(screen, "url", "example.test");
        screen.WaitForAssertion(() => Assert.Contains("not a web address", screen.Find(".field-problem").TextContent, StringComparison.Ordinal));

        await screen.Find(".interactive-dialog header button").ClickAsync();
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".interactive-dialog")));
        await screen.Find("[data-interactive]").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("example.test", screen.Find("[data-field=url]").GetAttribute("value")));
    }

    [Fact]
    public async Task Something_to_tap_can_answer_a_message_and_be_taken_back_into_the_form()
    {
        await Host.Get<KeepPreferences>().SaveAsync(Me, Preferences.Default with { UndoSeconds = 10 }, CancellationToken.None);
        var id = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        await Rows.SaysAsync(id, "Which day is free?");
        var screen = Render<ConversationScreen>(p => p.Add(s => s.Id, id).Add(s => s.Viewer, Berlin));
        await screen.WaitForElement(".line-in button[title='Reply to this message']").ClickAsync();
        screen.WaitForElement(".box-quote");
        await screen.WaitForElement("[data-interactive]").ClickAsync();
        Assert.Contains("Which day is free?", screen.WaitForElement(".template-preview .quote").TextContent, StringComparison.Ordinal);
        await TypeAsync(screen, "body", "Choose one");
        await TypeAsync(screen, "options.0.title", "Friday");
        screen.WaitForAssertion(() => Assert.False(Send(screen).IsDisabled()));
        await Send(screen).ClickAsync();

        screen.WaitForAssertion(() => Assert.Contains("Which day is free?", screen.Find(".line-out .quote").TextContent, StringComparison.Ordinal));
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".box-quote")));
        await screen.WaitForElement(".line-out [data-undo]").ClickAsync();

        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".line-out:not(.template-preview .line-out)")));
        Assert.Equal(1, await Rows.MessagesAsync(id));
        screen.WaitForAssertion(() => Assert.Equal("Friday", screen.Find("[data-field='options.0.title']").GetAttribute("value")));
        Assert.Contains("Which day is free?", screen.Find(".template-preview .quote").TextContent, StringComparison.Ordinal);
        screen.WaitForElement(".box-quote");
    }

    [Fact]
    public void What_was_taken_back_of_every_kind_is_composed_on_as_it_was()
    {
        ProductPick boots = new("BOOT", "Boots", "EUR 90"), wax = new("WAX", "Wax", "EUR 14");
        InteractiveMessage[] all =
        [
            new InteractiveMessage.Buttons("b", [new ReplyOption("One"), new ReplyOption("Two")], new InteractiveHead("Head"), "foot"),
            new InteractiveMessage.List("b", "Days", [new OptionGroup("A", [new ReplyOption("Mon", "early")]), new OptionGroup("B", [new ReplyOption("Tue")])], "Head", "foot"),
            new InteractiveMessage.Link("b", "Track", "https://example.test/t", null, "foot"),
            new InteractiveMessage.LocationRequest("b"),
            new InteractiveMessage.ContactRequest("b"),
            new InteractiveMessage.Product("b", "C", boots, "foot"),
            new InteractiveMessage.ProductList("Head", "b", "C", [new ProductGroup("A", [boots]), new ProductGroup("B", [wax])], "foot"),
            new InteractiveMessage.Catalogue("b", wax, "foot"),
        ];
        Assert.Equal(Enum.GetValues<InteractiveKind>(), all.Select(message => InteractiveDraft.Of(message, head: null).Kind));
        Assert.All(all, message => Assert.Equivalent(
            RenderInteractive.Run(message), RenderInteractive.Run(InteractiveDraft.Of(message, head: null).Reply), strict: true));
        var file = new DraftFile(5, Guid.Empty, "a.mp4", "video/mp4", 9, MessageKind.Video);
        var withFile = InteractiveDraft.Of(new InteractiveMessage.Link("b", "L", "https://example.test", new InteractiveHead(null, 5)), file);
        Assert.Equal((HeadKind.Video, 5), (withFile.Head, withFile.Reply.HeadFileId));
    }

    [Fact]
    public async Task A_list_says_how_many_rows_are_left_and_takes_no_eleventh()
    {
        var (screen, _) = await OpenAsync();
        await ChooseAsync(screen, InteractiveKind.List);

        for (var rows = 2; rows <= 10; rows++)
        {
            await screen.WaitForElement("[data-add-row]").ClickAsync();
            screen.WaitForAssertion(() => Assert.Equal(rows, screen.FindAll("[data-field$='.description']").Count));
        }

        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("[data-add-row], [data-add-section]")));
    }

    [Fact]
    public async Task Products_are_picked_from_the_connected_catalogue_by_their_name()
    {
        var (screen, id) = await OpenAsync();
        await ChooseAsync(screen, InteractiveKind.Product);
        screen.WaitForElement("[data-product-search]").Input("beeswax");

        screen.WaitForAssertion(() => Assert.Single(screen.FindAll(".product-row")));
        await screen.Find(".product-row").ClickAsync();

        screen.WaitForAssertion(() => Assert.Contains("EUR 14.50", screen.Find(".template-preview .choice-rows").TextContent, StringComparison.Ordinal));
        screen.Find("[data-product-search]").Input("tree");
        screen.WaitForAssertion(() => Assert.True(screen.Find(".product-row").IsDisabled()));
        Assert.Contains("Out of stock", screen.Find(".product-row").TextContent, StringComparison.Ordinal);
        await Send(screen).ClickAsync();
        screen.WaitForAssertion(() => Assert.Contains("Beeswax and brush", screen.Find(".line-out .choice-rows").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, await Rows.MessagesAsync(id));
    }

    [Fact]
    public async Task Without_a_catalogue_the_dialog_says_why_there_is_nothing_to_pick()
    {
        _simulator.World.ChangeAccount(account => account with { CatalogConnected = false });
        var (screen, _) = await OpenAsync();

        await ChooseAsync(screen, InteractiveKind.ProductList);

        screen.WaitForAssertion(() => Assert.Contains("WhatsApp Manager", screen.Find("[data-no-catalogue]").TextContent, StringComparison.Ordinal));
        Assert.True(Send(screen).IsDisabled());
    }

    [Fact]
    public async Task A_cart_and_a_question_name_their_products()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var (screen, id) = await OpenAsync();
        var catalogue = _simulator.World.Account.CatalogId;
        await Rows.ContentAsync(id, MessageKind.Order, new MessageContent.Order(
            catalogue, null, [new OrderLine("WAX-SET", 2, 14.5m, "EUR"), new OrderLine("GONE", 1, 3m, "EUR")]));
        await Rows.ContentAsync(id, MessageKind.Text, new MessageContent.ProductQuestion(catalogue, "SHOE-TREE"));

        screen.WaitForAssertion(() => Assert.Equal(["Beeswax and brush", "GONE"], screen.FindAll(".order tbody td:first-child").Select(cell => cell.TextContent)));
        Assert.Contains("32.00 EUR", screen.Find(".order tfoot").TextContent, StringComparison.Ordinal);
        screen.WaitForAssertion(() => Assert.Contains("Cedar shoe tree", screen.Find(".plain-card").TextContent, StringComparison.Ordinal));
        Assert.Contains("Out of stock", screen.Find(".plain-card").TextContent, StringComparison.Ordinal);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _simulator.DisposeAsync();
    }

    private Caller Me => new(Ana.Id, Ana.DisplayName, Role.Agent, null);

    private static IElement Send(IRenderedComponent<ConversationScreen> screen) => screen.WaitForElement("[data-send-interactive]");

    private static Task TypeAsync(IRenderedComponent<ConversationScreen> screen, string field, string text) =>
        screen.WaitForElement($"[data-field='{field}']").InputAsync(new() { Value = text });

    private static Task ChooseAsync(IRenderedComponent<ConversationScreen> screen, InteractiveKind kind) =>
        screen.WaitForElement($"input[name=interactive-kind][value={kind}]").ChangeAsync(new() { Value = "on" });

    private async Task<(IRenderedComponent<ConversationScreen> Screen, long Id)> OpenAsync()
    {
        var id = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var screen = Render<ConversationScreen>(p => p.Add(s => s.Id, id).Add(s => s.Viewer, Berlin));
        screen.WaitForElement(".thread-scroll");
        await screen.WaitForElement("[data-interactive]").ClickAsync();
        screen.WaitForElement(".interactive-dialog");
        return (screen, id);
    }
}
