using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Conversations;
using WaConsole.Core.Notifications;
using WaConsole.Core.Team;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Layout;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class NoteScreenTests : InboxTest
{
    [Fact]
    public async Task A_note_is_written_from_its_own_tab_and_stands_yellow_in_the_thread_with_names_marked()
    {
        await Rows.AgentAsync("Jonas Weber");
        var (screen, amina) = await OpenAsync();
        var box = screen.FindComponent<NoteBox>();
        Assert.Equal(["Ana Marković", "Jonas Weber"], box.Instance.PeopleToName().Select(person => person.Label));

        await box.InvokeAsync(() => box.Instance.SaveDraftAsync("@Jonas"));
        Assert.Equal("@Jonas", (await Host.Get<KeepDraft>().ReadAsync(Me, amina, CancellationToken.None)).Note);
        Assert.False(await box.InvokeAsync(() => box.Instance.SaveAsync("  ", Guid.CreateVersion7())));
        screen.WaitForElement(".composer-note [role=alert]");
        Assert.True(await box.InvokeAsync(() => box.Instance.SaveAsync("<b>@Jonas Weber</b> look", Guid.CreateVersion7())));

        screen.WaitForAssertion(() => Assert.Equal("@Jonas Weber", screen.Find(".note mark").TextContent));
        Assert.Contains("<b>@Jonas Weber</b> look", screen.Find(".note .text").TextContent, StringComparison.Ordinal);
        screen.WaitForAssertion(() => Assert.Equal(["Ana Marković", "Jonas Weber"], screen.FindAll(".people-one bdi").Select(person => person.TextContent)));

        screen.FindAll(".people-one button")[1].Click();
        screen.WaitForAssertion(() => Assert.Equal(["Ana Marković"], screen.FindAll(".people-one bdi").Select(person => person.TextContent)));
    }

    [Fact]
    public async Task The_bell_counts_what_colleagues_want_and_opening_one_reads_it()
    {
        var jonas = await Rows.AgentAsync("Jonas Weber");
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var bell = Render<NotificationBell>(p => p.Add(b => b.Caller, Me));
        bell.WaitForElement(".empty");

        await Host.Get<WriteNote>().RunAsync(
            new Caller(jonas.Id, jonas.DisplayName, Role.Agent, null), amina, Guid.CreateVersion7(), "@Ana Marković is it you?", CancellationToken.None);

        bell.WaitForAssertion(() => Assert.Equal("1", bell.Find(".rail-dot").TextContent));
        Assert.Equal("Jonas Weber mentioned you in a note on Amina Said", bell.Find(".bell-item > span").TextContent);
        bell.Find(".bell-item").Click();
        bell.WaitForAssertion(() => Assert.Empty(bell.FindAll(".rail-dot")));
        Assert.EndsWith($"/inbox/{amina}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal(0, (await Host.Get<ListNotifications>().RunAsync(Me, CancellationToken.None)).Unread);
    }

    [Fact]
    public async Task A_snooze_may_end_with_the_customers_word_or_at_a_chosen_moment_that_is_still_to_come()
    {
        var (screen, amina) = await OpenAsync();
        Menu("Until the customer writes").Click();
        screen.WaitForAssertion(() => Assert.Contains("until the customer writes", screen.Find(".activity").TextContent, StringComparison.Ordinal));

        Menu("Choose a day and time…").Click();
        screen.WaitForElement("input[type=datetime-local]").Change("2020-01-01T09:00:00");
        screen.Find("dialog form").Submit();
        screen.WaitForElement("dialog [role=alert]");
        screen.Find("input[type=datetime-local]").Change("2126-07-01T09:30:00");
        screen.Find("dialog form").Submit();

        screen.WaitForAssertion(() => Assert.Contains("1 Jul 2126, 09:30", screen.FindAll(".activity")[^1].TextContent, StringComparison.Ordinal));
        var view = await Host.Get<ReadConversation>().RunAsync(Me, amina, CancellationToken.None);
        Assert.Equal((ConversationStatus.Snoozed, new DateTime(2126, 7, 1, 7, 30, 0, DateTimeKind.Utc)), (view!.Status, view.SnoozedUntilUtc));

        AngleSharp.Dom.IElement Menu(string words) => screen.FindAll("[role=menuitem]").First(item => item.TextContent == words);
    }

    private Caller Me => new(Ana.Id, Ana.DisplayName, Role.Agent, null);

    private async Task<(IRenderedComponent<ConversationScreen> Screen, long Id)> OpenAsync()
    {
        var id = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var screen = Render<ConversationScreen>(p => p.Add(s => s.Id, id).Add(s => s.Viewer, Berlin));
        screen.WaitForElement(".composer");
        screen.WaitForAssertion(() => Assert.NotEmpty(screen.FindAll(".people-add")));
        return (screen, id);
    }
}
