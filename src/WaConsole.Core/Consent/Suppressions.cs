using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// What is left of somebody who was erased: that whoever has this number or id must not be sent marketing on what was agreed to before. The
/// mark is an HMAC with a key of its own, drawn from the chain's: whoever has the table cannot try out numbers without it.
/// </summary>
internal static class Suppressions
{
    public static string MarkOf(byte[] chainKey, IdentifierKind kind, string scope, string matchKey) => MarkOf(chainKey, "suppressions"u8, kind, scope, matchKey);

    /// <summary>The mark beside it, of somebody who had stopped everything.</summary>
    private static string EverythingMarkOf(byte[] chainKey, IdentifierKind kind, string scope, string matchKey) =>
        MarkOf(chainKey, "suppressions of everything"u8, kind, scope, matchKey);

    private static string MarkOf(byte[] chainKey, ReadOnlySpan<byte> of, IdentifierKind kind, string scope, string matchKey)
    {
        Span<byte> key = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(chainKey, of, key);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{(int)kind}\n{scope}\n{matchKey}")));
    }

    /// <summary>A mark for each number and id of a person, also of those they had before: for the entry that sets them.</summary>
    /// <param name="everything">They had stopped everything, not only offers.</param>
    public static async Task<IReadOnlyList<string>> ToSetAsync(
        WaConsoleDb db, IReadOnlyList<ContactIdentifier> identifiers, bool everything, CancellationToken cancellationToken)
    {
        await ConsentLock.TakeAsync(db, cancellationToken);
        var marks = await MarksAsync(db, identifiers, MarkOf, cancellationToken);
        if (everything)
        {
            marks.AddRange(await MarksAsync(db, identifiers, EverythingMarkOf, cancellationToken));
        }

        return marks;
    }

    /// <param name="atUtc">The time of the entry that sets them.</param>
    public static async Task SetAsync(WaConsoleDb db, IReadOnlyList<string> marks, DateTime atUtc, CancellationToken cancellationToken)
    {
        var known = await db.ConsentSuppressions.Where(s => marks.Contains(s.Mark)).ToListAsync(cancellationToken);
        known.ForEach(mark => mark.AtUtc = atUtc);
        db.ConsentSuppressions.AddRange(
            marks.Except(known.Select(mark => mark.Mark)).Select(mark => new ConsentSuppression { Mark = mark, AtUtc = atUtc }));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// Takes away the marks of having stopped everything, when the person themselves says what leaves nothing stopped but offers: START, or that
    /// they agree. That they were erased stays on record. The caller's entry names them.
    /// </summary>
    /// <returns>The marks that were taken away.</returns>
    public static async Task<IReadOnlyList<string>> EndAsync(WaConsoleDb db, Contact contact, NewConsent said, CancellationToken cancellationToken)
    {
        if (!said.ByThemselves || said.Action is not (ConsentAction.StopLifted or ConsentAction.Granted or ConsentAction.Renewed))
        {
            return [];
        }

        var marks = await MarksAsync(db, contact.Identifiers.Where(i => i.RetiredAtUtc is null), EverythingMarkOf, cancellationToken);
        if (!await db.ConsentSuppressions.AnyAsync(s => marks.Contains(s.Mark), cancellationToken) || await StaysStoppedAsync(db, contact, said, cancellationToken))
        {
            return [];
        }

        await ConsentLock.TakeAsync(db, cancellationToken);
        var ended = await db.ConsentSuppressions.Where(s => marks.Contains(s.Mark)).ToListAsync(cancellationToken);
        db.ConsentSuppressions.RemoveRange(ended);
        await db.SaveChangesAsync(cancellationToken);
        return [.. ended.Select(mark => mark.Mark)];
    }

    /// <summary>Whether anything but offers is still stopped after what they said now: the mark keeps no kinds.</summary>
    private static async Task<bool> StaysStoppedAsync(WaConsoleDb db, Contact contact, NewConsent said, CancellationToken cancellationToken)
    {
        var now = db.GetService<TimeProvider>().GetUtcNow().UtcDateTime;
        var lines = await DeriveStates.LinesAsync(db, contact.Id, cancellationToken);
        lines.Add(new LedgerLine(
            long.MaxValue, 0, said.Purpose, said.Action, said.Source, EntryMac.Kept(KeepConsent.HappenedAt(said, now)), EntryMac.Kept(now), said.ExpiresAtUtc,
            ProofRules.IsComplete(said.Cleaned()), said.Jurisdiction, null));
        return IsStopped(purpose => ConsentLedger.Stand(lines, purpose).What);
    }

    /// <summary>Of a stop a mark keeps no kinds: whoever stopped more than offers is left alone in everything, which is never too little.</summary>
    public static bool IsStopped(Func<ConsentPurpose, Standing> stands) =>
        ConsentLedger.Purposes.Any(purpose => purpose != ConsentPurpose.Marketing && stands(purpose) == Standing.OptedOut);

    /// <summary>Of these phone numbers, by their match keys, those that were erased.</summary>
    public static async Task<IReadOnlySet<string>> AmongPhonesAsync(
        WaConsoleDb db, IReadOnlyCollection<string> matchKeys, CancellationToken cancellationToken)
    {
        var chainKey = await db.GetService<ConsentSecrets>().ChainKeyAsync(db, cancellationToken);
        var byMark = matchKeys.Distinct().ToDictionary(key => MarkOf(chainKey, IdentifierKind.Phone, "", key));
        var marks = byMark.Keys.ToArray();
        var found = await db.ConsentSuppressions.Where(s => EF.Parameter(marks).Contains(s.Mark)).Select(s => s.Mark).ToListAsync(cancellationToken);
        return found.Select(mark => byMark[mark]).ToHashSet();
    }

    /// <summary>Whether somebody with a number or id of this person was erased. Its identifiers are loaded.</summary>
    public static async Task<bool> HoldsAsync(WaConsoleDb db, Contact contact, CancellationToken cancellationToken)
    {
        var marks = await MarksAsync(db, contact.Identifiers.Where(i => i.RetiredAtUtc is null), MarkOf, cancellationToken);
        return await db.ConsentSuppressions.AnyAsync(s => marks.Contains(s.Mark), cancellationToken);
    }

    /// <summary>When people with these numbers and ids were erased, and whether they had stopped everything. For who asks what is known of them.</summary>
    public static async Task<IReadOnlyList<(DateTime AtUtc, bool Everything)>> OfAsync(
        WaConsoleDb db, IReadOnlyList<ContactIdentifier> identifiers, CancellationToken cancellationToken)
    {
        if (!await db.ConsentSuppressions.AnyAsync(cancellationToken))
        {
            return [];
        }

        var everything = await MarksAsync(db, identifiers, EverythingMarkOf, cancellationToken);
        var marks = (await MarksAsync(db, identifiers, MarkOf, cancellationToken)).Concat(everything).ToArray();
        var found = await db.ConsentSuppressions.Where(s => EF.Parameter(marks).Contains(s.Mark)).OrderBy(s => s.AtUtc).ThenBy(s => s.Mark).ToListAsync(cancellationToken);
        return [.. found.Select(mark => (mark.AtUtc, everything.Contains(mark.Mark)))];
    }

    /// <summary>
    /// Somebody who was erased is here again, by a message of theirs or a colleague's hand. Before the first entry comes the one that says so:
    /// what was agreed to before it counts for nothing, what they agree to from now on does. The contact is locked, its identifiers are loaded.
    /// </summary>
    public static async Task HonourAsync(WaConsoleDb db, Contact contact, CancellationToken cancellationToken)
    {
        var marks = await MarksAsync(db, contact.Identifiers.Where(i => i.RetiredAtUtc is null), MarkOf, cancellationToken);
        var erased = await db.ConsentSuppressions.Where(s => marks.Contains(s.Mark)).MaxAsync(s => (DateTime?)s.AtUtc, cancellationToken);
        if (erased is not { } at
            || (await DeriveStates.LinesAsync(db, contact.Id, cancellationToken)).Exists(line => line.Source == ConsentSource.Erasure && line.AtUtc >= EntryMac.Kept(at)))
        {
            return;
        }

        var subject = await KeepConsent.SubjectAsync(db, contact.Id, cancellationToken);
        var purpose = (await WithoutEverythingAsync(db, [.. contact.Identifiers], cancellationToken)).Contains(contact.Id) ? ConsentPurpose.All : ConsentPurpose.Marketing;
        await KeepConsent.AppendAsync(
            db, contact, subject, new NewConsent(purpose, ConsentAction.Erased, ConsentSource.Erasure, at), cancellationToken);
    }

    /// <summary>Of these contacts those who were erased after they had stopped everything.</summary>
    public static async Task<IReadOnlySet<long>> WithoutEverythingAsync(WaConsoleDb db, IReadOnlyCollection<long> contactIds, CancellationToken cancellationToken)
    {
        var ids = contactIds.ToArray();
        return ids.Length == 0 || !await db.ConsentSuppressions.AnyAsync(cancellationToken)
            ? new HashSet<long>()
            : await WithoutEverythingAsync(
                db, await db.ContactIdentifiers.AsNoTracking().Where(i => ids.Contains(i.ContactId) && i.RetiredAtUtc == null).ToListAsync(cancellationToken), cancellationToken);
    }

    private static async Task<IReadOnlySet<long>> WithoutEverythingAsync(
        WaConsoleDb db, IReadOnlyList<ContactIdentifier> identifiers, CancellationToken cancellationToken)
    {
        var chainKey = await db.GetService<ConsentSecrets>().ChainKeyAsync(db, cancellationToken);
        var ofPeople = identifiers.Where(i => i.RetiredAtUtc is null && IsMarked(i))
            .Select(i => (i.ContactId, Mark: EverythingMarkOf(chainKey, i.Kind, i.Scope, i.MatchKey))).ToList();
        var marks = ofPeople.Select(one => one.Mark).Distinct().ToArray();
        var found = await db.ConsentSuppressions.Where(s => EF.Parameter(marks).Contains(s.Mark)).Select(s => s.Mark).ToListAsync(cancellationToken);
        return ofPeople.Where(one => found.Contains(one.Mark)).Select(one => one.ContactId).ToHashSet();
    }

    private static async Task<List<string>> MarksAsync(
        WaConsoleDb db, IEnumerable<ContactIdentifier> identifiers, Func<byte[], IdentifierKind, string, string, string> markOf, CancellationToken cancellationToken)
    {
        var chainKey = await db.GetService<ConsentSecrets>().ChainKeyAsync(db, cancellationToken);
        return
        [
            .. identifiers
                .Where(IsMarked)
                .Select(i => markOf(chainKey, i.Kind, i.Scope, i.MatchKey))
                .Distinct(),
        ];
    }

    private static bool IsMarked(ContactIdentifier identifier) =>
        identifier.Kind is IdentifierKind.Phone or IdentifierKind.UserId or IdentifierKind.ParentUserId;
}
