using Bunit;
using WaConsole.Core.Conversations;
using WaConsole.Core.Library;
using WaConsole.Core.Media;
using WaConsole.Core.Team;
using WaConsole.Simulator.Media;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.Conversations.Bubbles;
using Xunit;

namespace WaConsole.Web.Tests.Conversations;

public sealed class LibraryScreenTests : InboxTest
{
    private Caller Me => new(Ana.Id, "Ana", Role.Agent, null);

    [Fact]
    public async Task A_sticker_is_found_chosen_renamed_and_deleted()
    {
        await AddAsync("document", "Price list");
        var sticker = await AddAsync("sticker", "Thank you");
        LibraryEntry? chosen = null;
        var dialog = Render<LibraryDialog>(parameters => parameters.Add(d => d.OnChosen, entry => chosen = entry));
        dialog.WaitForAssertion(() => Assert.Contains("Price list", dialog.Find(".library-files").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Thank you", dialog.Markup, StringComparison.Ordinal);

        dialog.FindAll(".library-tabs button")[1].Click();
        dialog.WaitForElement(".library-stickers .library-choose").Click();
        dialog.WaitForAssertion(() => Assert.Equal((sticker, MessageKind.Sticker), (chosen!.Id, chosen.Kind)));

        dialog.WaitForElement(".library-acts button").Click();
        dialog.WaitForElement(".library-rename input").Change("Many thanks");
        dialog.WaitForElement(".library-rename").Submit();
        dialog.WaitForAssertion(() => Assert.Contains("Many thanks", dialog.Find(".library-stickers").TextContent, StringComparison.Ordinal));

        dialog.WaitForElement("input[type=search]").Input("nobody");
        dialog.WaitForAssertion(() => Assert.NotNull(dialog.Find(".library-none")));
        dialog.WaitForElement("input[type=search]").Input("many");
        dialog.WaitForElement(".library-acts");
        dialog.FindAll(".library-acts button")[1].Click();
        dialog.WaitForElement("[data-delete]").Click();
        dialog.WaitForAssertion(() => Assert.Empty(dialog.FindAll("[data-entry]")));
        Assert.DoesNotContain(await Host.Get<ListLibrary>().RunAsync(Me, CancellationToken.None), entry => entry.Id == sticker);
    }

    [Fact]
    public async Task What_the_composer_takes_out_of_the_library_is_its_file_and_taking_it_off_again_deletes_nothing()
    {
        var conversation = await Rows.ConversationAsync("Amina Said", TimeSpan.FromHours(10));
        await AddAsync("document", "Price list");
        var entry = Assert.Single(await Host.Get<ListLibrary>().RunAsync(Me, CancellationToken.None));
        var view = await Host.Get<ReadConversation>().RunAsync(Me, conversation, CancellationToken.None);
        var box = Render<ReplyBox>(parameters => parameters.Add(b => b.View, view!).Add(b => b.Viewer, Berlin).Add(b => b.Now, TimeProvider.System.GetUtcNow().UtcDateTime));

        box.WaitForElement("[data-library]").Click();
        box.WaitForElement(".library-choose").Click();

        box.WaitForAssertion(() => Assert.Contains(entry.FileName, box.Find(".attachment").TextContent, StringComparison.Ordinal));
        Assert.Empty(box.FindAll(".library"));
        Assert.Equal(entry.MediaFileId, Assert.Single((await Host.Get<KeepDraft>().ReadAsync(Me, conversation, CancellationToken.None)).Files).MediaFileId);
        box.WaitForElement(".attachment > button").Click();
        box.WaitForAssertion(() => Assert.Empty(box.FindAll(".attachment")));
        Assert.Single(await Host.Get<ListLibrary>().RunAsync(Me, CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_cannot_be_saved_says_so_at_its_button()
    {
        var button = Render<KeepInLibrary>(parameters => parameters.Add(k => k.MessageId, 999_999));

        button.WaitForElement("[data-keep]").Click();

        button.WaitForAssertion(() => Assert.Equal("The file could not be saved.", button.Find("[role=status]").TextContent));
        Assert.Empty(await Host.Get<ListLibrary>().RunAsync(Me, CancellationToken.None));
    }

    [Theory]
    [InlineData(true, null, "Record a voice message")]
    [InlineData(false, "true", "Voice messages are off: the server has no ffmpeg. An admin can install it.")]
    public void The_microphone_says_why_it_is_off(bool possible, string? disabled, string title)
    {
        var recorder = Render<VoiceRecorder>(parameters => parameters.Add(r => r.IsPossible, possible));

        Assert.Equal((disabled, title), (recorder.Find("[data-voice]").GetAttribute("aria-disabled"), recorder.Find("[data-voice]").GetAttribute("title")));
    }

    private async Task<long> AddAsync(string kind, string name)
    {
        var (bytes, _, fileName) = Samples.File(kind);
        var stored = Assert.IsType<UploadOutcome.Stored>(await Host.Get<StoreUpload>().RunAsync(Me, new MemoryStream(bytes), fileName, CancellationToken.None));
        return Assert.IsType<AddToLibraryOutcome.Added>(await Host.Get<AddToLibrary>().RunAsync(Me, stored.MediaFileId, name, CancellationToken.None)).Id;
    }
}
