using System.Text;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Media;
using WaConsole.Core.OptIns;
using WaConsole.Core.Rights;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Tests.Contacts;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.OptIns;

public sealed class ProofTests
{
    private static readonly byte[] Scan = Encoding.UTF8.GetBytes("A scan of what Amina signed at the till.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, EveryDatabase]
    public async Task A_file_proves_an_entry_lies_encrypted_opens_for_whoever_sees_the_person_and_goes_with_them(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var ana = await new SeedAgent("Ana", Role.Admin).WriteAsync(core.Get<Store>());
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        var stored = await StoreAsync(core, ana, "till\u202Efdp.exe");
        var path = core.Get<MediaStore>().PathOf(stored.Key);

        Assert.True(Assert.IsType<RecordOptInOutcome.Recorded>(await RecordAsync(core, ana, person, stored.Key)).Complete);

        Assert.Equal(-1, (await File.ReadAllBytesAsync(path, Token)).AsSpan().IndexOf("Amina"u8));
        var opened = (await core.Get<OpenProof>().RunAsync(ana, stored.Key, Token))!;
        Assert.Equal(Scan, opened.Bytes);
        Assert.DoesNotContain('\u202E', opened.FileName);
        Assert.Equal(stored.Key, (await core.Get<ReadConsent>().RunAsync(ana, person, Token))!.Lines[0].Evidence!.File);
        await core.WithDbAsync(db => db.ConsentEntries.ExecuteUpdateAsync(set => set.SetProperty(e => e.NumberId, core.NumberId + 1), Token));
        Assert.Null(await core.Get<OpenProof>().RunAsync(ana with { Numbers = new HashSet<long> { core.NumberId } }, stored.Key, Token));
        Assert.NotNull(await core.Get<OpenProof>().RunAsync(ana, stored.Key, Token));
        Assert.Null(await core.Get<OpenProof>().RunAsync(new Caller(99, "Stranger", Role.Agent, new HashSet<long>()), stored.Key, Token));
        Assert.Contains(new AuditDetail.ProofFile().Write(), await core.WithDbAsync(db => db.ConsentAudits.Where(a => a.PersonId == person).Select(a => a.Detail).ToListAsync(Token)));

        Assert.IsType<ErasePersonOutcome.Erased>(await core.Get<ErasePerson>().RunAsync(ana, person, "Amina", Token));
        Assert.False(File.Exists(path));
        Assert.Null(await core.Get<OpenProof>().RunAsync(ana, stored.Key, Token));
    }

    [Theory, EveryDatabase]
    public async Task A_row_of_a_file_that_was_changed_or_removed_is_found_and_named_and_erasure_still_verifies(DatabaseProvider provider)
    {
        await using var core = await CoreHost.StartAsync(provider);
        var ana = await new SeedAgent("Ana", Role.Admin).WriteAsync(core.Get<Store>());
        var (person, gone) = (await MergePeopleTests.ContactAsync(core, "Amina"), await MergePeopleTests.ContactAsync(core, "Bruno"));
        var (stored, others) = (await StoreAsync(core, ana, "scan.pdf"), await StoreAsync(core, ana, "other.pdf"));
        var entry = Assert.IsType<RecordOptInOutcome.Recorded>(await RecordAsync(core, ana, person, stored.Key)).EntryId;
        await RecordAsync(core, ana, gone, others.Key);
        Assert.IsType<ErasePersonOutcome.Erased>(await core.Get<ErasePerson>().RunAsync(ana, gone, "Bruno", Token));
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.Empty(await FoundAsync());
        var before = await core.WithDbAsync(db => db.ConsentFiles.AsNoTracking().SingleAsync(Token));

        await core.WithDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE \"ConsentFiles\" SET \"Sha256\" = {new string('0', 64)}", Token));
        Assert.Equal([Named(TamperKind.FileChanged)], await FoundAsync());
        await core.WithDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE \"ConsentFiles\" SET \"Sha256\" = {before.Sha256}, \"FileName\" = 'other.pdf'", Token));
        Assert.Equal([Named(TamperKind.FileChanged)], await FoundAsync());
        await core.WithDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE \"ConsentFiles\" SET \"FileName\" = {before.FileName}, \"SubjectId\" = NULL", Token));
        Assert.Equal([Named(TamperKind.FileChanged)], await FoundAsync());
        await core.WithDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE \"ConsentFiles\" SET \"SubjectId\" = {before.SubjectId}", Token));
        Assert.Empty(await FoundAsync());

        // As an entry of form 1 was sealed: without what the row said.
        await core.WithDbAsync(async db =>
        {
            var (kept, subject) = (await db.ConsentEntries.SingleAsync(e => e.Id == entry, Token), await db.ConsentSubjects.SingleAsync(s => s.Id == before.SubjectId, Token));
            var secrets = core.Get<ConsentSecrets>();
            var part = secrets.Open(subject.KeyProtected, subject.Id, kept.Sealed)!;
            Assert.Equal(before.Sha256, part.FileSha256);
            kept.Form = 1;
            kept.Sealed = secrets.Seal(subject.KeyProtected!, subject.Id, part with { FileSha256 = null, FileRow = null });
            var key = await secrets.ChainKeyAsync(db, Token);
            kept.Mac = EntryMac.Of(key, kept);
            await db.ConsentLinks.ExecuteDeleteAsync(Token);
            db.ConsentWaits.AddRange(await db.ConsentEntries.Select(e => new ConsentWait { EntryId = e.Id }).ToListAsync(Token));
            await db.SaveChangesAsync(Token);
        });
        File.Delete(Path.Combine(core.MediaRoot, "consent-head.json"));
        await core.Get<LinkEntries>().RunAsync(Token);
        Assert.Empty(await FoundAsync());
        await core.WithDbAsync(db => db.Database.ExecuteSqlAsync($"DELETE FROM \"ConsentFiles\"", Token));
        Assert.Equal([Named(TamperKind.FileMissing)], await FoundAsync());

        Tampering Named(TamperKind kind) => new(kind, entry, null) { File = stored.Key };
        async Task<IReadOnlyList<Tampering>> FoundAsync() => (await core.Get<VerifyConsent>().RunAsync(Token)).Found;
    }

    [Fact]
    public async Task A_file_proves_one_entry_and_only_whoever_uploaded_it_names_it()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var (ana, jonas) = (await new SeedAgent("Ana").WriteAsync(core.Get<Store>()), await new SeedAgent("Jonas").WriteAsync(core.Get<Store>()));
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        var stored = await StoreAsync(core, ana, "scan.pdf");

        Assert.Contains("Choose it again", Assert.IsType<RecordOptInOutcome.Refused>(await RecordAsync(core, jonas, person, stored.Key)).Sentence, StringComparison.Ordinal);
        Assert.IsType<RecordOptInOutcome.Recorded>(await RecordAsync(core, ana, person, stored.Key));
        Assert.IsType<RecordOptInOutcome.Refused>(await RecordAsync(core, ana, person, stored.Key));
    }

    [Fact]
    public async Task What_is_empty_or_too_big_is_refused_and_bytes_that_were_exchanged_do_not_open()
    {
        await using var core = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        var ana = await new SeedAgent("Ana").WriteAsync(core.Get<Store>());
        var person = await MergePeopleTests.ContactAsync(core, "Amina");
        var (one, other) = (await StoreAsync(core, ana, "one.pdf"), await StoreAsync(core, ana, "other.pdf"));
        await RecordAsync(core, ana, person, one.Key);
        var store = core.Get<StoreProof>();

        Assert.IsType<StoreProofOutcome.Refused>(await store.RunAsync(ana, new MemoryStream(), "a.pdf", Token));
        Assert.IsType<StoreProofOutcome.Refused>(await store.RunAsync(ana, new MemoryStream(new byte[StoreProof.MaxBytes + 1]), "a.pdf", Token));
        await Assert.ThrowsAsync<NotAllowedException>(() => store.RunAsync(new Caller(8, "Mira", Role.Marketer, null), new MemoryStream(Scan), "a.pdf", Token));
        File.Copy(core.Get<MediaStore>().PathOf(other.Key), core.Get<MediaStore>().PathOf(one.Key), overwrite: true);
        Assert.Null(await core.Get<OpenProof>().RunAsync(ana, one.Key, Token));
    }

    private static async Task<StoreProofOutcome.Stored> StoreAsync(CoreHost core, Caller caller, string name) =>
        Assert.IsType<StoreProofOutcome.Stored>(await core.Get<StoreProof>().RunAsync(caller, new MemoryStream(Scan), name, Token));

    private static Task<RecordOptInOutcome> RecordAsync(CoreHost core, Caller caller, long person, Guid file) => core.Get<RecordOptIn>().RunAsync(
        caller,
        person,
        new OptInRequest(ConsentPurpose.Marketing, ConsentSource.Paper, LawfulBasis.Consent, "DE")
        {
            BusinessName = "Cafe Luna",
            WordingText = "Cafe Luna may send me offers over WhatsApp. I can stop by writing STOP. Privacy: https://luna.example/privacy",
            WordingLanguage = "en",
            Evidence = new ConsentEvidence { File = file },
        },
        Token);
}
