using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Consent;
using WaConsole.Core.Storage;
using WaConsole.Core.Tests.Contacts;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Consent;

/// <summary>The chain over the entries, its head in a file, and who looks after both.</summary>
public sealed class ChainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_registry_whose_end_was_cut_off_is_still_seen_as_that_after_it_grew_again(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        for (var at = 0; at < 3; at++)
        {
            await RegistryTests.OptInAsync(core, person);
        }

        await core.Get<LinkEntries>().RunAsync(Token);
        await core.WithDbAsync(async db =>
        {
            var cut = await db.ConsentLinks.Where(l => l.Sequence >= 2).Select(l => l.EntryId).ToListAsync(Token);
            await db.ConsentLinks.Where(l => l.Sequence >= 2).ExecuteDeleteAsync(Token);
            await db.ConsentEntries.Where(e => cut.Contains(e.Id)).ExecuteDeleteAsync(Token);
        });

        for (var at = 0; at < 4; at++)
        {
            await RegistryTests.OptInAsync(core, person);
            Assert.Equal(1, await core.Get<LinkEntries>().RunAsync(Token));
            Assert.Contains(new Tampering(TamperKind.CutOff, null, 3), (await core.Get<VerifyConsent>().RunAsync(Token)).Found);
        }

        Assert.Contains(core.Logs.Lines, line => line.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task Where_somebody_stands_is_held_against_the_entry_it_names(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (amina, bruno) = (await MergePeopleTests.ContactAsync(core, "Amina"), await MergePeopleTests.ContactAsync(core, "Bruno"));
        await RegistryTests.OptInAsync(core, amina);
        await RegistryTests.OptInAsync(core, bruno);
        await SeedOptIn.StopAsync(core, bruno, DateTime.UnixEpoch.AddYears(100));
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.True((await core.Get<VerifyConsent>().RunAsync(Token)).IsWhole);
        var (agreed, said) = await core.WithDbAsync(async db => (
            await db.ConsentStates.AsNoTracking().SingleAsync(s => s.ContactId == amina && s.Purpose == ConsentPurpose.Marketing, Token),
            await db.ConsentEntries.AsNoTracking().SingleAsync(e => e.Action == ConsentAction.Granted && db.ConsentSubjects.Any(s => s.Id == e.SubjectId && s.ContactId == bruno), Token)));

        // The state alone; the entry and times of an older yes; somebody else's yes; a longer life.
        await FoundAsync(bruno, set => set.SetProperty(s => s.What, Standing.OptedIn));
        await FoundAsync(bruno, set => set
            .SetProperty(s => s.What, Standing.OptedIn).SetProperty(s => s.EntryId, said.Id).SetProperty(s => s.SinceUtc, said.AtUtc)
            .SetProperty(s => s.ExpiresAtUtc, said.ExpiresAtUtc).SetProperty(s => s.Source, said.Source).SetProperty(s => s.Complete, said.Complete));
        await FoundAsync(bruno, set => set
            .SetProperty(s => s.What, Standing.OptedIn).SetProperty(s => s.EntryId, agreed.EntryId).SetProperty(s => s.SinceUtc, agreed.SinceUtc)
            .SetProperty(s => s.ExpiresAtUtc, agreed.ExpiresAtUtc).SetProperty(s => s.Source, agreed.Source).SetProperty(s => s.Complete, agreed.Complete));
        await FoundAsync(amina, set => set.SetProperty(s => s.ExpiresAtUtc, DateTime.UnixEpoch.AddYears(200)));

        async Task FoundAsync(long contact, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<ConsentState>> change)
        {
            var before = await core.WithDbAsync(db => db.ConsentStates.AsNoTracking().SingleAsync(s => s.ContactId == contact && s.Purpose == ConsentPurpose.Marketing, Token));
            await core.WithDbAsync(db => db.ConsentStates.Where(s => s.ContactId == contact && s.Purpose == ConsentPurpose.Marketing).ExecuteUpdateAsync(change, Token));

            var found = Assert.Single((await core.Get<VerifyConsent>().RunAsync(Token)).Found);

            Assert.Equal((TamperKind.StateChanged, contact, ConsentPurpose.Marketing), (found.Kind, found.ContactId, found.Purpose));
            await core.WithDbAsync(async db =>
            {
                db.ConsentStates.Update(before);
                await db.SaveChangesAsync(Token);
            });
            Assert.True((await core.Get<VerifyConsent>().RunAsync(Token)).IsWhole);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_state_set_back_removed_or_made_up_is_found_and_named(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var (amina, bruno) = (await MergePeopleTests.ContactAsync(core, "Amina"), await MergePeopleTests.ContactAsync(core, "Bruno"));
        await RegistryTests.OptInAsync(core, amina);
        await SeedOptIn.StopAsync(core, amina, DateTime.UnixEpoch.AddYears(100));
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.Empty((await core.Get<VerifyConsent>().RunAsync(Token)).Found);
        var stop = await core.WithDbAsync(db => db.ConsentStates.Where(s => s.ContactId == amina && s.Purpose == ConsentPurpose.Marketing).Select(s => s.EntryId).SingleAsync(Token));

        await core.WithDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE \"ConsentStates\" SET \"What\" = {(int)Standing.None} WHERE \"ContactId\" = {amina} AND \"Purpose\" = {(int)ConsentPurpose.Marketing}", Token));
        Assert.Equal(Named(TamperKind.StateChanged, amina), await FoundAsync());

        await core.WithDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE \"ConsentStates\" SET \"ContactId\" = {bruno} WHERE \"ContactId\" = {amina} AND \"Purpose\" = {(int)ConsentPurpose.Marketing}", Token));
        Assert.Equal([Named(TamperKind.StateMissing, amina)[0], Named(TamperKind.StateExtra, bruno)[0]], await FoundAsync());

        await core.WithDbAsync(db => db.Database.ExecuteSqlAsync($"DELETE FROM \"ConsentStates\" WHERE \"ContactId\" = {bruno}", Token));
        Assert.Equal(Named(TamperKind.StateMissing, amina), await FoundAsync());

        Tampering[] Named(TamperKind kind, long contact) => [new(kind, stop, null) { ContactId = contact, Purpose = ConsentPurpose.Marketing }];
        async Task<IReadOnlyList<Tampering>> FoundAsync() => (await core.Get<VerifyConsent>().RunAsync(Token)).Found;
    }

    [Fact]
    public async Task The_head_never_goes_back()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var head = core.Get<ConsentHead>();

        await head.WriteAsync(new ConsentHead.Head(5, [5]), Token);
        await head.WriteAsync(new ConsentHead.Head(3, [3]), Token);

        Assert.Equal(5, (await head.ReadAsync(Token))!.Sequence);
        Assert.Single(Directory.GetFiles(core.MediaRoot, "consent-head*"));
    }

    [Theory, EveryDatabase]
    public async Task The_registry_is_read_once_a_day_however_often_the_console_starts(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var first = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        Assert.False(await RunAsync(first));
        clock.Advance(VerifyDaily.AfterStart);
        Assert.True(await RunAsync(first));
        clock.Advance(TimeSpan.FromHours(20));
        Assert.False(await RunAsync(first));
        await first.StopAsync();

        await using var second = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock, RestartOf = first });
        Assert.False(await RunAsync(second));
        clock.Advance(VerifyDaily.AfterStart);
        Assert.False(await RunAsync(second));
        clock.Advance(TimeSpan.FromHours(4));
        Assert.True(await RunAsync(second));
        Assert.Equal(2, await second.WithDbAsync(db => db.ConsentAudits.CountAsync(a => a.Deed == ConsentDeed.Verified, Token)));

        static Task<bool> RunAsync(CoreHost core) => core.Get<VerifyDaily>().RunAsync(() => { }, Token);
    }

    [Theory, EveryDatabase]
    public async Task An_entry_from_before_forms_had_a_number_still_verifies(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await RegistryTests.OptInAsync(core, await MergePeopleTests.ContactAsync(core, "Amina"));
        await core.WithDbAsync(async db =>
        {
            var entry = await db.ConsentEntries.SingleAsync(Token);
            Assert.Equal(EntryMac.Form, entry.Form);
            entry.Form = 0;
            entry.Mac = EntryMac.Of(await core.Get<ConsentSecrets>().ChainKeyAsync(db, Token), entry);
            await db.SaveChangesAsync(Token);
        });

        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.True((await core.Get<VerifyConsent>().RunAsync(Token)).IsWhole);

        await core.WithDbAsync(db => db.ConsentEntries.ExecuteUpdateAsync(set => set.SetProperty(e => e.Form, EntryMac.Form), Token));
        Assert.Equal(TamperKind.EntryChanged, Assert.Single((await core.Get<VerifyConsent>().RunAsync(Token)).Found).Kind);
    }

    /// <summary>What rows of the first form carry, worked out apart from the program: they must verify for ever.</summary>
    [Fact]
    public void The_first_form_is_written_as_it_always_was()
    {
        var noon = new DateTime(2026, 11, 26, 12, 0, 0, DateTimeKind.Utc);
        var entry = new ConsentEntry
        {
            SubjectId = 5,
            Purpose = ConsentPurpose.Marketing,
            Action = ConsentAction.Granted,
            Source = ConsentSource.InStore,
            AtUtc = noon,
            RecordedAtUtc = noon.AddSeconds(1),
            BusinessName = "Cafe Luna",
            Jurisdiction = "DE",
            Complete = true,
            ActorName = "Ines",
            Sealed = [1, 2, 3],
        };

        Assert.Equal("4cbe8b763ef058fca005d5d9771af0fd137d4d1c3ab74e150e2b197a45aa0a2f", Convert.ToHexStringLower(EntryMac.Of(new byte[32], entry)));
    }
}
