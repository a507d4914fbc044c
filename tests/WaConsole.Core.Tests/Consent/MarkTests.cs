using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.OptIns;
using WaConsole.Core.Rights;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Contacts;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Consent;

/// <summary>What is left of who was erased, and whose entries are whose: nobody who has the database file changes either unseen.</summary>
public sealed class MarkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_mark_that_is_removed_changed_or_made_up_is_found_and_named_with_its_entry(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await ErasedAsync(core, "+4915100000042", "Amina");
        await ErasedAsync(core, "+4915100000043", "Bruno");
        await core.Get<LinkEntries>().RunAsync(Token);
        var verdict = await VerdictAsync(core);
        Assert.Equal((4L, true), (verdict.Marks, verdict.IsWhole));
        var marks = await core.WithDbAsync(db => db.ConsentSuppressions.AsNoTracking().OrderBy(m => m.Mark).ToListAsync(Token));
        var entries = await core.WithDbAsync(db => MarkDeeds.Erasures(db).Select(e => new { e.Id, e.Marks }).ToListAsync(Token));
        var (mark, entry) = (marks[0], entries.Single(e => MarkDeeds.Unpack(e.Marks!).Contains(marks[0].Mark)).Id);

        await RunAsync(core, $"DELETE FROM \"ConsentSuppressions\" WHERE \"Mark\" = {mark.Mark}");
        Assert.Equal([new Tampering(TamperKind.MarkMissing, entry, null) { Mark = mark.Mark }], (await VerdictAsync(core)).Found);

        await RunAsync(core, $"INSERT INTO \"ConsentSuppressions\" (\"Mark\", \"AtUtc\") VALUES ({mark.Mark}, {mark.AtUtc.AddYears(-10)})");
        Assert.Equal([new Tampering(TamperKind.MarkChanged, entry, null) { Mark = mark.Mark }], (await VerdictAsync(core)).Found);

        var other = new string('0', 64);
        await RunAsync(core, $"UPDATE \"ConsentSuppressions\" SET \"Mark\" = {other}, \"AtUtc\" = {mark.AtUtc} WHERE \"Mark\" = {mark.Mark}");
        Assert.Equal(
            [new Tampering(TamperKind.MarkExtra, null, null) { Mark = other }, new Tampering(TamperKind.MarkMissing, entry, null) { Mark = mark.Mark }], (await VerdictAsync(core)).Found);

        // With the entry that set it, and its link: the head outside the database knows better.
        await RunAsync(core, $"DELETE FROM \"ConsentSuppressions\" WHERE \"Mark\" = {other}");
        var cut = entries.Max(e => e.Id);
        await RunAsync(core, $"DELETE FROM \"ConsentLinks\" WHERE \"EntryId\" = {cut}");
        await RunAsync(core, $"DELETE FROM \"ConsentEntries\" WHERE \"Id\" = {cut}");
        Assert.Equal(TamperKind.CutOff, (await VerdictAsync(core)).Found[0].Kind);
    }

    [Theory, EveryDatabase]
    public async Task Taking_the_marks_out_of_an_entry_or_putting_them_into_an_old_one_breaks_its_seal(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await ErasedAsync(core, "+4915100000042", "Amina");
        var person = await PersonAsync(core, "+4915100000043", "Bruno");
        await core.Get<LinkEntries>().RunAsync(Token);
        var erasure = await core.WithDbAsync(db => MarkDeeds.Erasures(db).Select(e => new { e.Id, e.Marks }).SingleAsync(Token));
        var grant = await core.WithDbAsync(db => db.ConsentEntries.Where(e => db.ConsentSubjects.Any(s => s.Id == e.SubjectId && s.ContactId == person)).Select(e => e.Id).SingleAsync(Token));

        await RunAsync(core, $"UPDATE \"ConsentEntries\" SET \"Marks\" = NULL WHERE \"Id\" = {erasure.Id}");
        await RunAsync(core, $"DELETE FROM \"ConsentSuppressions\"");
        Assert.Contains(new Tampering(TamperKind.EntryChanged, erasure.Id, null), (await VerdictAsync(core)).Found);

        await RunAsync(core, $"UPDATE \"ConsentEntries\" SET \"Marks\" = {erasure.Marks} WHERE \"Id\" IN ({erasure.Id}, {grant})");
        Assert.Contains(new Tampering(TamperKind.EntryChanged, grant, null), (await VerdictAsync(core)).Found);

        await core.WithDbAsync(async db =>
        {
            var old = await db.ConsentEntries.SingleAsync(e => e.Id == grant, Token);
            (old.Form, old.Marks) = (2, null);
            old.Mac = EntryMac.Of(await core.Get<ConsentSecrets>().ChainKeyAsync(db, Token), old);
            await db.SaveChangesAsync(Token);
        });
        await RunAsync(core, $"UPDATE \"ConsentEntries\" SET \"Marks\" = {erasure.Marks} WHERE \"Id\" = {grant}");
        Assert.Contains(new Tampering(TamperKind.EntryChanged, grant, null), (await VerdictAsync(core)).Found);
    }

    [Theory, EveryDatabase]
    public async Task A_key_taken_away_as_if_somebody_had_been_erased_is_named(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await ErasedAsync(core, "+4915100000042", "Amina");
        var person = await PersonAsync(core, "+4915100000043", "Bruno");
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.Empty((await VerdictAsync(core)).Found);
        var subject = await core.WithDbAsync(db => db.ConsentSubjects.AsNoTracking().SingleAsync(s => s.ContactId == person, Token));
        var gone = await core.WithDbAsync(db => db.ConsentSubjects.AsNoTracking().SingleAsync(s => s.ContactId == null, Token));
        var entry = await core.WithDbAsync(db => db.ConsentEntries.Where(e => e.SubjectId == subject.Id).Select(e => e.Id).SingleAsync(Token));

        await RunAsync(core, $"UPDATE \"ConsentSubjects\" SET \"KeyProtected\" = NULL WHERE \"Id\" = {subject.Id}");
        Assert.Equal([Named(TamperKind.KeyMissing)], (await VerdictAsync(core)).Found);

        // As an erasure leaves it, at the time of one.
        await RunAsync(core, $"UPDATE \"ConsentSubjects\" SET \"ContactId\" = NULL, \"ErasedAtUtc\" = {gone.ErasedAtUtc} WHERE \"Id\" = {subject.Id}");
        await RunAsync(core, $"DELETE FROM \"ConsentStates\"");
        Assert.Equal([Named(TamperKind.KeyMissing)], (await VerdictAsync(core)).Found);
        await core.Get<AdoptMarks>().RunAsync(() => { }, Token);
        Assert.Equal([Named(TamperKind.KeyMissing)], (await VerdictAsync(core)).Found);

        // With a key and no contact, and no state that would be missed; then with another's.
        await RunAsync(core, $"UPDATE \"ConsentSubjects\" SET \"KeyProtected\" = {subject.KeyProtected} WHERE \"Id\" = {subject.Id}");
        Assert.Equal([Named(TamperKind.SubjectMoved)], (await VerdictAsync(core)).Found);
        await RunAsync(core, $"UPDATE \"ConsentSubjects\" SET \"ContactId\" = {await MergePeopleTests.ContactAsync(core, "Clara")} WHERE \"Id\" = {subject.Id}");
        Assert.Contains(Named(TamperKind.SubjectMoved), (await VerdictAsync(core)).Found);

        await RunAsync(core, $"UPDATE \"ConsentSubjects\" SET \"ContactId\" = {person}, \"ErasedAtUtc\" = NULL, \"KeyProtected\" = {core.Get<ConsentSecrets>().NewPersonKey()} WHERE \"Id\" = {subject.Id}");
        Assert.Contains(new Tampering(TamperKind.KeyChanged, entry, null) { SubjectId = subject.Id }, (await VerdictAsync(core)).Found);
        await RunAsync(core, $"UPDATE \"ConsentSubjects\" SET \"KeyProtected\" = {subject.KeyProtected} WHERE \"Id\" = {subject.Id}");

        await RunAsync(core, $"UPDATE \"ConsentSubjects\" SET \"ContactId\" = {person} WHERE \"Id\" = {gone.Id}");
        Assert.Contains((await VerdictAsync(core)).Found, found => found is { Kind: TamperKind.ErasureUndone } && found.SubjectId == gone.Id);

        Tampering Named(TamperKind kind) => new(kind, entry, null) { SubjectId = subject.Id, ContactId = person };
    }

    [Theory, EveryDatabase]
    public async Task Entries_given_back_to_who_was_merged_away_are_named_and_a_merge_and_its_erasure_verify(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (stays, goes) = (await PersonAsync(core, "+4915100000042", "Amina"), await PersonAsync(core, "+4915100000043", "Amina S"));
        Assert.IsType<MergePeopleOutcome.Merged>(await core.Get<MergePeople>().RunAsync(Caller.System, stays, goes, Token));
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.Empty((await VerdictAsync(core)).Found);
        var subject = await core.WithDbAsync(db => db.ConsentSubjects.Where(s => s.MadeFor == goes).Select(s => s.Id).SingleAsync(Token));

        await RunAsync(core, $"UPDATE \"ConsentSubjects\" SET \"ContactId\" = {goes} WHERE \"Id\" = {subject}");
        Assert.Contains((await VerdictAsync(core)).Found, found => found is { Kind: TamperKind.SubjectMoved } && found.SubjectId == subject && found.ContactId == goes);
        await RunAsync(core, $"UPDATE \"ConsentSubjects\" SET \"ContactId\" = {stays} WHERE \"Id\" = {subject}");

        Assert.IsType<ErasePersonOutcome.Erased>(await core.Get<ErasePerson>().RunAsync(Caller.System, stays, "Amina", Token));
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.Empty((await VerdictAsync(core)).Found);
        Assert.Equal(2, await core.WithDbAsync(db => MarkDeeds.Erasures(db).CountAsync(Token)));
    }

    /// <summary>All of them had one number before.</summary>
    [Theory, EveryDatabase]
    public async Task Erasures_at_the_same_time_as_linking_leave_marks_that_follow_from_their_entries(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        List<long> people = [];
        for (var at = 0; at < 8; at++)
        {
            people.Add(await PersonAsync(core, $"+491510000010{at}", $"Person {at}"));
        }

        await core.WithDbAsync(async db =>
        {
            db.ContactIdentifiers.AddRange(people.Select(person => new ContactIdentifier
            {
                ContactId = person,
                Kind = IdentifierKind.Phone,
                Value = "4915100000999",
                MatchKey = "4915100000999",
                RetiredAtUtc = DateTime.UnixEpoch,
            }));
            await db.SaveChangesAsync(Token);
        });

        var erased = people.Select((person, at) => core.Get<ErasePerson>().RunAsync(Caller.System, person, $"Person {at}", Token)).ToList();
        var linked = Enumerable.Range(0, 4).Select(_ => core.Get<LinkEntries>().RunAsync(Token)).ToList();
        Assert.All(await Task.WhenAll(erased), outcome => Assert.IsType<ErasePersonOutcome.Erased>(outcome));
        await Task.WhenAll(linked);
        await core.Get<LinkEntries>().RunAsync(Token);

        var verdict = await VerdictAsync(core);
        Assert.Empty(verdict.Found);
        Assert.Equal(9, verdict.Marks);
    }

    /// <summary>As an installation from before the upgrade is found: erasures of form 2, and marks that no entry names.</summary>
    [Theory, EveryDatabase]
    public async Task Marks_from_before_they_were_named_are_adopted_once_and_nothing_that_is_changed_later(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await ErasedAsync(core, "+4915100000042", "Amina");
        var person = await PersonAsync(core, "+4915100000043", "Bruno");
        await AsBeforeMarksAsync(core);
        Assert.Empty((await VerdictAsync(core)).Found);

        await AdoptAsync();
        var adopted = await core.WithDbAsync(db => db.ConsentEntries.CountAsync(Token));
        Assert.Empty((await VerdictAsync(core)).Found);
        await AdoptAsync();
        Assert.Equal(adopted, await core.WithDbAsync(db => db.ConsentEntries.CountAsync(Token)));

        var (mark, made) = (await core.WithDbAsync(db => db.ConsentSuppressions.OrderBy(m => m.Mark).Select(m => m.Mark).FirstAsync(Token)), new string('0', 64));
        await RunAsync(core, $"DELETE FROM \"ConsentSuppressions\" WHERE \"Mark\" = {mark}");
        await RunAsync(core, $"INSERT INTO \"ConsentSuppressions\" (\"Mark\", \"AtUtc\") VALUES ({made}, {DateTime.UnixEpoch})");
        var gone = await core.WithDbAsync(db => db.ConsentSubjects.Where(s => s.ContactId == null).Select(s => s.ErasedAtUtc).SingleAsync(Token));
        await RunAsync(core, $"UPDATE \"ConsentSubjects\" SET \"KeyProtected\" = NULL, \"ContactId\" = NULL, \"ErasedAtUtc\" = {gone} WHERE \"ContactId\" = {person}");
        await RunAsync(core, $"DELETE FROM \"ConsentStates\"");
        await AdoptAsync();

        Assert.Equal([TamperKind.MarkExtra, TamperKind.MarkMissing, TamperKind.KeyMissing], (await VerdictAsync(core)).Found.Select(found => found.Kind));
        Assert.Equal((made, mark), ((await VerdictAsync(core)).Found[0].Mark, (await VerdictAsync(core)).Found[1].Mark));

        async Task AdoptAsync()
        {
            await core.Get<AdoptMarks>().RunAsync(() => { }, Token);
            await core.Get<LinkEntries>().RunAsync(Token);
        }
    }

    /// <summary>ErasedAtUtc was the newest moment of all their entries, and a stop may be from a node whose clock was ahead.</summary>
    [Theory, EveryDatabase]
    public async Task An_erasure_is_adopted_whatever_the_clocks_of_the_nodes_said(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await ErasedAsync(core, "+4915100000042", "Amina");
        await AsBeforeMarksAsync(core);
        await core.WithDbAsync(async db =>
        {
            var gone = await db.ConsentSubjects.SingleAsync(s => s.ContactId == null, Token);
            gone.ErasedAtUtc = gone.ErasedAtUtc!.Value.AddSeconds(2);
            await db.SaveChangesAsync(Token);
        });
        Assert.Empty((await VerdictAsync(core)).Found);

        await core.Get<AdoptMarks>().RunAsync(() => { }, Token);
        await core.Get<LinkEntries>().RunAsync(Token);

        Assert.Empty((await VerdictAsync(core)).Found);
        Assert.False(await core.WithDbAsync(db => AdoptMarks.IsDueAsync(db, Token)));
    }

    /// <summary>Every entry in the form of before, the way they were written then.</summary>
    private static async Task AsBeforeMarksAsync(CoreHost core)
    {
        await core.WithDbAsync(async db =>
        {
            var key = await core.Get<ConsentSecrets>().ChainKeyAsync(db, Token);
            foreach (var entry in await db.ConsentEntries.ToListAsync(Token))
            {
                (entry.Form, entry.Marks) = (2, null);
                entry.Mac = EntryMac.Of(key, entry);
            }

            await db.SaveChangesAsync(Token);
        });
        await core.Get<LinkEntries>().RunAsync(Token);
    }

    private static Task<ConsentVerdict> VerdictAsync(CoreHost core) => core.Get<VerifyConsent>().RunAsync(Token);

    private static Task RunAsync(CoreHost core, FormattableString sql) => core.WithDbAsync(db => db.Database.ExecuteSqlAsync(sql, Token));

    private static async Task<long> PersonAsync(CoreHost core, string phone, string name)
    {
        var person = Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, name, phone, Token)).ContactId;
        await SeedOptIn.WriteAsync(core, person, DateTime.UnixEpoch.AddYears(50));
        return person;
    }

    /// <summary>Who had stopped everything, so that there are two marks for their number.</summary>
    private static async Task ErasedAsync(CoreHost core, string phone, string name)
    {
        var person = await PersonAsync(core, phone, name);
        await core.Get<RecordOptOut>().RunAsync(Caller.System, person, new OptOutRequest(ConsentPurpose.All, ConsentSource.Agent), Token);
        Assert.IsType<ErasePersonOutcome.Erased>(await core.Get<ErasePerson>().RunAsync(Caller.System, person, name, Token));
    }
}
