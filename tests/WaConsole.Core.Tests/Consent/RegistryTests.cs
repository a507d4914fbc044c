using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
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
    public async Task Agreeing_again_renews_it_for_the_business_that_is_named_and_for_no_other(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        var now = core.Get<TimeProvider>().GetUtcNow().UtcDateTime;

        await AgreeAsync("Cafe Luna", 9);
        await AgreeAsync("Cafe Sol", 6);
        await AgreeAsync("cafe luna", 3);
        await AgreeAsync("Cafe Sol", 1);

        Assert.Equal(
            [
                ("Cafe Luna", ConsentAction.Granted), ("Cafe Sol", ConsentAction.Granted), ("cafe luna", ConsentAction.Renewed), ("Cafe Sol", ConsentAction.Renewed),
            ],
            (await core.WithDbAsync(db => db.ConsentEntries.OrderBy(e => e.AtUtc).ToListAsync(Token))).Select(e => (e.BusinessName!, e.Action)));

        Task AgreeAsync(string business, int daysAgo) => SeedOptIn.KeepAsync(
            core, person, new NewConsent(ConsentPurpose.Marketing, ConsentAction.Granted, ConsentSource.Paper, now.AddDays(-daysAgo))
            {
                BusinessName = business,
                Wording = new ShownWording(null, null, "en", "0", HasAllParts: true),
                Basis = LawfulBasis.Consent,
                Jurisdiction = "DE",
                Evidence = new ConsentEvidence { Note = "Signed at the till." },
            });
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

    [Theory, EveryDatabase]
    public async Task A_stop_in_the_second_of_a_grant_holds_and_so_does_one_by_a_clock_that_is_behind(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 5, 400, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var second = new DateTime(2026, 11, 26, 12, 0, 5, DateTimeKind.Utc);
        var (same, behind, ahead) = (
            await MergePeopleTests.ContactAsync(core, "Amina"), await MergePeopleTests.ContactAsync(core, "Bo"), await MergePeopleTests.ContactAsync(core, "Cem"));
        await OptInAsync(core, same);
        await OptInAsync(core, behind);
        clock.Advance(TimeSpan.FromMilliseconds(500));

        await SeedOptIn.KeepAsync(core, same, NewConsent.Stop(ConsentPurpose.Marketing, ConsentSource.Keyword, second));
        clock.Advance(TimeSpan.FromSeconds(10));
        await SeedOptIn.KeepAsync(core, behind, NewConsent.Stop(ConsentPurpose.Marketing, ConsentSource.Keyword, second.AddMinutes(-3)));
        await SeedOptIn.KeepAsync(core, ahead, NewConsent.Stop(ConsentPurpose.Marketing, ConsentSource.Keyword, second.AddMinutes(3)));

        Assert.Equal(Standing.OptedOut, (await StandingAsync(core, same)).Marketing.What);
        Assert.Equal(Standing.OptedOut, (await StandingAsync(core, behind)).Marketing.What);
        Assert.Equal(clock.GetUtcNow().UtcDateTime, (await StandingAsync(core, ahead)).Marketing.SinceUtc);
    }

    [Theory, EveryDatabase]
    public async Task A_stop_said_while_two_were_one_holds_for_both_afterwards(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (stays, goes) = (await MergePeopleTests.ContactAsync(core, "Amina"), await MergePeopleTests.ContactAsync(core, "Bo"));
        await OptInAsync(core, stays);
        await OptInAsync(core, goes);
        var merged = Assert.IsType<MergePeopleOutcome.Merged>(await core.Get<MergePeople>().RunAsync(Caller.System, stays, goes, Token));
        await OptOutAsync(core, stays, ConsentPurpose.All);

        Assert.IsType<UndoMergeOutcome.Undone>(await core.Get<UndoMerge>().RunAsync(Caller.System, merged.MergeId, Token));

        foreach (var standing in new[] { await StandingAsync(core, stays), await StandingAsync(core, goes) })
        {
            Assert.All(ConsentLedger.Purposes, purpose => Assert.Equal(Standing.OptedOut, standing.Of(purpose).What));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_stop_and_a_merge_from_before_the_registry_leave_the_stop_with_whoever_said_it_when_the_merge_is_undone(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (stays, goes) = (await MergePeopleTests.ContactAsync(core, "Amina"), await MergePeopleTests.ContactAsync(core, "Bo"));
        var at = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        await core.WithDbAsync(db => db.Contacts.Where(c => c.Id == goes).ExecuteUpdateAsync(set => set.SetProperty(c => c.OptedOutAtUtc, at), Token));
        var merged = Assert.IsType<MergePeopleOutcome.Merged>(await core.Get<MergePeople>().RunAsync(Caller.System, stays, goes, Token));
        await core.Get<AdoptStops>().RunAsync(() => { }, Token);

        Assert.IsType<UndoMergeOutcome.Undone>(await core.Get<UndoMerge>().RunAsync(Caller.System, merged.MergeId, Token));

        Assert.Equal((Standing.OptedOut, at), (await StandingAsync(core, goes)).Marketing is var marketing ? (marketing.What, marketing.SinceUtc!.Value) : default);
        Assert.Equal(at, await core.WithDbAsync(db => db.Contacts.Where(c => c.Id == goes).Select(c => c.OptedOutAtUtc).SingleAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task A_stop_for_somebody_who_was_merged_a_moment_ago_is_that_of_whoever_they_are_now(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (stays, goes) = (await MergePeopleTests.ContactAsync(core, "Amina"), await MergePeopleTests.ContactAsync(core, "Bo"));
        await using var db = await core.Get<Store>().OpenAsync(Token);
        Assert.Null((await db.Contacts.SingleAsync(c => c.Id == goes, Token)).MergedIntoId);
        Assert.IsType<MergePeopleOutcome.Merged>(await core.Get<MergePeople>().RunAsync(Caller.System, stays, goes, Token));

        await ApplyAsync(db, goes, NewConsent.Stop(ConsentPurpose.Marketing, ConsentSource.WhatsAppRefusal, TimeProvider.System.GetUtcNow().UtcDateTime));

        Assert.Equal(Standing.OptedOut, (await StandingAsync(core, stays)).Marketing.What);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_was_read_before_the_lock_is_read_again_behind_it(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        await using var db = await core.Get<Store>().OpenAsync(Token);
        Assert.Null((await db.Contacts.SingleAsync(c => c.Id == person, Token)).OptedOutAtUtc);
        await OptOutAsync(core, person, ConsentPurpose.Marketing);

        await ApplyAsync(db, person, NewConsent.Lift(ConsentSource.Agent, TimeProvider.System.GetUtcNow().UtcDateTime));

        Assert.Null(await core.WithDbAsync(other => other.Contacts.Where(c => c.Id == person).Select(c => c.OptedOutAtUtc).SingleAsync(Token)));
    }

    [Theory]
    [InlineData(ConsentPurpose.Marketing, LawfulBasis.Consent, "Signed", true)]
    [InlineData(ConsentPurpose.Marketing, LawfulBasis.SoftOptIn, "Signed", true)]
    [InlineData(ConsentPurpose.Marketing, LawfulBasis.Contract, "Signed", false)]
    [InlineData(ConsentPurpose.All, LawfulBasis.LegitimateInterest, "Signed", false)]
    [InlineData(ConsentPurpose.Utility, LawfulBasis.Contract, "Signed", true)]
    [InlineData(ConsentPurpose.Marketing, LawfulBasis.Consent, "  \n ", false)]
    public async Task Marketing_stands_on_consent_alone_and_blanks_prove_nothing(ConsentPurpose purpose, LawfulBasis basis, string note, bool complete)
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");

        var outcome = await core.Get<RecordOptIn>().RunAsync(Caller.System, person, Request(Words) with { Purpose = purpose, Basis = basis, Evidence = new() { Note = note } }, Token);

        Assert.Equal(complete, Assert.IsType<RecordOptInOutcome.Recorded>(outcome).Complete);
    }

    [Theory, EveryDatabase]
    public async Task What_comes_from_outside_is_cut_and_cleaned_and_the_hash_is_that_of_the_words_that_are_kept(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        var request = Request($"{Words}\0 {new string('x', 9_000)}") with
        {
            WordingLanguage = new string('l', 90),
            TimeZone = "Europe/Berlin\0" + new string('z', 90),
            Evidence = new ConsentEvidence
            {
                IpAddress = new string('1', 900),
                UserAgent = new string('a', 900),
                FormJson = new string('j', 20_000),
                Note = new string('n', 9_000),
            },
        };

        Assert.IsType<RecordOptInOutcome.Recorded>(await core.Get<RecordOptIn>().RunAsync(Caller.System, person, request, Token));

        var line = Assert.Single((await core.Get<ReadConsent>().RunAsync(Caller.System, person, Token))!.Lines);
        var proof = line.Evidence!;
        Assert.Equal(Secrets.HashOf(proof.Shown!), line.WordingHash);
        Assert.DoesNotContain('\0', proof.Shown!);
        Assert.True(line.Complete);
        Assert.Equal((16, 64, 500, 10_000, 4_000), (line.WordingLanguage!.Length, proof.IpAddress!.Length, proof.UserAgent!.Length, proof.FormJson!.Length, proof.Note!.Length));
        Assert.True(line.TimeZone!.Length <= 64);
    }

    [Theory, EveryDatabase]
    public async Task Looking_is_on_record_once_in_a_while_and_a_long_history_is_shown_from_its_end(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        await core.WithDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Token);
            var contact = await KeepConsent.LockAsync(db, person, Token);
            var subject = await KeepConsent.SubjectAsync(db, person, Token);
            for (var at = 0; at <= ReadConsent.LinesAtMost; at++)
            {
                var entry = NewConsent.Stop(ConsentPurpose.Marketing, ConsentSource.Agent, clock.GetUtcNow().UtcDateTime.AddHours(-at), new() { Note = $"{at}" });
                await KeepConsent.AppendAsync(db, contact, subject, entry with { NumberId = at % 2 == 0 ? core.NumberId : 987_654 }, Token);
            }

            await DeriveStates.ApplyAsync(db, contact, null, Token);
            await transaction.CommitAsync(Token);
        });
        var agent = new Caller(7, "Ines", Role.Agent, new HashSet<long> { core.NumberId });

        var view = (await core.Get<ReadConsent>().RunAsync(agent, person, Token))!;
        await core.Get<ReadConsent>().RunAsync(agent, person, Token);
        await core.Get<ReadConsent>().RunAsync(Caller.System, person, Token);
        Assert.Equal(2, await LooksAsync());
        clock.Advance(TimeSpan.FromMinutes(16));
        await core.Get<ReadConsent>().RunAsync(agent, person, Token);

        Assert.Equal(3, await LooksAsync());
        Assert.Equal((ReadConsent.LinesAtMost, true), (view.Lines.Count, view.HasMore));
        Assert.Equal(["0", null, "2"], view.Lines.Take(3).Select(line => line.Evidence?.Note));

        Task<int> LooksAsync() => core.WithDbAsync(db => db.ConsentAudits.CountAsync(a => a.Deed == ConsentDeed.Looked, Token));
    }

    [Theory, EveryDatabase]
    public async Task An_opt_out_and_an_opt_in_are_seen_at_once_beside_the_lines_of_an_open_conversation(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        var conversation = await core.WithDbAsync(db => db.Conversations.Where(c => c.ContactId == person).Select(c => c.Id).SingleAsync(Token));
        var heard = 0;
        using var header = core.Get<LiveUpdates>().SubscribeHeader(
            conversation, () => { Interlocked.Increment(ref heard); return Task.CompletedTask; }, TimeSpan.Zero);

        await OptOutAsync(core, person, ConsentPurpose.Marketing);
        await Until.TrueAsync(() => Volatile.Read(ref heard) >= 1, "the header hears the opt-out");
        var before = Volatile.Read(ref heard);
        await OptInAsync(core, person);
        await Until.TrueAsync(() => Volatile.Read(ref heard) > before, "the header hears the opt-in");
    }

    internal static Task<RecordOptInOutcome> OptInAsync(CoreHost core, long person, string words = Words) =>
        core.Get<RecordOptIn>().RunAsync(Caller.System, person, Request(words), Token);

    private static OptInRequest Request(string words) => new(ConsentPurpose.Marketing, ConsentSource.InStore, LawfulBasis.Consent, "de")
    {
        BusinessName = "Cafe Luna",
        WordingText = words,
        WordingLanguage = "en",
        Evidence = new ConsentEvidence { Note = "Signed at the till." },
    };

    private static async Task ApplyAsync(WaConsoleDb db, long person, NewConsent entry)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await KeepConsent.ApplyAsync(db, person, entry, Token);
        await db.SaveChangesAsync(Token);
        await transaction.CommitAsync(Token);
    }

    private static Task<RecordOptOutOutcome> OptOutAsync(CoreHost core, long person, ConsentPurpose purpose) =>
        core.Get<RecordOptOut>().RunAsync(Caller.System, person, new OptOutRequest(purpose, ConsentSource.Agent), Token);

    private static async Task<ConsentStanding> StandingAsync(CoreHost core, long person) =>
        (await core.WithDbAsync(db => ReadStandings.OfAsync(db, [person], core.Get<TimeProvider>().GetUtcNow().UtcDateTime, Token)))[person];
}
