using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;
using WaConsole.Web.Components.Conversations;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

/// <summary>Two people at one conversation, and from one conversation to another.</summary>
public sealed class TogetherScreenTests : InboxTest
{
    [Fact]
    public async Task A_colleague_who_looks_or_writes_is_named_in_the_header_until_they_leave()
    {
        var jonas = await JonasAsync();
        var (screen, amina) = await OpenAsync();
        Assert.Empty(screen.FindAll(".colleagues"));

        Host.Get<Presence>().Tell(jonas, Host.NumberId, amina, PresenceKind.Viewing);
        screen.WaitForAssertion(() => Assert.Equal("Jonas Weber is viewing", screen.Find(".colleagues").TextContent));
        Host.Get<Presence>().Tell(jonas, Host.NumberId, amina, PresenceKind.Gone);
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".colleagues")));
    }

    [Fact]
    public async Task A_reply_waits_once_when_a_colleague_has_just_answered()
    {
        var jonas = await JonasAsync();
        var (screen, amina) = await OpenAsync();
        var box = screen.FindComponent<ReplyBox>();
        await box.InvokeAsync(() => box.Instance.TypingAsync());
        Assert.IsType<SendReplyOutcome.Queued>(await Host.Get<SendReply>().RunAsync(
            jonas, new Reply(amina, Guid.CreateVersion7(), new ReplyContent.Text("It left today")), CancellationToken.None));
        await box.InvokeAsync(() => box.Instance.TypingAsync());

        var key = Guid.CreateVersion7();
        Assert.False((await box.InvokeAsync(() => box.Instance.SendAsync("It leaves tomorrow", key))).Sent);
        screen.WaitForAssertion(() => Assert.Contains("Jonas Weber has just answered: “It left today”", screen.Find("[data-held]").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, await Rows.MessagesAsync(amina));

        Assert.True((await box.InvokeAsync(() => box.Instance.SendAsync("It leaves tomorrow", key))).Sent);
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("[data-held]")));
        Assert.Equal(2, await Rows.MessagesAsync(amina));
    }

    [Fact]
    public async Task A_reply_waits_once_when_somebody_has_just_answered_from_the_phone()
    {
        var (screen, amina) = await OpenAsync();
        var box = screen.FindComponent<ReplyBox>();
        await Rows.AnsweredAsync(amina, "Sent from the shop", DeliveryStatus.Sent);

        Assert.False((await box.InvokeAsync(() => box.Instance.SendAsync("Sent from the desk", Guid.CreateVersion7()))).Sent);

        screen.WaitForAssertion(() => Assert.Contains("“Sent from the shop”", screen.Find("[data-held]").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, await Rows.MessagesAsync(amina));
    }

    [Theory]
    [InlineData("[data-share]", ".share-dialog", "[data-share-send]")]
    [InlineData("[data-interactive]", ".interactive-dialog", "[data-send-interactive]")]
    [InlineData("[data-key=template]", ".template-dialog", "[data-send-template]")]
    public async Task Whatever_else_is_sent_waits_once_too_when_a_colleague_has_just_answered(string open, string dialog, string send)
    {
        var jonas = await JonasAsync();
        await SeedTemplate.WriteAsync(Host.Get<Store>(), Host.NumberId, "hello_again", "UTILITY");
        var (screen, amina) = await OpenAsync();
        await screen.WaitForElement(open).ClickAsync();
        screen.WaitForElement(dialog);
        await FillAsync(screen, dialog);
        screen.WaitForAssertion(() => Assert.False(screen.Find(send).HasAttribute("disabled")));
        await Host.Get<SendReply>().RunAsync(jonas, new Reply(amina, Guid.CreateVersion7(), new ReplyContent.Text("It left today")), CancellationToken.None);

        await screen.Find(send).ClickAsync();
        screen.WaitForAssertion(() => Assert.Contains("“It left today”", screen.Find($"{dialog} [data-held]").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, await Rows.MessagesAsync(amina));

        await screen.Find(send).ClickAsync();
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(dialog)));
        Assert.Equal(2, await Rows.MessagesAsync(amina));
    }

    [Fact]
    public async Task A_message_is_not_forwarded_over_an_answer_that_was_just_given_without_saying_so()
    {
        var jonas = await JonasAsync();
        var carla = await Rows.ConversationAsync("Carla Open", TimeSpan.FromHours(5));
        await Host.Get<SendReply>().RunAsync(jonas, new Reply(carla, Guid.CreateVersion7(), new ReplyContent.Text("It left today")), CancellationToken.None);
        var (screen, amina) = await OpenAsync();
        await Rows.SaysAsync(amina, "Broken heel");
        screen.WaitForElement(".line-in [aria-label=Forward]").Click();
        screen.WaitForElement("[aria-label='Forward: Carla Open']").Click();

        screen.WaitForAssertion(() => Assert.Contains("Jonas Weber has just answered: “It left today”", screen.Find(".forward-list small").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, await Rows.MessagesAsync(carla));
        screen.Find("[aria-label='Forward: Carla Open']").Click();
        screen.WaitForElement(".forward-list .tag.good");
        Assert.Equal(2, await Rows.MessagesAsync(carla));
    }

    [Fact]
    public async Task Who_read_the_answer_before_writing_is_not_held()
    {
        var jonas = await JonasAsync();
        var (screen, amina) = await OpenAsync();
        var box = screen.FindComponent<ReplyBox>();
        await Host.Get<SendReply>().RunAsync(jonas, new Reply(amina, Guid.CreateVersion7(), new ReplyContent.Text("It left today")), CancellationToken.None);
        await box.InvokeAsync(() => box.Instance.TypingAsync());

        Assert.True((await box.InvokeAsync(() => box.Instance.SendAsync("And a second parcel", Guid.CreateVersion7()))).Sent);
    }

    [Fact]
    public async Task A_message_is_forwarded_to_a_conversation_found_by_name_and_a_refusal_is_said_in_its_row()
    {
        var boris = await Rows.ConversationAsync("Boris Closed", TimeSpan.FromHours(-1));
        var carla = await Rows.ConversationAsync("Carla Open", TimeSpan.FromHours(5));
        var (screen, amina) = await OpenAsync();
        await Rows.SaysAsync(amina, "Broken heel");
        screen.WaitForElement(".line-in [aria-label=Forward]").Click();
        screen.WaitForAssertion(() => Assert.Equal(2, screen.FindAll(".forward-list .btn").Count));

        screen.Find("[aria-label='Forward: Carla Open']").Click();
        screen.WaitForElement(".forward-list .tag.good");
        screen.Find("[aria-label='Forward: Boris Closed']").Click();

        screen.WaitForAssertion(() => Assert.Contains("template", screen.FindAll(".forward-list small")[1].TextContent + screen.FindAll(".forward-list small")[0].TextContent, StringComparison.OrdinalIgnoreCase));
        Assert.Equal((1, 0), (await Rows.MessagesAsync(carla), await Rows.MessagesAsync(boris)));
    }

    [Fact]
    public async Task What_was_forwarded_can_be_taken_back_in_its_row_and_leaves_no_draft_there()
    {
        await Host.Get<KeepPreferences>().SaveAsync(Me, Preferences.Default with { UndoSeconds = 10 }, CancellationToken.None);
        var carla = await Rows.ConversationAsync("Carla Open", TimeSpan.FromHours(5));
        var (screen, amina) = await OpenAsync();
        await Rows.SaysAsync(amina, "Broken heel");
        screen.WaitForElement(".line-in [aria-label=Forward]").Click();
        screen.WaitForElement("[aria-label='Forward: Carla Open']").Click();

        screen.WaitForElement("[aria-label='Take back: Carla Open']").Click();

        screen.WaitForElement("[aria-label='Forward: Carla Open']");
        Assert.Equal(0, await Rows.MessagesAsync(carla));
        Assert.Equal("", (await Host.Get<KeepDraft>().ReadAsync(Me, carla, CancellationToken.None)).Text);
        screen.Find("[aria-label='Forward: Carla Open']").Click();
        screen.WaitForElement("[aria-label='Take back: Carla Open']");
        Assert.Equal(1, await Rows.MessagesAsync(carla));
    }

    [Fact]
    public async Task Whom_to_forward_to_is_looked_for_once_when_the_typing_pauses()
    {
        var clock = new FakeTimeProvider();
        Services.AddSingleton<TimeProvider>(clock);
        var amina = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        await Rows.ConversationAsync("Boris Closed", TimeSpan.FromHours(-1));
        await Rows.ConversationAsync("Carla Open", TimeSpan.FromHours(5));
        var line = new ThreadLine(
            1, null, null, MessageDirection.Inbound, MessageKind.Text, "Broken heel", null, null, DeliveryStatus.Delivered, null,
            clock.GetUtcNow().UtcDateTime, null, null, null, null, false, false, false, null, false);
        var dialog = Render<ForwardDialog>(p => p.Add(d => d.From, amina).Add(d => d.Line, line));
        dialog.WaitForAssertion(() => Assert.Equal(2, dialog.FindAll(".forward-list .btn").Count));
        Seen.Clear();

        foreach (var typed in (string[])["C", "Ca", "Car"])
        {
            await dialog.InvokeAsync(() => dialog.Find("input").Input(typed));
        }

        Assert.Equal(0, Seen.InboxPages);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        dialog.WaitForAssertion(() => Assert.Equal(["Carla Open"], dialog.FindAll(".forward-list bdi").Select(name => name.TextContent)));
        var asked = Seen.InboxPages;
        Seen.Clear();
        await Host.Get<ListInbox>().RunAsync(Me, new InboxQuery(Status: null, Search: "Car"), CancellationToken.None);
        Assert.Equal(Seen.InboxPages, asked);
    }

    [Fact]
    public async Task A_new_conversation_opens_with_what_may_be_sent_in_it()
    {
        var numbers = await Host.Get<ListNumbers>().RunAsync(Caller.System, CancellationToken.None);
        var list = Render<ConversationList>(p => p.Add(l => l.View, InboxView.Default).Add(l => l.Viewer, Berlin).Add(l => l.Numbers, numbers));
        list.WaitForElement(".list-new").Click();
        list.WaitForElement("dialog input[type=tel]").Change("nonsense");
        list.Find("dialog form").Submit();
        list.WaitForElement("dialog [role=alert]");
        list.Find("dialog input[type=tel]").Change("+49 151 00000077");
        list.Find("dialog form").Submit();

        list.WaitForAssertion(() => Assert.Contains("/inbox/", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        var id = long.Parse(Services.GetRequiredService<NavigationManager>().Uri.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var screen = Render<ConversationScreen>(p => p.Add(s => s.Id, id).Add(s => s.Viewer, Berlin));
        screen.WaitForElement(".composer-closed [data-key=template]");
    }

    [Fact]
    public async Task A_view_is_saved_under_a_name_offered_as_a_link_and_deleted()
    {
        var view = InboxView.Default with { Sort = InboxSort.WindowClosingFirst };
        var list = Render<ConversationList>(p => p.Add(l => l.View, view).Add(l => l.Viewer, Berlin).Add(l => l.Numbers, []));
        list.WaitForElement("[data-key=views]");
        list.FindAll("[role=menuitem]").First(item => item.TextContent == "Save this view…").Click();
        list.WaitForElement("dialog input").Change("Closing soon");
        list.Find("dialog form").Submit();

        list.WaitForAssertion(() => Assert.Equal("inbox?sort=closing", list.Find(".views-row a").GetAttribute("href")));
        Assert.Equal("Closing soon", list.Find(".views-row bdi").TextContent);
        Assert.Equal("Closing soon", list.Find("[data-key=views] bdi").TextContent);
        Assert.Single(await Host.Get<ListViews>().RunAsync(Me, CancellationToken.None));
        list.Find(".views-row button").Click();
        list.WaitForElement("dialog .danger").Click();
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".views-row")));
        Assert.Empty(await Host.Get<ListViews>().RunAsync(Me, CancellationToken.None));
    }

    private Caller Me => new(Ana.Id, Ana.DisplayName, Role.Agent, null);

    private static async Task FillAsync(IRenderedComponent<ConversationScreen> screen, string dialog)
    {
        switch (dialog)
        {
            case ".share-dialog":
                await screen.Find("[data-share-latitude]").InputAsync(new() { Value = "52.5" });
                await screen.Find("[data-share-longitude]").InputAsync(new() { Value = "13.4" });
                break;
            case ".interactive-dialog":
                await screen.WaitForElement("[data-field='body']").InputAsync(new() { Value = "Shall we keep it?" });
                await screen.WaitForElement("[data-field='options.0.title']").InputAsync(new() { Value = "Yes" });
                break;
            default:
                await screen.WaitForElement("[data-all] button").ClickAsync();
                break;
        }
    }

    private async Task<Caller> JonasAsync()
    {
        var jonas = await Rows.AgentAsync("Jonas Weber");
        return new Caller(jonas.Id, jonas.DisplayName, Role.Agent, null);
    }

    private async Task<(IRenderedComponent<ConversationScreen> Screen, long Id)> OpenAsync()
    {
        var id = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        var screen = Render<ConversationScreen>(p => p.Add(s => s.Id, id).Add(s => s.Viewer, Berlin));
        screen.WaitForElement(".composer .send");
        return (screen, id);
    }
}
