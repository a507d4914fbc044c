using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.OptIns;
using WaConsole.Core.Rights;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Contacts;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

/// <summary>After how long an opt-in wears out follows from its basis and from whose law it is under.</summary>
public sealed class MarketsTests
{
    private static readonly DateTime Day = new(2026, 5, 4, 9, 0, 0, DateTimeKind.Utc);
    private static readonly Caller Admin = new(1, "Ada", Role.Admin, null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DE", LawfulBasis.Consent, 24)]
    [InlineData("de", LawfulBasis.SoftOptIn, 24)]
    [InlineData("EU", LawfulBasis.Consent, 24)]
    [InlineData("CA", LawfulBasis.Consent, null)]
    [InlineData("CA", LawfulBasis.SoftOptIn, 24)]
    [InlineData("US", LawfulBasis.SoftOptIn, 18)]
    [InlineData("BR", LawfulBasis.SoftOptIn, 12)]
    [InlineData(null, LawfulBasis.Consent, 24)]
    [InlineData("DE", LawfulBasis.Contract, null)]
    public void An_opt_in_wears_out_by_its_basis_and_its_law(string? law, LawfulBasis basis, int? months) => Assert.Equal(
        months is { } after ? Day.AddMonths(after) : null, new RenewalTerms().ExpiryOf(basis, law, Day));

    [Theory, EveryDatabase]
    public async Task What_an_admin_sets_holds_for_what_is_agreed_to_from_then_on_unless_an_end_was_told(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var before = await AgreedAsync(core, "Before", "DE", null);
        var terms = new RenewalTerms
        {
            Markets = [new(RenewalTerms.Elsewhere, LawfulBasis.Consent, 0, 0), new("DE", LawfulBasis.SoftOptIn, 6, 3)],
        };

        Assert.IsType<SaveMarketsOutcome.Saved>(await core.Get<SaveMarkets>().RunAsync(Admin, terms, Token));

        Assert.Equal(LawfulBasis.SoftOptIn, (await core.Get<ReadMarkets>().RunAsync(Admin, Token)).Of("DE").Basis);
        Assert.Equal(Day.AddMonths(24), before);
        Assert.Equal(Day.AddMonths(6), await AgreedAsync(core, "German", "DE", null));
        Assert.Null(await AgreedAsync(core, "French", "FR", null));
        Assert.Equal(Day.AddMonths(200), await AgreedAsync(core, "Told", "DE", Day.AddMonths(200)));
        var line = (await core.Get<ListAudit>().RunAsync(Admin, new AuditQuery(ConsentDeed.ChangedSettings), Token)).Lines;
        Assert.Equal("Ada", Assert.Single(line).ByName);
        Assert.Equal(
            [new(RenewalTerms.Elsewhere, LawfulBasis.Consent, 0, 0), new("DE", LawfulBasis.SoftOptIn, 6, 3)],
            Assert.IsType<AuditDetail.Markets>(line[0].Detail).All);
    }

    [Theory, EveryDatabase]
    public async Task It_keeps_what_is_kept_and_refuses_what_cannot_be(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await core.Get<SaveRetention>().RunAsync(Admin, new RetentionTerms { MessageDays = 400 }, Token);
        var save = core.Get<SaveMarkets>();
        var rest = new MarketTerms(RenewalTerms.Elsewhere, LawfulBasis.Consent, 24, 12);

        Assert.IsType<SaveMarketsOutcome.Saved>(await save.RunAsync(Admin, new RenewalTerms { Markets = [rest] }, Token));
        Assert.Equal(400, (await core.Get<ReadRetention>().RunAsync(Admin, Token)).Terms.MessageDays);
        foreach (var wrong in (MarketTerms[][])[[], [rest, rest], [rest, rest with { Market = "Germany" }], [rest with { ConsentMonths = 121 }], [rest with { Basis = LawfulBasis.Contract }]])
        {
            Assert.NotEmpty(Assert.IsType<SaveMarketsOutcome.Refused>(await save.RunAsync(Admin, new RenewalTerms { Markets = wrong }, Token)).Sentences);
        }

        await Assert.ThrowsAsync<NotAllowedException>(() => save.RunAsync(new Caller(2, "Mira", Role.Marketer, null), new RenewalTerms(), Token));
    }

    /// <returns>When it wears out.</returns>
    private static async Task<DateTime?> AgreedAsync(CoreHost core, string name, string law, DateTime? expires)
    {
        var person = await MergePeopleTests.ContactAsync(core, name);
        Assert.IsType<RecordOptInOutcome.Recorded>(await core.Get<RecordOptIn>().RunAsync(
            Caller.System,
            person,
            new OptInRequest(ConsentPurpose.Marketing, ConsentSource.InStore, LawfulBasis.Consent, law) { AtUtc = Day, ExpiresAtUtc = expires },
            Token));
        return await core.WithDbAsync(db => db.ConsentStates.Where(s => s.ContactId == person).Select(s => s.ExpiresAtUtc).SingleAsync(Token));
    }
}
