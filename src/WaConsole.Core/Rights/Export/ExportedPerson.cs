using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Rights.Export;

/// <summary>
/// Whose rows are read, and the names of what they refer to. A person has few identifiers, and a conversation with each number of the
/// business: these are read once; everything else is read in pages.
/// </summary>
internal sealed record ExportedPerson(WaConsoleDb Db, ConsentSecrets Secrets, long[] Ids)
{
    public required IReadOnlyList<ContactIdentifier> Identifiers { get; init; }

    /// <summary>Those they have now: a number that was theirs may be somebody else's by now.</summary>
    public IEnumerable<ContactIdentifier> Present => Identifiers.Where(i => i.RetiredAtUtc is null);

    public required long[] Threads { get; init; }

    public required long[] Subjects { get; init; }

    /// <summary>Numbers of the business, with whom a testing number may write to.</summary>
    public required IReadOnlyDictionary<long, (string Shown, string Testers)> Numbers { get; init; }

    public required IReadOnlyDictionary<long, string> Accounts { get; init; }

    public required IReadOnlyDictionary<long, string> Agents { get; init; }

    public required IReadOnlyDictionary<long, string> Programs { get; init; }

    public static async Task<ExportedPerson> ReadAsync(WaConsoleDb db, long[] ids, ConsentSecrets secrets, CancellationToken cancellationToken) =>
        new(db, secrets, ids)
        {
            Identifiers = await db.ContactIdentifiers.Where(i => ids.Contains(i.ContactId)).OrderBy(i => i.Id).ToListAsync(cancellationToken),
            Threads = await db.Conversations.Where(c => ids.Contains(c.ContactId)).OrderBy(c => c.Id).Select(c => c.Id).ToArrayAsync(cancellationToken),
            Subjects = await db.ConsentSubjects.Where(s => s.ContactId != null && ids.Contains(s.ContactId.Value)).OrderBy(s => s.Id).Select(s => s.Id)
                .ToArrayAsync(cancellationToken),
            Numbers = (await db.Numbers.Select(n => new { n.Id, n.DisplayPhoneNumber, n.Testers }).ToListAsync(cancellationToken))
                .ToDictionary(n => n.Id, n => (n.DisplayPhoneNumber, n.Testers)),
            Accounts = await db.BusinessAccounts.ToDictionaryAsync(a => a.Id, a => a.Name, cancellationToken),
            Agents = await db.Users.ToDictionaryAsync(a => a.Id, a => a.DisplayName, cancellationToken),
            Programs = await db.ApiKeys.ToDictionaryAsync(k => k.Id, k => k.Name, cancellationToken),
        };

    public string? Number(long? id) => id is { } known && Numbers.TryGetValue(known, out var number) ? number.Shown : null;

    public string? Account(long id) => Accounts.GetValueOrDefault(id);

    public string? Agent(long? id) => id is { } known ? Agents.GetValueOrDefault(known) : null;

    public string? Program(long? id) => id is { } known ? Programs.GetValueOrDefault(known) : null;
}
