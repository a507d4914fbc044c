using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Contacts;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Consent;

public sealed class RegistryTests
{
    private const string Words = "I agree that Cafe Luna sends me offers by WhatsApp. Answer STOP to end them. https://luna.example/privacy";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task An_opt_in_with_proof_counts_at_once_and_a_stop_ends_it(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");

        Assert.True(Assert.IsType<RecordOptInOutcome.Recorded>(await OptInAsync(core, person)).Complete);
        Assert.Equal(Standing.OptedIn, (await StandingAsync(core, person)).Marketing.What);

        await OptOutAsync(core, person, ConsentPurpose.All);
        var standing = await StandingAsync(core, person);
        Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.OptedOut, standing.Of(purpose).What));
        Assert.NotNull(await core.WithDbAsync(db => db.Contacts.Where(c => c.Id == person).Select(c => c.OptedOutAtUtc).SingleAsync(Token)));
        var view = await core.Get<ReadConsent>().RunAsync(Caller.System, person, Token);
        Assert.Equal([ConsentAction.Withdrawn, ConsentAction.Granted], view!.Lines.Select(line => line.Action));
        Assert.Equal("Signed at the till.", view.Lines[1].Evidence!.Note);
    }

    [Theory, EveryDatabase]
    public async Task An_opt_in_whose_words_lack_something_is_kept_and_does_not_count(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");

        var outcome = await OptInAsync(core, person, "Cafe Luna may send me offers. https://luna.example/privacy");

        Assert.False(Assert.IsType<RecordOptInOutcome.Recorded>(outcome).Complete);
        Assert.Equal(Standing.Incomplete, (await StandingAsync(core, person)).Marketing.What);
    }

    [Theory, EveryDatabase]
    public async Task A_merge_keeps_the_stop_and_taken_back_gives_each_their_own(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (stopped, agreed) = (await MergePeopleTests.ContactAsync(core, "Amina"), await MergePeopleTests.ContactAsync(core, "Bo"));
        await OptOutAsync(core, stopped, ConsentPurpose.Marketing);
        await OptInAsync(core, agreed);

        var merged = Assert.IsType<MergePeopleOutcome.Merged>(await core.Get<MergePeople>().RunAsync(Caller.System, agreed, stopped, Token));
        Assert.Equal(Standing.OptedOut, (await StandingAsync(core, agreed)).Marketing.What);

        Assert.IsType<UndoMergeOutcome.Undone>(await core.Get<UndoMerge>().RunAsync(Caller.System, merged.MergeId, Token));
        Assert.Equal(Standing.OptedIn, (await StandingAsync(core, agreed)).Marketing.What);
        Assert.Equal(Standing.OptedOut, (await StandingAsync(core, stopped)).Marketing.What);
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.Empty((await core.Get<VerifyConsent>().RunAsync(Token)).Found);
    }

    [Theory, EveryDatabase]
    public async Task A_stop_from_before_the_registry_survives_a_merge_with_somebody_who_agreed(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (stopped, agreed) = (await MergePeopleTests.ContactAsync(core, "Amina"), await MergePeopleTests.ContactAsync(core, "Bo"));
        var at = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        await core.WithDbAsync(db => db.Contacts.Where(c => c.Id == stopped).ExecuteUpdateAsync(set => set.SetProperty(c => c.OptedOutAtUtc, at), Token));
        await OptInAsync(core, agreed);

        await core.Get<MergePeople>().RunAsync(Caller.System, agreed, stopped, Token);

        Assert.Equal(Standing.OptedOut, (await StandingAsync(core, agreed)).Marketing.What);
    }

    [Theory, EveryDatabase]
    public async Task Stops_from_before_the_registry_become_entries_once(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        var at = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        await core.WithDbAsync(db => db.Contacts.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.OptedOutAtUtc, at).SetProperty(c => c.OptedOutReason, "Said so on the phone."), Token));

        await core.Get<AdoptStops>().RunAsync(() => { }, Token);
        await core.Get<AdoptStops>().RunAsync(() => { }, Token);

        var entry = Assert.Single(await core.WithDbAsync(db => db.ConsentEntries.ToListAsync(Token)));
        Assert.Equal((ConsentAction.Withdrawn, ConsentSource.Earlier, at), (entry.Action, entry.Source, entry.AtUtc));
        Assert.Equal((Standing.OptedOut, at), ((await StandingAsync(core, person)).Marketing.What, (await StandingAsync(core, person)).Marketing.SinceUtc));
        Assert.Equal(
            (at, "Said so on the phone."),
            await core.WithDbAsync(db => db.Contacts.Where(c => c.Id == person).Select(c => new ValueTuple<DateTime?, string?>(c.OptedOutAtUtc, c.OptedOutReason)).SingleAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task A_row_that_was_changed_removed_or_cut_off_is_named(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        for (var at = 0; at < 6; at++)
        {
            await OptInAsync(core, person);
        }

        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.Equal((6, 6, true), await core.Get<VerifyConsent>().RunAsync(Token) is var whole ? (whole.Entries, whole.Links, whole.IsWhole) : default);
        var ids = await core.WithDbAsync(db => db.ConsentEntries.OrderBy(e => e.Id).Select(e => e.Id).ToListAsync(Token));

        await core.WithDbAsync(db => db.ConsentEntries.Where(e => e.Id == ids[1])
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.AtUtc, e => e.RecordedAtUtc.AddDays(-9)), Token));
        Assert.Equal([new Tampering(TamperKind.EntryChanged, ids[1], null)], (await core.Get<VerifyConsent>().RunAsync(Token)).Found);

        await core.WithDbAsync(db => db.ConsentEntries.Where(e => e.Id == ids[3]).ExecuteDeleteAsync(Token));
        Assert.Contains(new Tampering(TamperKind.EntryMissing, ids[3], 4), (await core.Get<VerifyConsent>().RunAsync(Token)).Found);

        await core.WithDbAsync(db => db.ConsentLinks.Where(l => l.Sequence == 6).ExecuteDeleteAsync(Token));
        await core.WithDbAsync(db => db.ConsentEntries.Where(e => e.Id == ids[5]).ExecuteDeleteAsync(Token));
        Assert.Contains(new Tampering(TamperKind.CutOff, null, 6), (await core.Get<VerifyConsent>().RunAsync(Token)).Found);

        var early = Assert.IsType<RecordOptInOutcome.Recorded>(await OptInAsync(core, person)).EntryId;
        await core.WithDbAsync(db => db.ConsentEntries.Where(e => e.Id == early).ExecuteDeleteAsync(Token));
        Assert.Contains(new Tampering(TamperKind.EntryMissing, early, null), (await core.Get<VerifyConsent>().RunAsync(Token)).Found);
    }

    internal static Task<RecordOptInOutcome> OptInAsync(CoreHost core, long person, string words = Words) =>
        core.Get<RecordOptIn>().RunAsync(
            Caller.System,
            person,
            new OptInRequest(ConsentPurpose.Marketing, ConsentSource.InStore, LawfulBasis.Consent, "de")
            {
                BusinessName = "Cafe Luna",
                WordingText = words,
                WordingLanguage = "en",
                Evidence = new ConsentEvidence { Note = "Signed at the till." },
            },
            Token);

    private static Task<RecordOptOutOutcome> OptOutAsync(CoreHost core, long person, ConsentPurpose purpose) =>
        core.Get<RecordOptOut>().RunAsync(Caller.System, person, new OptOutRequest(purpose, ConsentSource.Agent), Token);

    private static async Task<ConsentStanding> StandingAsync(CoreHost core, long person) =>
        (await core.WithDbAsync(db => ReadStandings.OfAsync(db, [person], core.Get<TimeProvider>().GetUtcNow().UtcDateTime, Token)))[person];
}
