using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Consent;
using WaConsole.Core.Tests.Contacts;
using WaConsole.Core.Tests.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

/// <summary>The registry is read when an administrator asks, and what was found is kept.</summary>
public sealed class RegistryCheckTests
{
    private static readonly Caller Ana = new(1, "Ana", Role.Admin, null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task What_was_asked_for_is_read_at_once_kept_over_a_restart_and_named_row_by_row(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var first = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        Assert.Equal(new RegistryCheck(null, "", null, false), await ReadAsync(first));
        var person = await MergePeopleTests.ContactAsync(first, "Amina");
        await RegistryTests.OptInAsync(first, person);
        await first.Get<LinkEntries>().RunAsync(Token);
        Assert.False(await first.Get<VerifyDaily>().RunAsync(() => { }, Token));

        Assert.True(await first.Get<AskForCheck>().RunAsync(Ana, Token));
        Assert.False(await first.Get<AskForCheck>().RunAsync(Ana, Token));
        Assert.True((await ReadAsync(first)).IsAsked);
        Assert.True(await first.Get<VerifyDaily>().RunAsync(() => { }, Token));

        var check = await ReadAsync(first);
        Assert.Equal((clock.GetUtcNow().UtcDateTime, "Ana", false), (check.EndedAtUtc, check.ByName, check.IsUnderWay));
        Assert.Equal((1L, 1L, 1L, true), (check.Verdict!.Entries, check.Verdict.Links, check.Verdict.States, check.Verdict.IsWhole));
        await first.WithDbAsync(db => db.ConsentEntries.ExecuteUpdateAsync(set => set.SetProperty(e => e.Jurisdiction, "US"), Token));
        await first.StopAsync();

        await using var second = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock, RestartOf = first });
        Assert.Equal("Ana", (await ReadAsync(second)).ByName);
        Assert.False(await second.Get<VerifyDaily>().RunAsync(() => { }, Token));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.True(await second.Get<VerifyDaily>().RunAsync(() => { }, Token));
        check = await ReadAsync(second);
        Assert.Equal("", check.ByName);
        Assert.Contains(check.Verdict!.Found, found => found is { Kind: TamperKind.EntryChanged, EntryId: not null } && found.ContactId == person);
    }

    [Theory, EveryDatabase]
    public async Task While_one_node_reads_no_other_does_until_it_goes_silent(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        await core.Get<AskForCheck>().RunAsync(Ana, Token);
        var now = clock.GetUtcNow().UtcDateTime;
        await core.WithDbAsync(db => db.ConsentChecks.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.BeatAtUtc, now).SetProperty(c => c.Read, 40).SetProperty(c => c.ToRead, 100), Token));

        Assert.False(await core.Get<VerifyDaily>().RunAsync(() => { }, Token));
        Assert.Equal((40, 100), (await ReadAsync(core)).Running);
        clock.Advance(RunCheck.SilentAtMost + TimeSpan.FromSeconds(1));
        Assert.Null((await ReadAsync(core)).Running);
        Assert.True(await core.Get<VerifyDaily>().RunAsync(() => { }, Token));
        Assert.False((await ReadAsync(core)).IsUnderWay);
    }

    [Theory, EveryDatabase]
    public async Task Who_has_it_read_outside_the_console_has_it_shown_and_noted_as_the_daily_check_has(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        await RegistryTests.OptInAsync(core, await MergePeopleTests.ContactAsync(core, "Amina"));
        await core.WithDbAsync(db => db.ConsentEntries.ExecuteUpdateAsync(set => set.SetProperty(e => e.Jurisdiction, "US"), Token));

        var (verdict, isKept) = await core.Get<CheckRegistry>().RunAsync("verify-consent", Token);

        var check = await ReadAsync(core);
        Assert.Equal((true, clock.GetUtcNow().UtcDateTime, "verify-consent", false), (isKept, check.EndedAtUtc, check.ByName, check.IsUnderWay));
        Assert.Contains(check.Verdict!.Found, found => found.Kind == TamperKind.EntryChanged);
        Assert.Equal(verdict.Found.Select(found => found.Kind), check.Verdict.Found.Select(found => found.Kind));
        Assert.Equal("verify-consent", await core.WithDbAsync(db => db.ConsentAudits.Where(a => a.Deed == ConsentDeed.Verified).Select(a => a.ByName).SingleAsync(Token)));

        // The day until the next one is counted from it.
        Assert.False(await core.Get<VerifyDaily>().RunAsync(() => { }, Token));
        clock.Advance(TimeSpan.FromHours(23));
        Assert.False(await core.Get<VerifyDaily>().RunAsync(() => { }, Token));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await core.Get<VerifyDaily>().RunAsync(() => { }, Token));
    }

    [Theory, EveryDatabase]
    public async Task They_get_a_verdict_while_another_reads_and_from_a_database_that_takes_no_writes(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        var failing = new FailingSql();
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock, Services = failing.AddTo });
        await RegistryTests.OptInAsync(core, await MergePeopleTests.ContactAsync(core, "Amina"));
        await core.Get<AskForCheck>().RunAsync(Ana, Token);
        var now = clock.GetUtcNow().UtcDateTime;
        await core.WithDbAsync(db => db.ConsentChecks.ExecuteUpdateAsync(set => set.SetProperty(c => c.BeatAtUtc, now), Token));

        var (beside, isKept) = await core.Get<CheckRegistry>().RunAsync("verify-consent", Token);
        Assert.Equal((1, false), (beside.Entries, isKept));
        Assert.True((await ReadAsync(core)).IsAsked);

        clock.Advance(RunCheck.SilentAtMost + TimeSpan.FromSeconds(1));
        failing.With = sql => sql.Contains("\"ConsentChecks\"", StringComparison.Ordinal) && !sql.StartsWith("SELECT", StringComparison.Ordinal) ? new TimeoutException() : null;
        (var alone, isKept) = await core.Get<CheckRegistry>().RunAsync("verify-consent", Token);
        Assert.Equal((1, false), (alone.Entries, isKept));
        Assert.Null((await ReadAsync(core)).EndedAtUtc);
    }

    [Fact]
    public async Task Only_administrators_of_every_number_ask_and_only_who_sees_every_number_reads()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var some = new HashSet<long> { core.NumberId };

        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<AskForCheck>().RunAsync(Ana with { Role = Role.Marketer }, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<AskForCheck>().RunAsync(Ana with { Role = Role.Agent }, Token));
        Assert.False(await core.Get<AskForCheck>().RunAsync(Ana with { Numbers = some }, Token));
        Assert.False((await ReadAsync(core)).IsAsked);
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ReadRegistryCheck>().RunAsync(Ana with { Role = Role.Agent }, Token));
        Assert.Null(await core.Get<ReadRegistryCheck>().RunAsync(Ana with { Numbers = some }, Token));
    }

    private static async Task<RegistryCheck> ReadAsync(CoreHost core) => (await core.Get<ReadRegistryCheck>().RunAsync(Ana, Token))!;
}
