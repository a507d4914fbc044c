using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Countries;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.OptIns.Imports;

/// <summary>What came of some rows.</summary>
internal sealed record RowsTaken(int Added, int Known, IReadOnlyList<ConsentImportProblem> Problems)
{
    /// <summary>Who would be added for which business, of a check: a list may hold somebody twice.</summary>
    public IReadOnlyList<string> New { get; init; } = [];
}

/// <summary>
/// Some rows of an import in the caller's transaction: looked up together, decided one by one, written together. A row says something new
/// when no consent as late and as well proven is known of the person for the business; so a second run of the same file adds nothing. Stops
/// stand: an import never ends one, and never brings back somebody who was erased.
/// </summary>
internal sealed class TakeRows(ConsentSecrets secrets, TimeProvider clock)
{
    /// <summary>Decides and writes nothing.</summary>
    public async Task<RowsTaken> CheckAsync(
        WaConsoleDb db, ConsentImport import, ImportTerms terms, IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        var known = await LookUpAsync(db, terms, rows, mayWrite: false, cancellationToken);
        var plan = Decide(import, terms, rows, known!);
        return new RowsTaken(plan.News.Count, plan.Known, plan.Problems) { New = [.. plan.News.Select(row => $"{known!.Who(row)} {row.ForWhom}")] };
    }

    /// <returns>Null when somebody else holds one of the people: to be tried again.</returns>
    public async Task<RowsTaken?> WriteAsync(
        WaConsoleDb db, ConsentImport import, ImportTerms terms, IReadOnlyList<ImportRow> rows, ChangeSet changes, CancellationToken cancellationToken)
    {
        if (await LookUpAsync(db, terms, rows, mayWrite: true, cancellationToken) is not { } known)
        {
            return null;
        }

        var plan = Decide(import, terms, rows, known);
        if (plan.News.Count > 0)
        {
            await WriteAsync(db, import, terms, plan.News, known, changes, cancellationToken);
        }

        return new RowsTaken(plan.News.Count, plan.Known, plan.Problems);
    }

    private static Plan Decide(ConsentImport import, ImportTerms terms, IReadOnlyList<ImportRow> rows, KnownPeople known)
    {
        List<ImportRow> news = [];
        List<ConsentImportProblem> problems = [];
        var newest = rows.Where(row => row.Trouble is null).GroupBy(row => (known.Who(row), row.ForWhom))
            .ToDictionary(group => group.Key, group => group.MaxBy(row => row.AtUtc)!.Number);
        var same = 0;
        foreach (var row in rows)
        {
            if ((row.Trouble ?? known.TroubleOf(row, terms.Purpose)) is { } trouble)
            {
                problems.Add(new ConsentImportProblem { ImportId = import.Id, Row = row.Number, Trouble = trouble });
            }
            else if (newest[(known.Who(row), row.ForWhom)] != row.Number || known.Says(row, terms.Purpose, Complete(terms, row)))
            {
                same++;
            }
            else
            {
                news.Add(row);
            }
        }

        return new Plan(news, same, problems);
    }

    private async Task<KnownPeople?> LookUpAsync(
        WaConsoleDb db, ImportTerms terms, IReadOnlyList<ImportRow> rows, bool mayWrite, CancellationToken cancellationToken)
    {
        var keys = rows.Where(row => row.Trouble is null).Select(row => row.MatchKey).Distinct().ToArray();
        var holders = await db.ContactIdentifiers.AsNoTracking()
            .Where(i => EF.Parameter(keys).Contains(i.MatchKey) && i.Kind == IdentifierKind.Phone && i.RetiredAtUtc == null)
            .ToDictionaryAsync(i => i.MatchKey, i => i.ContactId, cancellationToken);
        var ids = holders.Values.Distinct().Order().ToArray();
        if (mayWrite && ids.Length > 0 && db.Database.IsNpgsql()
            && (await db.Database.SqlQuery<long>($"""SELECT "Id" FROM "Contacts" WHERE "Id" = ANY({ids}) ORDER BY "Id" FOR UPDATE SKIP LOCKED""")
                .ToListAsync(cancellationToken)).Count < ids.Length)
        {
            // Waiting for one while holding others is how two writers wait for each other for ever.
            return null;
        }

        var contacts = await (mayWrite ? (IQueryable<Contact>)db.Contacts.Include(c => c.Identifiers) : db.Contacts.AsNoTracking())
            .Where(c => EF.Parameter(ids).Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        return new KnownPeople(
            holders,
            contacts,
            await ReadStandings.OfAsync(db, ids, clock.GetUtcNow().UtcDateTime, cancellationToken),
            await ReadStandings.LinesAsync(db, ids, cancellationToken),
            await Suppressions.AmongPhonesAsync(db, keys, cancellationToken));
    }

    private async Task WriteAsync(
        WaConsoleDb db, ConsentImport import, ImportTerms terms, List<ImportRow> news, KnownPeople known, ChangeSet changes,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var added = new Dictionary<string, Contact>(StringComparer.Ordinal);
        var told = news.ConvertAll(row => (Row: row, Contact: PersonOf(db, row, known, added, now)));
        await db.SaveChangesAsync(cancellationToken);

        List<Contact> people = [.. told.Select(one => one.Contact).Distinct()];
        var ids = people.ConvertAll(contact => contact.Id).ToArray();
        var subjects = (await db.ConsentSubjects
                .Where(s => s.ContactId != null && EF.Parameter(ids).Contains(s.ContactId.Value) && s.MadeFor == s.ContactId && s.KeyProtected != null)
                .OrderBy(s => s.Id)
                .ToListAsync(cancellationToken))
            .GroupBy(s => s.MadeFor).ToDictionary(g => g.Key, g => g.First());
        foreach (var id in ids.Where(id => !subjects.ContainsKey(id)))
        {
            subjects[id] = new ConsentSubject { ContactId = id, MadeFor = id, KeyProtected = secrets.NewPersonKey() };
            db.ConsentSubjects.Add(subjects[id]);
        }

        await db.SaveChangesAsync(cancellationToken);
        var key = await secrets.ChainKeyAsync(db, cancellationToken);
        var renewal = await ReadRenewal.ApplyAsync(db, cancellationToken);
        var entries = told.ConvertAll(one =>
            KeepConsent.Seal(
                secrets, key, one.Contact, subjects[one.Contact.Id],
                renewal.Dated(EntryOf(import, terms, one.Row, one.Contact)).Renewing([.. known.Lines[one.Contact.Id]]), now));
        db.ConsentEntries.AddRange(entries);
        await db.SaveChangesAsync(cancellationToken);
        db.ConsentWaits.AddRange(entries.Select(entry => new ConsentWait { EntryId = entry.Id }));
        await DeriveStates.ApplyAsync(db, people, cancellationToken);
        await TellAsync(db, [.. ids.Where(known.Contacts.ContainsKey)], changes, cancellationToken);
    }

    private static Contact PersonOf(WaConsoleDb db, ImportRow row, KnownPeople known, Dictionary<string, Contact> added, DateTime now)
    {
        var contact = known.Of(row) ?? added.GetValueOrDefault(row.MatchKey);
        if (contact is null)
        {
            contact = new Contact { CreatedAtUtc = now };
            ResolveContact.Learn(contact, new PersonIdentity("", Phone: row.Phone), null, now);
            db.Contacts.Add(contact);
            added[row.MatchKey] = contact;
        }

        if (row.Name.Length > 0 && contact is { GivenName: null, ProfileName.Length: 0 })
        {
            contact.GivenName = row.Name;
            contact.SearchText = ContactSearchText.Of(contact);
        }

        return contact;
    }

    private static NewConsent EntryOf(ConsentImport import, ImportTerms terms, ImportRow row, Contact contact) =>
        new(terms.Purpose, ConsentAction.Granted, ConsentSource.Import, row.AtUtc)
        {
            TimeZone = row.TimeZone,
            BusinessName = row.Business,
            NumberId = row.NumberId,
            Wording = terms.ShownFor(row.Business),
            PrivacyVersion = row.PrivacyVersion,
            ExpiresAtUtc = row.ExpiresAtUtc,
            Basis = terms.Basis,
            Jurisdiction = LawOf(terms, contact.Country),
            ActorId = import.ByAgentId,
            ActorName = import.ByName,
            Evidence = new ConsentEvidence
            {
                Note = row.Evidence,
                Shown = terms.WordingText,
                FormJson = JsonSerializer.Serialize(new { import = import.Id, row = row.Number, file = import.Sha256, origin = terms.Origin?.ToString() }),
            },
        };

    private static string? LawOf(ImportTerms terms, string? country) => terms.Jurisdiction.Length > 0 ? terms.Jurisdiction : country;

    private static bool Complete(ImportTerms terms, ImportRow row) => ProofRules.IsComplete(
        new NewConsent(terms.Purpose, ConsentAction.Granted, ConsentSource.Import, row.AtUtc)
        {
            BusinessName = row.Business,
            Wording = terms.ShownFor(row.Business),
            Basis = terms.Basis,
            Jurisdiction = LawOf(terms, CountryOf.Person(row.Phone, null)),
            Evidence = new ConsentEvidence { Note = row.Evidence },
        });

    /// <summary>Who is open on a screen learns of it; who is new is on none.</summary>
    private static async Task TellAsync(WaConsoleDb db, long[] contactIds, ChangeSet changes, CancellationToken cancellationToken)
    {
        if (contactIds.Length == 0)
        {
            return;
        }

        var threads = await db.Conversations.Where(c => EF.Parameter(contactIds).Contains(c.ContactId)).Select(c => new { c.NumberId, c.Id }).ToListAsync(cancellationToken);
        threads.ForEach(thread => changes.Header(thread.NumberId, thread.Id));
        Array.ForEach(contactIds, id => changes.Add(new ContactChanged(id)));
    }

    private sealed record Plan(List<ImportRow> News, int Known, IReadOnlyList<ConsentImportProblem> Problems);

    private sealed record KnownPeople(
        Dictionary<string, long> Holders, Dictionary<long, Contact> Contacts, IReadOnlyDictionary<long, ConsentStanding> Standings,
        ILookup<long, LedgerLine> Lines, IReadOnlySet<string> Erased)
    {
        /// <summary>A person may have two numbers.</summary>
        public string Who(ImportRow row) => Holders.TryGetValue(row.MatchKey, out var id) ? $"#{id}" : row.MatchKey;

        public Contact? Of(ImportRow row) => Holders.TryGetValue(row.MatchKey, out var id) ? Contacts[id] : null;

        public RowTrouble? TroubleOf(ImportRow row, ConsentPurpose purpose)
        {
            if (Erased.Contains(row.MatchKey))
            {
                return RowTrouble.Erased;
            }

            var purposes = purpose == ConsentPurpose.All ? ConsentLedger.Purposes : [purpose];
            return Of(row) is { } contact
                && ((contact.OptedOutAtUtc is not null && purposes.Contains(ConsentPurpose.Marketing))
                    || purposes.Any(one => Standings[contact.Id].Of(one).What == Standing.OptedOut))
                ? RowTrouble.OptedOut
                : null;
        }

        /// <summary>Kept to the second, as grants are.</summary>
        public bool Says(ImportRow row, ConsentPurpose purpose, bool complete) =>
            Of(row) is { } contact
            && Lines[contact.Id].Any(line => line.Action is ConsentAction.Granted or ConsentAction.Renewed
                && (line.Purpose == purpose || line.Purpose == ConsentPurpose.All)
                && line.IsFor(row.Business)
                && line.AtUtc >= row.AtUtc.AddTicks(-(row.AtUtc.Ticks % TimeSpan.TicksPerSecond))
                && (line.Complete || !complete));
    }
}
