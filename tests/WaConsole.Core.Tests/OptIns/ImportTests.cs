using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.OptIns;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

public sealed class ImportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task Whoever_is_in_the_list_has_agreed_with_the_whole_proof_and_the_chain_verifies(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var import = await ImportBench.UploadAsync(core, "Phone;Name;Agreed\n0151 00000001;Amina;05.03.2026\n+34 612 34 56 78;Luz;2026-03-06 10:30\n");

        var check = await ImportBench.CheckAsync(core, import);
        Assert.Equal((ImportState.Checked, 2, 2, 0, 0), (check.State, check.TotalRows, check.Added, check.Known, check.Refused));
        Assert.Equal(0, await core.WithDbAsync(db => db.Contacts.CountAsync(Token)));

        var done = await ImportBench.RunAsync(core, import);

        Assert.Equal((ImportState.Done, 2, 0, 0), (done.State, done.Added, done.Known, done.Refused));
        var people = await core.WithDbAsync(db => db.Contacts.OrderBy(c => c.Id).ToListAsync(Token));
        Assert.Equal([("4915100000001", "Amina", "DE"), ("34612345678", "Luz", "ES")], people.Select(p => (p.Phone!, p.GivenName!, p.Country!)));
        var view = (await core.Get<ReadConsent>().RunAsync(Caller.System, people[0].Id, Token))!;
        Assert.True(view.Standing.Marketing is { What: Standing.OptedIn, Complete: true, Jurisdiction: "DE" });
        var line = Assert.Single(view.Lines);
        Assert.Equal((ConsentSource.Import, new DateTime(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc)), (line.Source, line.AtUtc));
        Assert.Equal((ImportBench.Words, ImportBench.Terms.Evidence), (line.Evidence!.Shown, line.Evidence.Note));
        Assert.Contains("\"row\":2", line.Evidence.FormJson, StringComparison.Ordinal);

        await core.Get<LinkEntries>().RunAsync(Token);
        var verdict = await core.Get<VerifyConsent>().RunAsync(Token);
        Assert.Equal((2, 2), (verdict.Entries, verdict.Links));
        Assert.Empty(verdict.Found);
    }

    [Theory, EveryDatabase]
    public async Task Of_two_rows_of_one_person_the_newer_is_taken_wherever_it_stands(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var import = await ImportBench.UploadAsync(
            core, $"Phone,Name,Agreed\n{ImportBench.Phone(0)},A,2026-03-05\n{ImportBench.Phone(0)},A,2026-09-01\n{ImportBench.Phone(0)},A,2026-06-01\n");

        var done = await ImportBench.RunAsync(core, import);

        Assert.Equal((1, 2, 0), (done.Added, done.Known, done.Refused));
        Assert.Equal(
            new DateTime(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc), await core.WithDbAsync(db => db.ConsentEntries.Select(e => e.AtUtc).SingleAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task The_same_file_once_more_adds_nothing(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await ImportBench.RunAsync(core, await ImportBench.UploadAsync(core, ImportBench.Csv(450)));

        var second = await ImportBench.UploadAsync(core, ImportBench.Csv(450));
        Assert.NotNull((await ImportBench.ReadAsync(core, second)).SameFileAtUtc);
        var done = await ImportBench.RunAsync(core, second);

        Assert.Equal((450, 0, 450, 0), (done.Rows, done.Added, done.Known, done.Refused));
        Assert.Equal(450, await core.WithDbAsync(db => db.ConsentEntries.CountAsync(Token)));
    }

    [Theory, EveryDatabase]
    public async Task A_list_never_ends_a_stop_and_never_brings_back_who_was_erased(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        await ImportBench.RunAsync(core, await ImportBench.UploadAsync(core, ImportBench.Csv(1)));
        var stopped = await core.WithDbAsync(db => db.Contacts.Select(c => c.Id).SingleAsync(Token));
        await SeedOptIn.StopAsync(core, stopped, new DateTime(2026, 4, 1, 0, 0, 0, DateTimeKind.Utc));
        var earlier = await KnownAsync(core, "Before the registry");
        await core.WithDbAsync(db => db.Contacts.Where(c => c.Id == earlier).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.OptedOutAtUtc, new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc)), Token));
        var phone = await core.WithDbAsync(db => db.Contacts.Where(c => c.Id == earlier).Select(c => c.Phone).SingleAsync(Token));
        await core.WithDbAsync(async db => await Suppressions.SetAsync(
            db,
            await Suppressions.ToSetAsync(db, [new ContactIdentifier { Kind = IdentifierKind.Phone, MatchKey = PhoneMatchKey.Of(ImportBench.Phone(9)) }], everything: false, Token),
            DateTime.UnixEpoch,
            Token));

        var done = await ImportBench.RunAsync(core, await ImportBench.UploadAsync(
            core, $"Phone,Name,Agreed\n{ImportBench.Phone(0)},A,2026-09-01\n+{phone},B,2026-09-01\n{ImportBench.Phone(9)},C,2026-09-01\n"));

        Assert.Equal((0, 0, 3), (done.Added, done.Known, done.Refused));
        Assert.Equal([new TroubleCount(RowTrouble.OptedOut, 2), new TroubleCount(RowTrouble.Erased, 1)], done.Troubles);
        Assert.Equal(Standing.OptedOut, (await core.Get<ReadConsent>().RunAsync(Caller.System, stopped, Token))!.Standing.Marketing.What);
    }

    [Theory, EveryDatabase]
    public async Task A_bad_row_fails_alone_and_comes_back_as_it_stands_in_the_file(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var import = await ImportBench.UploadAsync(core, $"""
            Phone,Name,Agreed
            {ImportBench.Phone(1)},Amina,2026-03-05
            ,Nobody,2026-03-05
            12,=SUM(A1),2026-03-05
            {ImportBench.Phone(2)},Luz,someday

            {ImportBench.Phone(3)},Later,2199-01-01
            {ImportBench.Phone(4)},"Omar, ""the"" best",
            {ImportBench.Phone(1)},Amina again,2026-03-05
            """);

        var done = await ImportBench.RunAsync(core, import);

        Assert.Equal((7, 1, 1, 5), (done.Rows, done.Added, done.Known, done.Refused));
        var rows = new List<ProblemRow>();
        await foreach (var row in (await core.Get<ReadImportProblems>().RunAsync(Caller.System, import, Token))!)
        {
            rows.Add(row);
        }

        Assert.Equal(
            [
                (1, null), (3, RowTrouble.PhoneMissing), (4, RowTrouble.PhoneInvalid), (5, RowTrouble.DateInvalid), (7, RowTrouble.DateInFuture),
                (8, RowTrouble.DateMissing),
            ],
            rows.Select(row => (row.Number, row.Trouble)));
        Assert.Equal("=SUM(A1)", rows[2].Cells[1]);
        Assert.Equal("Omar, \"the\" best", rows[5].Cells[1]);
    }

    [Theory, EveryDatabase]
    public async Task An_import_that_was_killed_goes_on_where_it_was(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        await using var first = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock });
        var import = await ImportBench.UploadAsync(first, ImportBench.Csv(900));
        await ImportBench.CheckAsync(first, import);
        await first.Get<StartImport>().RunAsync(Caller.System, import, Token);
        using var kill = new CancellationTokenSource();
        var beats = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Get<RunImport>().RunNextAsync(
            () =>
            {
                if (++beats == 3)
                {
                    kill.Cancel();
                }
            },
            kill.Token));
        Assert.Equal((ImportState.Running, 400), (await StateAsync(first), (await ImportBench.ReadAsync(first, import)).Rows));
        await first.StopAsync();

        await using var second = await CoreHost.StartAsync(provider, new CoreHostOptions { Clock = clock, RestartOf = first });
        Assert.False(await second.Get<RunImport>().RunNextAsync(() => { }, Token));
        clock.Advance(RunImport.Lease);
        Assert.True(await second.Get<RunImport>().RunNextAsync(() => { }, Token));

        var done = await ImportBench.ReadAsync(second, import);
        Assert.Equal((ImportState.Done, 900, 900, 0, 0), (done.State, done.Rows, done.Added, done.Known, done.Refused));
        Assert.Equal(900, await second.WithDbAsync(db => db.ConsentEntries.CountAsync(Token)));

        Task<ImportState> StateAsync(CoreHost core) => core.WithDbAsync(db => db.ConsentImports.Select(i => i.State).SingleAsync(Token));
    }

    [Fact]
    public async Task Who_halts_an_import_keeps_what_is_written_and_may_let_it_go_on()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var import = await ImportBench.UploadAsync(core, ImportBench.Csv(900));
        await ImportBench.CheckAsync(core, import);
        await core.Get<StartImport>().RunAsync(Caller.System, import, Token);
        var beats = 0;
        await core.Get<RunImport>().RunNextAsync(
            () =>
            {
                if (++beats == 2)
                {
                    core.Get<StopImport>().RunAsync(Caller.System, import, Token).GetAwaiter().GetResult();
                }
            },
            Token);
        Assert.Equal((ImportState.Stopped, 200), ((await ImportBench.ReadAsync(core, import)).State, await EntriesAsync()));

        Assert.True(await core.Get<StartImport>().RunAsync(Caller.System, import, Token));
        await core.Get<RunImport>().RunNextAsync(() => { }, Token);

        Assert.Equal((ImportState.Done, 900), ((await ImportBench.ReadAsync(core, import)).State, await EntriesAsync()));

        Task<int> EntriesAsync() => core.WithDbAsync(db => db.ConsentEntries.CountAsync(Token));
    }

    [Fact]
    public async Task A_worker_that_was_away_too_long_lets_go_of_what_another_went_on_with()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var import = await ImportBench.UploadAsync(core, ImportBench.Csv(900));
        await ImportBench.CheckAsync(core, import);
        await core.Get<StartImport>().RunAsync(Caller.System, import, Token);
        var beats = 0;
        await core.Get<RunImport>().RunNextAsync(
            () =>
            {
                if (++beats == 2)
                {
                    core.WithDbAsync(db => db.ConsentImports.ExecuteUpdateAsync(set => set.SetProperty(i => i.Rows, 600), Token)).GetAwaiter().GetResult();
                }
            },
            Token);

        Assert.Equal((600, 200), ((await ImportBench.ReadAsync(core, import)).Rows, await core.WithDbAsync(db => db.ConsentEntries.CountAsync(Token))));
        Assert.Equal(ImportState.Running, (await ImportBench.ReadAsync(core, import)).State);
    }

    [Theory, EveryDatabase]
    public async Task Somebody_known_gets_the_entry_and_keeps_their_name(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var known = await KnownAsync(core, "Amina");
        var phone = await core.WithDbAsync(db => db.Contacts.Where(c => c.Id == known).Select(c => c.Phone).SingleAsync(Token));

        var done = await ImportBench.RunAsync(core, await ImportBench.UploadAsync(core, $"Phone,Name,Agreed\n+{phone},Someone else,2026-09-01\n"));

        Assert.Equal(1, done.Added);
        var view = (await core.Get<ReadConsent>().RunAsync(Caller.System, known, Token))!;
        Assert.Equal(("Amina", Standing.OptedIn), (view.Name, view.Standing.Marketing.What));
    }

    [Fact]
    public async Task Nothing_is_imported_without_how_by_which_words_for_whom_and_what_proves_it()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var import = await ImportBench.UploadAsync(core, ImportBench.Csv(1));
        ImportTerms[] lacking =
        [
            ImportBench.Terms with { PhoneColumn = null }, ImportBench.Terms with { PhoneCountry = "" }, ImportBench.Terms with { Origin = null },
            ImportBench.Terms with { Origin = ConsentSource.Merge }, ImportBench.Terms with { BusinessName = " " }, ImportBench.Terms with { WordingText = "" },
            ImportBench.Terms with { Evidence = "" }, ImportBench.Terms with { DateColumn = null }, ImportBench.Terms with { NameColumn = 0 },
            ImportBench.Terms with { Jurisdiction = "D" },
        ];

        foreach (var terms in lacking)
        {
            Assert.IsType<CheckImportOutcome.Refused>(await core.Get<CheckImport>().RunAsync(Caller.System, import, terms, Token));
        }

        Assert.False(await core.Get<StartImport>().RunAsync(Caller.System, import, Token));
    }

    [Fact]
    public async Task Agents_do_not_import()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var agent = new Caller(1, "Ana", Role.Agent, null);

        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<StoreImport>().RunAsync(agent, Stream.Null, "a.csv", Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<CheckImport>().RunAsync(agent, 1, ImportBench.Terms, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<StartImport>().RunAsync(agent, 1, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<StopImport>().RunAsync(agent, 1, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ReadImport>().RunAsync(agent, 1, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ReadImportProblems>().RunAsync(agent, 1, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<DropImportFile>().RunAsync(agent, 1, Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => core.Get<ListImports>().RunAsync(agent, Token));
    }

    private static async Task<long> KnownAsync(CoreHost core, string name) =>
        Assert.IsType<AddContactOutcome.Added>(await core.Get<AddContact>().RunAsync(Caller.System, name, ImportBench.Phone(77), Token)).ContactId;
}
