using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Capture;

public sealed class WordingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Words_that_lack_parts_are_not_published_and_each_part_is_named(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var wording = await bench.DraftAsync("We may write to you.");

        var refused = Assert.IsType<PublishWordingOutcome.Refused>(await bench.Core.Get<PublishWording>().RunAsync(Caller.System, wording, "en", Token));

        Assert.Equal(4, refused.Sentences.Distinct().Count());
        Assert.Empty((await ReadAsync(bench)).InUse);
    }

    [Theory, EveryDatabase]
    public async Task A_published_version_stays_as_it_was_and_a_change_makes_a_new_one(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var wording = await bench.WordingAsync();
        var first = Assert.Single((await ReadAsync(bench)).InUse);

        await bench.DraftAsync(CaptureBench.Words + " New.", id: wording);
        Assert.Equal(first, Assert.Single((await ReadAsync(bench)).InUse));
        await bench.WordingAsync(CaptureBench.Words + " Newer.", id: wording);

        var view = await ReadAsync(bench);
        Assert.Equal([2, 1], view.Lines.Select(line => line.Version));
        Assert.Equal([CaptureBench.Words + " Newer.", CaptureBench.Words], view.Lines.Select(line => line.Text));
        Assert.Equal(first with { IsInUse = false }, view.Lines[1]);
        Assert.Equal(2, Assert.Single(view.InUse).Version);
    }

    [Theory, EveryDatabase]
    public async Task What_people_agreed_to_is_not_turned_into_another_purpose(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var wording = await bench.WordingAsync();

        Assert.IsType<SaveWordingOutcome.Refused>(await bench.Core.Get<SaveWording>().RunAsync(
            Caller.System, new WordingDraft(wording, "Offers", CaptureBench.Business, ConsentPurpose.Utility, "en", CaptureBench.Words), Token));
    }

    [Theory, EveryDatabase]
    public async Task An_opt_in_may_name_published_words_and_counts_by_them(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var wording = await bench.WordingAsync();
        var person = await Contacts.MergePeopleTests.ContactAsync(bench.Core, "Amina");

        var recorded = await RecordAsync(bench, person, new WordingReference(wording));

        Assert.True(Assert.IsType<RecordOptInOutcome.Recorded>(recorded).Complete);
        var line = (await bench.Core.Get<ReadConsent>().RunAsync(Caller.System, person, Token))!.Lines[0];
        Assert.Equal((wording, 1, "en", CaptureBench.Business, CaptureBench.Words), (line.WordingId, line.WordingVersion, line.WordingLanguage, line.BusinessName, line.Evidence!.Shown));
        Assert.IsType<RecordOptInOutcome.Refused>(await RecordAsync(bench, person, new WordingReference(wording, 9)));
        Assert.IsType<RecordOptInOutcome.Refused>(await RecordAsync(bench, person, new WordingReference(wording), ConsentPurpose.Calls));
    }

    [Theory, EveryDatabase]
    public async Task Only_admins_write_words_and_others_see_what_is_published(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var agent = new Caller(7, "Ines", Role.Agent, null);
        await bench.DraftAsync();

        Assert.Empty(Assert.Single(await bench.Core.Get<ListWordings>().RunAsync(agent, Token)).Lines);
        await Assert.ThrowsAsync<NotAllowedException>(() => bench.Core.Get<SaveWording>().RunAsync(
            agent, new WordingDraft(null, "Offers", CaptureBench.Business, ConsentPurpose.Marketing, "en", CaptureBench.Words), Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => bench.Core.Get<PublishWording>().RunAsync(agent, 1, "en", Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => bench.Core.Get<ChangeOptInPage>().RunAsync(agent, 1, isOpen: true, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => bench.Core.Get<SaveOptInPage>().RunAsync(agent, bench.Form(1), Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => bench.Core.Get<ListOptInPages>().RunAsync(agent, Token));
    }

    private static Task<RecordOptInOutcome> RecordAsync(
        CaptureBench bench, long person, WordingReference wording, ConsentPurpose purpose = ConsentPurpose.Marketing) =>
        bench.Core.Get<RecordOptIn>().RunAsync(
            Caller.System,
            person,
            new OptInRequest(purpose, ConsentSource.Paper, LawfulBasis.Consent, "DE") { Wording = wording, WordingLanguage = "en", Evidence = new() { Note = "Folder 3" } },
            Token);

    private static async Task<WordingView> ReadAsync(CaptureBench bench) => Assert.Single(await bench.Core.Get<ListWordings>().RunAsync(Caller.System, Token));
}
