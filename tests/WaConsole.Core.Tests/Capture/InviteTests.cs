using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Policy;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Intake;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Capture;

public sealed class InviteTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task The_text_behind_a_code_opts_in_when_it_arrives_and_ends_a_stop(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync();
        var invite = await InviteAsync(bench);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.stop", "STOP")));
        Assert.Equal(Standing.OptedOut, (await bench.MarketingAsync()).What);

        bench.Clock.Advance(TimeSpan.FromMinutes(10));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.join", "  " + invite.Text.ToLowerInvariant() + "! 🙂", Hooks.Noon.AddMinutes(10))));

        var view = await bench.ViewAsync();
        Assert.Equal(Standing.OptedIn, view.Standing.Marketing.What);
        Assert.Equal(
            (ConsentSource.WhatsAppMessage, true, "wamid.join", CaptureBench.Words, 1),
            (view.Lines[0].Source, view.Lines[0].Complete, view.Lines[0].Evidence!.Wamid, view.Lines[0].Evidence!.Shown, view.Lines[0].WordingVersion));
    }

    [Theory, EveryDatabase]
    public async Task A_code_on_an_old_poster_names_the_words_that_stand_beside_it(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var wording = await bench.WordingAsync();
        await bench.PageAsync(wording: wording);
        var old = await InviteAsync(bench);
        await bench.WordingAsync(CaptureBench.Words + " Newer.", id: wording);
        Assert.NotEqual(old.Code, (await InviteAsync(bench)).Code);

        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.join", old.Code)));

        Assert.Equal((1, CaptureBench.Words), ((await bench.ViewAsync()).Lines[0].WordingVersion, (await bench.ViewAsync()).Lines[0].Evidence!.Shown));
    }

    [Theory, EveryDatabase]
    public async Task Other_words_around_a_code_an_unknown_code_and_one_of_a_closed_page_opt_nobody_in(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var page = await bench.PageAsync();
        var invite = await InviteAsync(bench);

        await bench.Intake.TakeAsync(Hooks.Messages(
            Hooks.Text("wamid.1", "What is " + invite.Code + "?"),
            Hooks.Text("wamid.2", invite.Text.Replace("may", "may not", StringComparison.Ordinal)),
            Hooks.Text("wamid.3", "JOIN-222222")));
        await bench.Core.Get<ChangeOptInPage>().RunAsync(Caller.System, page, isOpen: false, Token);
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.4", invite.Text)));

        Assert.Empty((await bench.ViewAsync()).Lines);
        Assert.Equal(0, (await bench.Intake.CountAsync()).Quarantined);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("pt_BR")]
    [InlineData("hi")]
    [InlineData("ar")]
    [InlineData("id")]
    [InlineData("de")]
    public async Task The_text_of_every_language_is_heard_as_nothing_but_an_agreement(string language)
    {
        await using var bench = await CaptureBench.StartAsync(DatabaseProvider.Sqlite);
        await bench.PageAsync(wording: await bench.WordingAsync(language: language));
        var invite = await InviteAsync(bench);

        Assert.Equal(HeardWish.None, OptOutWords.Read(invite.Text));
        await bench.Intake.TakeAsync(Hooks.Messages(Hooks.Text("wamid.join", invite.Text)));
        Assert.Equal(Standing.OptedIn, (await bench.MarketingAsync()).What);
        Assert.StartsWith("https://wa.me/", invite.Link, StringComparison.Ordinal);
        Assert.EndsWith(Uri.EscapeDataString(invite.Text), invite.Link, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Yes please! join-abcdef", "JOIN-ABCDEF")]
    [InlineData("JOIN ABCDEF", null)]
    [InlineData("JOIN-ABCDEF and JOIN-ABCDEG", null)]
    [InlineData("JOIN-ABCDEFG", null)]
    [InlineData("reJOIN-ABCDEF", null)]
    [InlineData("JOINABCDEF", "JOIN-ABCDEF")]
    public void A_code_is_found_as_a_word_of_its_own(string text, string? code) => Assert.Equal(code, OptInCode.Find(text));

    private static async Task<InviteView> InviteAsync(CaptureBench bench) =>
        Assert.Single(Assert.Single(await bench.Core.Get<ListOptInPages>().RunAsync(Caller.System, Token)).Invites);
}
