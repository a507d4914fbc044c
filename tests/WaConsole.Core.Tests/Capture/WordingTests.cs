using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Rights;
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

        var refused = Assert.IsType<PublishWordingOutcome.Refused>(await bench.Core.Get<PublishWording>().RunAsync(Caller.System, wording, "en", null, Token));

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
    public async Task Who_published_words_or_changed_a_page_stands_in_the_log(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var ada = new Caller(1, "Ada", Role.Admin, null);
        var wording = await bench.DraftAsync();

        await bench.Core.Get<PublishWording>().RunAsync(ada, wording, "en", null, Token);
        var page = Assert.IsType<SaveOptInPageOutcome.Saved>(await bench.Core.Get<SaveOptInPage>().RunAsync(ada, bench.Form(wording), Token)).PageId;
        await bench.Core.Get<ChangeOptInPage>().RunAsync(ada, page, isOpen: true, Token);
        await bench.Core.Get<ChangeOptInPage>().RunAsync(ada, page, isOpen: false, Token);

        var lines = (await bench.Core.Get<ListAudit>().RunAsync(ada, new AuditQuery(), Token)).Lines;
        var (words, name) = await bench.Core.WithDbAsync(async db => (
            await db.Wordings.Where(w => w.Id == wording).Select(w => w.Name).SingleAsync(Token),
            await db.OptInPages.Where(p => p.Id == page).Select(p => p.Name).SingleAsync(Token)));
        Assert.Equal(
            [
                new AuditDetail.Page(name, PageDeed.Closed), new AuditDetail.Page(name, PageDeed.Published), new AuditDetail.Page(name, PageDeed.Made),
                new AuditDetail.Words(words, "en", 1),
            ],
            lines.Select(line => line.Detail));
        Assert.All(lines, line => Assert.Equal("Ada", line.ByName));
    }

    [Theory, EveryDatabase]
    public async Task Each_version_that_opt_ins_stand_on_is_counted_in_the_health_of_the_registry(DatabaseProvider provider)
    {
        await using var bench = await CaptureBench.StartAsync(provider);
        var wording = await bench.WordingAsync();
        await AgreedAsync(bench, "Amina", wording);
        await AgreedAsync(bench, "Bruno", wording);
        await bench.WordingAsync(CaptureBench.Words + " Newer.", id: wording);
        var carla = await AgreedAsync(bench, "Carla", wording);
        await AgreedAsync(bench, "Dario", wording);
        await AgreedAsync(bench, "Elena", wording);

        await bench.Core.Get<RecordOptOut>().RunAsync(Caller.System, carla, new OptOutRequest(ConsentPurpose.Marketing, ConsentSource.Agent), Token);

        var used = (await bench.Core.Get<ReadRegistryHealth>().RunAsync(Caller.System, Token))!.Wordings;
        Assert.Equal(
            [new WordingUse("Offers", 1, "en", 2, IsLatest: false), new WordingUse("Offers", 2, "en", 2, IsLatest: true)],
            used.OrderBy(words => words.Version));
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
        await Assert.ThrowsAsync<NotAllowedException>(() => bench.Core.Get<PublishWording>().RunAsync(agent, 1, "en", null, Token));
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

    private static async Task<long> AgreedAsync(CaptureBench bench, string name, long wording)
    {
        var person = await Contacts.MergePeopleTests.ContactAsync(bench.Core, name);
        Assert.IsType<RecordOptInOutcome.Recorded>(await bench.Core.Get<RecordOptIn>().RunAsync(
            Caller.System,
            person,
            new OptInRequest(ConsentPurpose.Marketing, ConsentSource.InStore, LawfulBasis.Consent, "DE")
            {
                WordingLanguage = "en",
                Wording = new WordingReference(wording),
                Evidence = new ConsentEvidence { Note = "Signed at the till" },
            },
            Token));
        return person;
    }
}
