using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.OptIns;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

/// <summary>For which number and business, by which privacy notice and until when the people of a list agreed.</summary>
public sealed class ImportScopeTests
{
    private static readonly ImportTerms Mapped = ImportBench.Terms with { NumberColumn = 3, BusinessColumn = 4, PrivacyColumn = 5, ExpiryColumn = 6, TimeZone = "Europe/Berlin" };

    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Columns_say_it_for_a_row_and_the_terms_for_rows_without(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var number = await core.WithDbAsync(db => db.Numbers.OrderBy(n => n.Id).FirstAsync(Token));
        var ends = new DateTime(2198, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var import = await ImportBench.UploadAsync(core, $"""
            Phone,Name,Agreed,Number,Business,Privacy,Ends
            {ImportBench.Phone(0)},A,2026-03-05,+{number.DisplayPhoneNumber.TrimStart('+')},Oak,May 2026,30.06.2199
            {ImportBench.Phone(1)},B,2026-03-05,{number.PhoneNumberId},,,2199-06-30 12:00
            {ImportBench.Phone(2)},C,2026-03-05,,,,
            """);

        var done = await ImportBench.RunAsync(core, import, Mapped with { PrivacyVersion = "2025", ExpiresAtUtc = ends });

        Assert.Equal((3, 0), (done.Added, done.Refused));
        var entries = await core.WithDbAsync(db => db.ConsentEntries.AsNoTracking().OrderBy(e => e.Id).ToListAsync(Token));
        Assert.Equal(
            [
                (number.Id, "Oak", "May 2026", new DateTime(2199, 6, 30, 22, 0, 0, DateTimeKind.Utc), true),
                (number.Id, "Alder & Oak", "2025", new DateTime(2199, 6, 30, 10, 0, 0, DateTimeKind.Utc), true),
                ((long?)null, "Alder & Oak", "2025", ends, true),
            ],
            entries.Select(e => (e.NumberId, e.BusinessName!, e.PrivacyVersion!, e.ExpiresAtUtc!.Value, e.Complete)));
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.Empty((await core.Get<VerifyConsent>().RunAsync(Token)).Found);
    }

    [Theory, EveryDatabase]
    public async Task A_row_of_no_number_of_ours_or_that_has_ended_is_left_out_with_its_reason(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var import = await ImportBench.UploadAsync(core, $"""
            Phone,Name,Agreed,Number,Business,Privacy,Ends
            {ImportBench.Phone(0)},A,2026-03-05,+390612345678,Alder,,
            {ImportBench.Phone(1)},B,2026-03-05,,,,
            {ImportBench.Phone(2)},C,2026-03-05,,Alder,,someday
            {ImportBench.Phone(3)},D,2026-03-05,,Alder,,2026-03-06
            {ImportBench.Phone(4)},E,2026-03-05,,Alder,,
            """);

        var done = await ImportBench.RunAsync(core, import, Mapped with { BusinessName = "" });

        Assert.Equal((1, 4), (done.Added, done.Refused));
        var rows = await core.WithDbAsync(db => db.ConsentImportProblems.OrderBy(p => p.Row).Select(p => p.Trouble).ToListAsync(Token));
        Assert.Equal([RowTrouble.NumberUnknown, RowTrouble.BusinessMissing, RowTrouble.ExpiryInvalid, RowTrouble.ExpiryInPast], rows);
    }

    [Theory, EveryDatabase]
    public async Task Who_agreed_to_two_businesses_is_one_person_with_both_however_often_the_list_is_run(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var list = $"""
            Phone,Name,Agreed,Number,Business
            {ImportBench.Phone(0)},A,2026-03-05,,Alder
            {ImportBench.Phone(0)},A,2026-03-07,,Oak
            {ImportBench.Phone(0)},A,2026-03-01,,oak
            {ImportBench.Phone(0)},A,2026-03-06,, Alder

            """;

        var first = await ImportBench.UploadAsync(core, list);
        var check = await ImportBench.CheckAsync(core, first, Mapped);
        Assert.Equal((2, 2), (check.Added, check.Known));
        var done = await ImportBench.RunAsync(core, first, Mapped);
        Assert.Equal((2, 2, 0), (done.Added, done.Known, done.Refused));
        var again = await ImportBench.RunAsync(core, await ImportBench.UploadAsync(core, list), Mapped);
        Assert.Equal((0, 4, 0), (again.Added, again.Known, again.Refused));

        var person = await core.WithDbAsync(db => db.Contacts.SingleAsync(Token));
        Assert.Equal(
            [("Alder", 5, ConsentAction.Granted), ("Oak", 6, ConsentAction.Granted)],
            (await core.WithDbAsync(db => db.ConsentEntries.OrderBy(e => e.BusinessName).ToListAsync(Token))).Select(e => (e.BusinessName!, e.AtUtc.Day, e.Action)));
        var lines = (await core.WithDbAsync(db => ReadStandings.MarketingAsync(db, [person.Id], Token)))[person.Id].ToList();
        Assert.All(["Alder", "Oak"], name => Assert.Equal(Standing.OptedIn, ConsentLedger.StandFor(lines, ConsentPurpose.Marketing, [name]).What));
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.True((await core.Get<VerifyConsent>().RunAsync(Token)).IsWhole);
    }

    [Theory, EveryDatabase]
    public async Task A_list_for_another_purpose_adds_to_what_the_same_people_agreed_to(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var list = ImportBench.Csv(2);
        foreach (var purpose in (ConsentPurpose[])[ConsentPurpose.Marketing, ConsentPurpose.Utility])
        {
            var terms = ImportBench.Terms with { Purpose = purpose };
            Assert.Equal(2, (await ImportBench.RunAsync(core, await ImportBench.UploadAsync(core, list), terms)).Added);
            var again = await ImportBench.RunAsync(core, await ImportBench.UploadAsync(core, list), terms);
            Assert.Equal((0, 2), (again.Added, again.Known));
        }

        var person = await core.WithDbAsync(db => db.Contacts.Select(c => c.Id).OrderBy(id => id).FirstAsync(Token));
        var standing = (await core.Get<ReadConsent>().RunAsync(Caller.System, person, Token))!.Standing;
        Assert.Equal((Standing.OptedIn, Standing.OptedIn, Standing.None), (standing.Marketing.What, standing.Utility.What, standing.Calls.What));
    }

    [Theory, EveryDatabase]
    public async Task Somebody_with_two_numbers_in_a_list_is_one_person(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await core.WithDbAsync(async db =>
        {
            var contact = await ResolveContact.ApplyAsync(db, new PersonIdentity("", Phone: ImportBench.Phone(0)), Noon, Token);
            ResolveContact.Learn(contact, new PersonIdentity("", Phone: ImportBench.Phone(1)), null, Noon);
            await db.SaveChangesAsync(Token);
        });
        var list = $"Phone,Name,Agreed,Number,Business\n{ImportBench.Phone(0)},A,2026-03-05,,Alder\n{ImportBench.Phone(1)},A,2026-03-06,,Alder\n{ImportBench.Phone(1)},A,2026-03-06,,Oak\n";

        var done = await ImportBench.RunAsync(core, await ImportBench.UploadAsync(core, list), Mapped);

        Assert.Equal((2, 1, 1), (done.Added, done.Known, await core.WithDbAsync(db => db.Contacts.CountAsync(Token))));
    }

    [Fact]
    public async Task Words_that_do_not_name_the_business_of_a_row_do_not_prove_it()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        await ImportBench.RunAsync(core, await ImportBench.UploadAsync(core, $"Phone,Name,Agreed,Number,Business\n{ImportBench.Phone(0)},A,2026-03-05,,Birch\n"), Mapped);

        Assert.False(await core.WithDbAsync(db => db.ConsentEntries.Select(e => e.Complete).SingleAsync(Token)));
    }

    [Fact]
    public async Task A_number_that_whoever_describes_the_list_may_not_see_is_none()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var number = await core.WithDbAsync(db => db.Numbers.OrderBy(n => n.Id).FirstAsync(Token));
        var import = await ImportBench.UploadAsync(core, $"Phone,Name,Agreed,Number\n{ImportBench.Phone(0)},A,2026-03-05,{number.PhoneNumberId}\n");
        var elsewhere = new Caller(7, "Mara", Role.Marketer, new HashSet<long> { number.Id + 1_000 });

        Assert.IsType<CheckImportOutcome.Refused>(
            await core.Get<CheckImport>().RunAsync(elsewhere, import, ImportBench.Terms with { NumberId = number.Id }, Token));
        Assert.IsType<CheckImportOutcome.Refused>(
            await core.Get<CheckImport>().RunAsync(elsewhere, import, ImportBench.Terms with { ExpiresAtUtc = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc) }, Token));
        Assert.IsType<CheckImportOutcome.Begun>(await core.Get<CheckImport>().RunAsync(elsewhere, import, ImportBench.Terms with { NumberColumn = 3 }, Token));
        await core.Get<RunImport>().RunNextAsync(() => { }, Token);

        Assert.Equal(RowTrouble.NumberUnknown, Assert.Single((await ImportBench.ReadAsync(core, import)).Troubles).Trouble);
    }
}
