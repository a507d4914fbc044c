using Bunit;
using WaConsole.Core.Conversations;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class ComposerTests : InboxTest
{
    [Fact]
    public async Task Formatting_is_shown_as_the_customer_will_see_it_and_never_as_markup()
    {
        var (screen, _) = await OpenAsync();
        var box = screen.FindComponent<ReplyBox>();

        await box.InvokeAsync(() => box.Instance.Preview("*bold* _it_ ~no~ ```code``` <b>x</b>"));

        screen.WaitForAssertion(() => Assert.Equal("bold", screen.Find(".box-preview strong").TextContent));
        Assert.Equal(("it", "no"), (screen.Find(".box-preview em").TextContent, screen.Find(".box-preview s").TextContent));
        Assert.Contains("<b>x</b>", screen.Find(".box-preview .text").TextContent, StringComparison.Ordinal);
        await box.InvokeAsync(() => box.Instance.Preview(""));
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".box-preview")));
    }

    [Fact]
    public async Task A_reply_of_mine_that_waits_can_be_taken_back_and_its_bubble_is_gone()
    {
        await Host.Get<KeepPreferences>().SaveAsync(Me, Preferences.Default with { UndoSeconds = 10 }, CancellationToken.None);
        var (screen, amina) = await OpenAsync();
        var box = screen.FindComponent<ReplyBox>();
        Assert.True((await box.InvokeAsync(() => box.Instance.SendAsync("On its way", Guid.CreateVersion7()))).Sent);

        screen.WaitForElement("[data-undo]").Click();

        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".line-out")));
        Assert.Equal(0, await Rows.MessagesAsync(amina));
        Assert.Equal("On its way", (await Host.Get<KeepDraft>().ReadAsync(Me, amina, CancellationToken.None)).Text);
    }

    [Fact]
    public async Task Choosing_how_Enter_works_leaves_the_other_choices_alone()
    {
        await Host.Get<KeepPreferences>().SaveAsync(Me, new Preferences(true, 5, SingleKeysOff: true), CancellationToken.None);
        var (screen, _) = await OpenAsync();

        screen.Find(".enter-rule input").Change(false);

        screen.WaitForAssertion(() => Assert.Equal("⌃↵", screen.Find(".composer .send kbd").TextContent));
        Assert.Equal(new Preferences(false, 5, SingleKeysOff: true), await Host.Get<KeepPreferences>().ReadAsync(Me, CancellationToken.None));
        await Host.Get<KeepPreferences>().SaveAsync(Me, new Preferences(true, 4000), CancellationToken.None);
        Assert.Equal(0, (await Host.Get<KeepPreferences>().ReadAsync(Me, CancellationToken.None)).UndoSeconds);
    }

    [Fact]
    public async Task A_text_that_asks_for_a_full_card_number_gets_a_hint_and_can_be_sent_all_the_same()
    {
        var (screen, amina) = await OpenAsync();
        var box = screen.FindComponent<ReplyBox>();

        await box.InvokeAsync(() => box.Instance.SaveDraftAsync("Please send me your card number"));

        screen.WaitForAssertion(() => Assert.Contains("last four", screen.Find("[data-policy=FullNumber]").TextContent, StringComparison.Ordinal));
        Assert.True((await box.InvokeAsync(() => box.Instance.SendAsync("Please send me your card number", Guid.CreateVersion7()))).Sent);
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("[data-policy]")));
        Assert.Equal(1, await Rows.MessagesAsync(amina));
    }

    [Fact]
    public async Task What_was_asked_for_is_done_though_the_next_conversation_was_opened_at_once()
    {
        var (screen, amina) = await OpenAsync();
        var reply = screen.FindComponent<ReplyBox>().Instance;
        var note = screen.FindComponent<NoteBox>().Instance;
        await DisposeComponentsAsync();

        Assert.True((await Renderer.Dispatcher.InvokeAsync(() => reply.SendAsync("On its way", Guid.CreateVersion7()))).Sent);
        Assert.True(await Renderer.Dispatcher.InvokeAsync(() => note.SaveAsync("Sent by courier", Guid.CreateVersion7())));
        await Renderer.Dispatcher.InvokeAsync(() => reply.SaveDraftAsync("And the second"));
        await Renderer.Dispatcher.InvokeAsync(() => note.SaveDraftAsync("Ask the"));

        Assert.Equal(2, await Rows.MessagesAsync(amina));
        var draft = await Host.Get<KeepDraft>().ReadAsync(Me, amina, CancellationToken.None);
        Assert.Equal(("And the second", "Ask the"), (draft.Text, draft.Note));
    }

    private Caller Me => new(Ana.Id, Ana.DisplayName, Role.Agent, null);

    private async Task<(IRenderedComponent<ConversationScreen> Screen, long Id)> OpenAsync()
    {
        var id = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var screen = Render<ConversationScreen>(p => p.Add(s => s.Id, id).Add(s => s.Viewer, Berlin));
        screen.WaitForElement(".composer");
        screen.WaitForElement(".thread-scroll");
        return (screen, id);
    }
}
