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
