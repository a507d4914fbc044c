using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

public enum TamperKind
{
    /// <summary>An entry is not what was written.</summary>
    EntryChanged = 1,

    /// <summary>An entry is gone.</summary>
    EntryMissing = 2,

    /// <summary>An entry was never linked, or its link is gone.</summary>
    LinkMissing = 3,

    /// <summary>A link is not what was written, or its neighbours are not.</summary>
    LinkChanged = 4,

    /// <summary>The chain ends before the head that is kept outside the database, or is another one.</summary>
    CutOff = 5,

    /// <summary>Where a person stands is not what follows from their entries.</summary>
    StateChanged = 6,

    /// <summary>Where a person stands by their entries is not among the states.</summary>
    StateMissing = 7,

    /// <summary>A person stands somewhere that no entry of theirs leads to.</summary>
    StateExtra = 8,

    /// <summary>The file that proves an entry has no row.</summary>
    FileMissing = 9,

    /// <summary>The row of the file that proves an entry is not what the entry says of it, or another person's.</summary>
    FileChanged = 10,

    /// <summary>The mark of somebody who was erased is gone.</summary>
    MarkMissing = 11,

    /// <summary>A mark is not of the time its entry says.</summary>
    MarkChanged = 12,

    /// <summary>A mark that no entry set, or that one ended.</summary>
    MarkExtra = 13,

    /// <summary>The key that a person's entries are read with is gone, and no entry says that they were erased.</summary>
    KeyMissing = 14,

    /// <summary>The key does not open what was sealed with it.</summary>
    KeyChanged = 15,

    /// <summary>A person's entries were taken from their contact, or given to another, and neither a merge nor an erasure says so.</summary>
    SubjectMoved = 16,

    /// <summary>The row that says whose entries they are is gone.</summary>
    SubjectMissing = 17,

    /// <summary>Who was erased has a key or a contact again.</summary>
    ErasureUndone = 18,
}

/// <summary>What was found. <see cref="EntryId"/> is the row in ConsentEntries; for the head there is none.</summary>
public sealed record Tampering(TamperKind Kind, long? EntryId, long? Sequence)
{
    /// <summary>With a state: whose row of ConsentStates it is.</summary>
    public long? ContactId { get; init; }

    public ConsentPurpose? Purpose { get; init; }

    /// <summary>With a file: its row of ConsentFiles.</summary>
    public Guid? File { get; init; }

    /// <summary>With a mark: its row of ConsentSuppressions.</summary>
    public string? Mark { get; init; }

    /// <summary>Whose entries: the row of ConsentSubjects. With it <see cref="ContactId"/> is the contact it was made for.</summary>
    public long? SubjectId { get; init; }
}

public sealed record ConsentVerdict(long Entries, long Links, long Waiting, bool HeadKnown, IReadOnlyList<Tampering> Found)
{
    public long States { get; init; }

    public long Files { get; init; }

    public long Marks { get; init; }

    public bool IsWhole => Found.Count == 0;
}

/// <summary>Reads the whole registry and says which rows are not what was written, or what follows from it. Entries of the last moments may wait to be linked.</summary>
public sealed class VerifyConsent
{
    private const int Step = 2_000;
    internal const int Enough = 200;

    private readonly Store _store;
    private readonly ConsentSecrets _secrets;
    private readonly ConsentHead _head;

    internal VerifyConsent(Store store, ConsentSecrets secrets, ConsentHead head)
    {
        (_store, _secrets, _head) = (store, secrets, head);
    }

    public Task<ConsentVerdict> RunAsync(CancellationToken cancellationToken) => RunAsync((_, _) => { }, cancellationToken);

    /// <param name="far">Told now and then how many rows were read, of how many.</param>
    internal async Task<ConsentVerdict> RunAsync(Action<long, long> far, CancellationToken cancellationToken)
    {
        // Before the chain is read: what is linked meanwhile only makes it longer.
        var head = await _head.ReadAsync(cancellationToken);
        await using var db = await _store.OpenAsync(cancellationToken);
        var key = await _secrets.ChainKeyAsync(db, cancellationToken);
        List<Tampering> found = [];
        var (done, all) = (0L, await ToReadAsync(db, cancellationToken));
        var entries = await EntriesAsync(db, key, found, Read, cancellationToken);
        var links = await LinksAsync(db, key, head, found, Read, cancellationToken);
        var gone = await db.ConsentWaits.Where(w => !db.ConsentEntries.Any(e => e.Id == w.EntryId))
            .OrderBy(w => w.EntryId).Select(w => w.EntryId).Take(Enough).ToListAsync(cancellationToken);
        gone.ForEach(entryId => Add(found, new Tampering(TamperKind.EntryMissing, entryId, null)));
        var isAdopted = !await AdoptMarks.IsDueAsync(db, cancellationToken);
        var marks = await VerifyMarks.RunAsync(db, isAdopted, found, Read, cancellationToken);
        await VerifySubjects.RunAsync(db, isAdopted, found, Read, cancellationToken);
        var states = await VerifyStates.RunAsync(db, found, Read, cancellationToken);
        var files = await VerifyFiles.RunAsync(db, _secrets, found, Read, cancellationToken);
        var waiting = await db.ConsentWaits.LongCountAsync(cancellationToken);
        return new ConsentVerdict(entries, links, waiting, head is not null, [.. found.Take(Enough)]) { Marks = marks, States = states, Files = files };

        void Read(int rows) => far(done = Math.Min(done + rows, all), all);
    }

    /// <summary>Entries are read once for what they say and once for what they name.</summary>
    private static async Task<long> ToReadAsync(WaConsoleDb db, CancellationToken cancellationToken) =>
        (2 * await db.ConsentEntries.LongCountAsync(cancellationToken))
        + await db.ConsentLinks.LongCountAsync(cancellationToken)
        + await db.ConsentSubjects.LongCountAsync(s => s.ContactId != null, cancellationToken)
        + await db.ConsentSuppressions.LongCountAsync(cancellationToken);

    private static async Task<long> EntriesAsync(WaConsoleDb db, byte[] key, List<Tampering> found, Action<int> read, CancellationToken cancellationToken)
    {
        var (count, last) = (0L, 0L);
        while (true)
        {
            var page = await db.ConsentEntries.AsNoTracking().Where(e => e.Id > last).OrderBy(e => e.Id).Take(Step)
                .Select(e => new
                {
                    Entry = e,
                    IsKnown = db.ConsentLinks.Any(l => l.EntryId == e.Id) || db.ConsentWaits.Any(w => w.EntryId == e.Id),
                })
                .ToListAsync(cancellationToken);
            foreach (var row in page)
            {
                if (!CryptographicOperations.FixedTimeEquals(EntryMac.Of(key, row.Entry), row.Entry.Mac))
                {
                    Add(found, new Tampering(TamperKind.EntryChanged, row.Entry.Id, null));
                }
                else if (!row.IsKnown)
                {
                    Add(found, new Tampering(TamperKind.LinkMissing, row.Entry.Id, null));
                }
            }

            read(page.Count);
            if (page.Count == 0)
            {
                return count;
            }

            (count, last) = (count + page.Count, page[^1].Entry.Id);
        }
    }

    private static async Task<long> LinksAsync(
        WaConsoleDb db, byte[] key, ConsentHead.Head? head, List<Tampering> found, Action<int> read, CancellationToken cancellationToken)
    {
        var (count, before) = (0L, new ConsentLink());
        var headSeen = head is null;
        while (true)
        {
            var behind = before.Sequence;
            var page = await (from link in db.ConsentLinks.AsNoTracking()
                              where link.Sequence > behind
                              orderby link.Sequence
                              join entry in db.ConsentEntries on link.EntryId equals entry.Id into written
                              from entry in written.DefaultIfEmpty()
                              select new { Link = link, EntryMac = entry == null ? null : entry.Mac })
                .Take(Step).ToListAsync(cancellationToken);
            foreach (var row in page)
            {
                var link = row.Link;
                for (var gone = before.Sequence + 1; gone < link.Sequence && found.Count < Enough; gone++)
                {
                    Add(found, new Tampering(TamperKind.LinkMissing, null, gone));
                }

                if (row.EntryMac is null)
                {
                    Add(found, new Tampering(TamperKind.EntryMissing, link.EntryId, link.Sequence));
                }
                else if (!CryptographicOperations.FixedTimeEquals(
                    EntryMac.OfLink(key, before.Mac, link.Sequence, link.EntryId, row.EntryMac), link.Mac))
                {
                    Add(found, new Tampering(TamperKind.LinkChanged, link.EntryId, link.Sequence));
                }

                headSeen |= head is not null && head.Sequence == link.Sequence && CryptographicOperations.FixedTimeEquals(head.Mac, link.Mac);
                before = link;
            }

            read(page.Count);
            if (page.Count == 0)
            {
                break;
            }

            count += page.Count;
        }

        // First, whatever else there is.
        if (!headSeen)
        {
            found.Insert(0, new Tampering(TamperKind.CutOff, null, head!.Sequence));
        }

        return count;
    }

    /// <summary>Of a registry that is wrong all over, the beginning is enough to know it by.</summary>
    private static void Add(List<Tampering> found, Tampering one)
    {
        if (found.Count < Enough)
        {
            found.Add(one);
        }
    }
}
