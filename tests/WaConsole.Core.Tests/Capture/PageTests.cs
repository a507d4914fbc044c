using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Rights;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Capture;

public sealed class PageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_page_without_complete_words_is_not_public(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var page = Assert.IsType<SaveOptInPageOutcome.Saved>(await bench.Core.Get<SaveOptInPage>().RunAsync(
            Caller.System, bench.Form(await bench.DraftAsync()), Token)).PageId;

        Assert.Single(Assert.IsType<ChangeOptInPageOutcome.Refused>(await bench.Core.Get<ChangeOptInPage>().RunAsync(Caller.System, page, isOpen: true, Token)).Sentences);
        Assert.Null(await bench.ShownAsync());
    }

    [Theory]
    [InlineData("Luna")]
    [InlineData("a--b")]
    [InlineData("../x")]
    [InlineData("ü")]
    public async Task An_address_that_is_none_is_refused(string slug)
    {
        await using var bench = await CaptureBench.StartAsync(DatabaseProvider.Sqlite);

        Assert.IsType<SaveOptInPageOutcome.Refused>(await bench.Core.Get<SaveOptInPage>().RunAsync(Caller.System, bench.Form(await bench.WordingAsync(), slug), Token));
    }

    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("https://shop.example:8443/", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://shop.example", false)]
    [InlineData("https://shop.example/page", false)]
    [InlineData("https://shop.example; script-src *", false)]
    [InlineData("*", false)]
    public void Only_the_origin_of_a_site_may_embed_the_form(string text, bool isOne) => Assert.Equal(isOne, PageRules.Origin(text) is not null);

    [Theory]
    [InlineData("https://bücher.de", "https://xn--bcher-kva.de")]
    [InlineData("https://bücher.de:8443/", "https://xn--bcher-kva.de:8443")]
    [InlineData("http://[::1]:3000", "http://[::1]:3000")]
    public void An_origin_is_written_as_a_header_can_hold_it(string text, string origin) => Assert.Equal(origin, PageRules.Origin(text));

    [Theory, EveryDatabase]
    public async Task Who_agrees_on_a_page_is_opted_in_by_exactly_the_words_they_saw(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync(form => form with { RenewMonths = 24 });
        var shown = (await bench.ShownAsync())!;
        await bench.WordingAsync(CaptureBench.Words + " Newer.", id: (await bench.Core.Get<ListWordings>().RunAsync(Caller.System, Token))[0].Id);

        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync(version: shown.VersionId));

        var line = Assert.Single((await bench.ViewAsync()).Lines);
        Assert.True(line.Complete);
        Assert.Equal((ConsentAction.Granted, ConsentSource.Website, LawfulBasis.Consent, "DE"), (line.Action, line.Source, line.Basis, line.Jurisdiction));
        Assert.Equal((1, CaptureBench.Words, "192.0.2.7", "Browser"), (line.WordingVersion, line.Evidence!.Shown, line.Evidence.IpAddress, line.Evidence.UserAgent));
        Assert.Equal("""{"agree":true}""", line.Evidence.FormJson);
        Assert.Equal(bench.Clock.GetUtcNow().UtcDateTime.AddMonths(24), line.ExpiresAtUtc);
        Assert.Equal(Standing.OptedIn, (await bench.MarketingAsync()).What);
        Assert.Empty(await bench.SentAsync());
    }

    [Theory, EveryDatabase]
    public async Task The_same_form_twice_is_one_agreement(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync();

        await bench.AgreeAsync();
        await bench.AgreeAsync("0170 1234567");

        Assert.Single((await bench.ViewAsync()).Lines);
    }

    [Theory, EveryDatabase]
    public async Task A_page_ends_nobodys_stop_and_answers_as_to_everybody(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync();
        await bench.AgreeAsync();
        await SeedOptIn.StopAsync(bench.Core, await bench.ContactAsync(), bench.Clock.GetUtcNow().UtcDateTime);
        bench.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());

        Assert.Equal(Standing.OptedOut, (await bench.MarketingAsync()).What);
        Assert.Equal(ConsentAction.Requested, (await bench.ViewAsync()).Lines[0].Action);
    }

    [Theory, EveryDatabase]
    public async Task A_page_for_everything_ends_no_stop_of_a_single_purpose(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync(wording: await bench.WordingAsync(purpose: ConsentPurpose.All));
        await bench.AgreeAsync();
        await bench.Core.Get<RecordOptOut>().RunAsync(
            Caller.System, await bench.ContactAsync(), new OptOutRequest(ConsentPurpose.Utility, ConsentSource.Agent), Token);
        bench.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());

        Assert.Equal(Standing.OptedOut, (await bench.ViewAsync()).Standing.Utility.What);
    }

    [Theory, EveryDatabase]
    public async Task Who_was_erased_is_not_brought_back_by_somebody_who_types_their_number(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        await bench.PageAsync();
        await bench.AgreeAsync();
        var person = await bench.ContactAsync();
        var name = (await bench.Core.Get<ErasePerson>().NameAsync(Caller.System, person, Token))!;
        Assert.IsType<ErasePersonOutcome.Erased>(await bench.Core.Get<ErasePerson>().RunAsync(Caller.System, person, name, Token));
        bench.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(AgreeOutcome.Taken, await bench.AgreeAsync());

        Assert.NotEqual(Standing.OptedIn, (await bench.MarketingAsync()).What);
        Assert.Equal(ConsentAction.Requested, (await bench.ViewAsync()).Lines[0].Action);
    }

    [Theory, EveryDatabase]
    public async Task A_number_that_is_none_and_a_page_that_is_closed_take_nothing(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var page = await bench.PageAsync();
        var version = (await bench.ShownAsync())!.VersionId;

        Assert.Equal(AgreeOutcome.InvalidPhone, await bench.AgreeAsync("12"));
        Assert.Equal(AgreeOutcome.InvalidPhone, await bench.AgreeAsync("call me"));
        Assert.Equal(AgreeOutcome.NoSuchPage, await bench.AgreeAsync(version: version + 100));
        await bench.Core.Get<ChangeOptInPage>().RunAsync(Caller.System, page, isOpen: false, Token);
        Assert.Equal(AgreeOutcome.NoSuchPage, await bench.AgreeAsync(version: version));
        Assert.Equal(0, await bench.Core.WithDbAsync(db => db.Contacts.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task The_address_of_a_page_that_was_public_is_not_given_away(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var wording = await bench.WordingAsync();
        var page = await bench.PageAsync(wording: wording);
        var save = bench.Core.Get<SaveOptInPage>();

        Assert.IsType<SaveOptInPageOutcome.Refused>(await save.RunAsync(Caller.System, bench.Form(wording, "moon") with { Id = page }, Token));
        Assert.IsType<SaveOptInPageOutcome.Refused>(await save.RunAsync(Caller.System, bench.Form(wording), Token));
        Assert.IsType<SaveOptInPageOutcome.Saved>(await save.RunAsync(Caller.System, bench.Form(wording) with { Id = page, Name = "Window" }, Token));
    }
}
