using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Insight;
using WaConsole.Core.Tests.Contacts;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

public sealed class RegistryHealthTests
{
    private static readonly DateTimeOffset Wednesday = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task What_lacks_proof_or_runs_out_is_counted_and_listed_and_comings_and_goings_fall_into_their_week(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(Wednesday);
        await using var core = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var now = Wednesday.UtcDateTime;
        var lasting = await AgreedAsync(core, "Lasting", now, null);
        var due = await AgreedAsync(core, "Due", now.AddDays(-9), now.AddDays(20));
        await AgreedAsync(core, "Later", now.AddDays(-200), now.AddDays(60));
        var expired = await AgreedAsync(core, "Expired", now.AddDays(-9), now.AddHours(1));
        await AgreedAsync(core, "Incomplete", now, null, words: "Yes");
        clock.Advance(TimeSpan.FromHours(2));
        await core.Get<RecordOptOut>().RunAsync(Caller.System, lasting, new OptOutRequest(ConsentPurpose.All, ConsentSource.Agent), Token);
        await core.WithDbAsync(async db =>
        {
            db.TemplateNameTallies.AddRange(
                Tally(core, "offer", Tallied.Sent, 40),
                Tally(core, "offer", Tallied.OptedOut, 3),
                Tally(core, "offer", Tallied.OptedOut, 1, daysAgo: 7),
                Tally(core, "news", Tallied.Sent, 9));
            await db.SaveChangesAsync(Token);
        });

        var health = (await core.Get<ReadRegistryHealth>().RunAsync(Caller.System, Token))!;

        Assert.Equal((2, 1, 1, 1, 0, 1), (health.OptedIn, health.WithoutProof, health.RenewalDue, health.Expired, health.Pending, health.OptedOut));
        Assert.Equal(ReadRegistryHealth.WeeksShown, health.Weeks.Count);
        Assert.Equal(new RegistryWeek(new DateOnly(2026, 11, 23), 2, 1), health.Weeks[^1]);
        Assert.Equal(new RegistryWeek(new DateOnly(2026, 11, 16), 2, 0), health.Weeks[^2]);
        Assert.Equal(0, health.Weeks.Take(ReadRegistryHealth.WeeksShown - 2).Sum(week => week.OptIns + week.OptOuts));
        Assert.Equal([(ConsentSource.InStore, 4, 0), (ConsentSource.Agent, 0, 1)], health.Sources.Select(source => (source.Source, source.OptIns, source.OptOuts)));
        Assert.Equal([2, 2], health.Sources[0].Weeks.TakeLast(2));
        Assert.Equal([0, 0], health.Sources[1].Weeks.TakeLast(2));
        Assert.Equal([("offer", 40, 4)], health.Templates.Select(template => (template.Name, template.Sent, template.OptOuts)));
        Assert.Equal([1, 3], health.Templates[0].Weeks.TakeLast(2));
        var flow = Assert.Single(health.Flows);
        Assert.Equal((null, "", 4), (flow.Name, flow.Language, flow.OptIns));
        Assert.Equal([0, 2, 2], flow.Weeks.TakeLast(3));
        Assert.Equal([new WordingUse(null, null, "en", 2, IsLatest: false)], health.Wordings);
        Assert.Equal([due], await ListedAsync(core, new OptInQuery { RenewalDue = true }));
        Assert.Equal([expired], await ListedAsync(core, new OptInQuery(Standing: Standing.Expired)));
    }

    [Fact]
    public async Task Figures_of_all_numbers_are_for_admins_and_marketing_staff_who_see_all_of_them()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var read = core.Get<ReadRegistryHealth>();

        Assert.NotNull(await read.RunAsync(new Caller(1, "Mira", Role.Marketer, null), Token));
        Assert.Null(await read.RunAsync(new Caller(1, "Mira", Role.Marketer, new HashSet<long> { core.NumberId }), Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => read.RunAsync(new Caller(2, "Ana", Role.Agent, null), Token));
    }

    private static TemplateNameTally Tally(CoreHost core, string name, Tallied what, long amount, int daysAgo = 0) => new()
    {
        Name = name,
        What = what,
        Day = DateOnly.FromDateTime(Wednesday.UtcDateTime).AddDays(-daysAgo),
        NumberId = core.NumberId,
        Amount = amount,
    };

    private static async Task<long> AgreedAsync(CoreHost core, string name, DateTime at, DateTime? expires, string? words = null)
    {
        var person = await MergePeopleTests.ContactAsync(core, name);
        Assert.IsType<RecordOptInOutcome.Recorded>(await core.Get<RecordOptIn>().RunAsync(
            Caller.System,
            person,
            new OptInRequest(ConsentPurpose.Marketing, ConsentSource.InStore, LawfulBasis.Consent, "de")
            {
                BusinessName = "Cafe Luna",
                WordingText = words ?? "Cafe Luna may send me offers over WhatsApp. I can stop by writing STOP. Privacy: https://luna.example/privacy",
                WordingLanguage = "en",
                AtUtc = at,
                ExpiresAtUtc = expires,
                Evidence = new ConsentEvidence { Note = "Signed at the till." },
            },
            Token));
        return person;
    }

    private static async Task<IReadOnlyList<long>> ListedAsync(CoreHost core, OptInQuery query) =>
        [.. (await core.Get<ListOptIns>().RunAsync(Caller.System, query, Token)).Rows.Select(row => row.ContactId)];
}
