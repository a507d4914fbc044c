using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>Conversations a search found. Not <see cref="Complete"/>: enough were found among the newest, older ones were not looked at.</summary>
internal sealed record InboxFound(IReadOnlyCollection<long> Conversations, bool Complete);

/// <summary>
/// Finds the newest conversations that hold what a person typed. An index that knows where a word occurs is no help with a word that
/// occurs in every tenth message, and reading the newest messages is no help with one that occurs in none of them. So the newest are read
/// first: a frequent word is found there, and how often each word occurred tells which of them the index is then asked for.
/// </summary>
internal static class SearchInbox
{
    /// <summary>Enough for a page: nobody reads on when the first fifty do not hold it.</summary>
    public const int Enough = 50;

    /// <summary>Newest messages read as they are.</summary>
    public const int Newest = 4_000;

    /// <summary>Newest conversations of the list whose contacts are read as they are.</summary>
    private const int NewestContacts = 2_000;

    /// <summary>Most contacts one question returns.</summary>
    private const int MaxContacts = 2_000;

    /// <summary>Most messages the index is asked for and that are then looked at: past it a search says that older ones were left out.</summary>
    private const int MaxHits = 10_000;

    private const int FirstHits = 400;
    private const int MoreHits = 1_000;

    /// <summary>
    /// After this long nothing further back is looked at when the first hits were: a page with the newest is worth more than an older one
    /// that comes later or, at the limit of all searches, not at all.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(60);

    /// <summary>More conversations than this are not handed on, so that the list's own question stays small.</summary>
    private const int MaxConversations = 500;

    /// <summary>The range of ids PostgreSQL is asked for first should hold this many hits, and is never wider than <see cref="WidestRange"/>.</summary>
    private const int WantedHits = 200;
    private const int WidestRange = 400_000;

    /// <summary>Too few to tell a rare word from a rarer one.</summary>
    private const int FewMore = 5;

    public static async Task<InboxFound> RunAsync(WaConsoleDb db, string typed, InboxFilter filter, CancellationToken cancellationToken)
    {
        var people = await ByContactAsync(db, typed, filter, cancellationToken);
        var texts = await ByTextAsync(db, typed, filter, cancellationToken);
        return new InboxFound(
            [.. people.Conversations.Union(texts.Conversations).Take(MaxConversations)],
            people.Complete && texts.Complete && people.Conversations.Count + texts.Conversations.Count <= MaxConversations);
    }

    private static async Task<InboxFound> ByContactAsync(WaConsoleDb db, string typed, InboxFilter filter, CancellationToken cancellationToken)
    {
        var parts = SearchWords.NameParts(typed);
        if (parts.Count == 0)
        {
            return new InboxFound([], Complete: true);
        }

        var newest = await NewestContactsAsync(db, filter, cancellationToken);
        var found = newest.Where(hit => Holds(hit.Text)).Select(hit => hit.ConversationId).ToHashSet();
        var all = newest.Count < NewestContacts;
        var indexed = parts.Where(part => part.Length >= SearchIndex.TrigramLength).ToList();
        if (all || found.Count >= Enough || indexed.Count == 0)
        {
            return new InboxFound(found, all);
        }

        var hits = await SearchIndex.AskAsync(db, SearchIndex.ByContact(db, indexed, filter.Conditions("c."), MaxContacts), cancellationToken);
        found.UnionWith(hits.Where(hit => Holds(hit.Text)).Select(hit => hit.ConversationId));
        return new InboxFound(found, hits.Count < MaxContacts);

        bool Holds(string text) => parts.All(part => text.Contains(part, StringComparison.Ordinal));
    }

    private static Task<List<SearchHit>> NewestContactsAsync(WaConsoleDb db, InboxFilter filter, CancellationToken cancellationToken)
    {
        var newest = InboxOrder.Stretch(
            filter, InboxSort.Newest, 0, default, null, backwards: false, NewestContacts, db.Database.IsSqlite());
        return SearchIndex.AskAsync(
            db,
            new SearchIndex.Question(
                $"""
                 SELECT p."Id" AS "At", p."Id" AS "ConversationId",
                 (SELECT k."SearchText" FROM "Conversations" c JOIN "Contacts" k ON k."Id" = c."ContactId" WHERE c."Id" = p."Id") AS "Text"
                 FROM ({newest.Sql}) p
                 """,
                []),
            cancellationToken);
    }

    private static async Task<InboxFound> ByTextAsync(WaConsoleDb db, string typed, InboxFilter filter, CancellationToken cancellationToken)
    {
        var words = SearchWords.TextWords(typed);
        if (words.Count == 0)
        {
            return new InboxFound([], Complete: true);
        }

        var begun = TimeProvider.System.GetTimestamp();
        var newest = await SearchIndex.AskAsync(db, SearchIndex.Newest(Newest), cancellationToken);
        var held = new int[words.Count];
        HashSet<long> found = [];
        var seen = await AddAsync(newest.Where(hit => SearchWords.Hold(hit.Text, words, held)));
        if (newest.Count < Newest || found.Count >= Enough)
        {
            return new InboxFound(found, seen && newest.Count < Newest);
        }

        // PostgreSQL fetches every row its index names before it can sort them, so it is asked in ranges; FTS5 reads from the newest end.
        var rarest = Rarest(words, held);
        var upTo = newest[^1].At - 1;
        var range = db.Database.IsSqlite() ? upTo : Math.Min(WidestRange, (long)Newest * WantedHits / Math.Max(1, rarest.Seen));
        var (most, looked) = (FirstHits, 0);
        while (upTo > 0 && found.Count < Enough && looked < MaxHits && (looked < FirstHits || TimeProvider.System.GetElapsedTime(begun) < Patience))
        {
            var after = Math.Max(0, upTo - range);
            var hits = await SearchIndex.AskAsync(db, SearchIndex.ByText(db, rarest.Words, after, upTo, most), cancellationToken);
            seen &= await AddAsync(hits.Where(hit => SearchWords.Hold(hit.Text, words)));
            looked += hits.Count;
            (upTo, range, most) = hits.Count == most ? (hits[^1].At - 1, range, MoreHits) : (after, range * 8, most);
        }

        return new InboxFound(found, seen && upTo <= 0);

        // All of them were looked at, or enough were found.
        async Task<bool> AddAsync(IEnumerable<SearchHit> hits)
        {
            foreach (var some in hits.Select(hit => hit.ConversationId).Distinct().ToList().Chunk(MaxConversations))
            {
                if (found.Count >= Enough)
                {
                    return false;
                }

                found.UnionWith(await InFilterAsync(db, some, filter, cancellationToken));
            }

            return true;
        }
    }

    /// <summary>
    /// The words the index is asked for: the rarest, and others of which about as few were seen. A frequent one would cost as much as it occurs,
    /// and is checked in what the rare ones bring.
    /// </summary>
    private static (IReadOnlyList<string> Words, int Seen) Rarest(IReadOnlyList<string> words, int[] held)
    {
        var byCount = words.Select((word, at) => (Word: word, Seen: held[at])).OrderBy(w => w.Seen).ThenByDescending(w => w.Word.Length).ToList();
        var least = byCount[0].Seen;
        return ([.. byCount.Where(w => w.Seen <= least * 2 + FewMore).Select(w => w.Word)], least);
    }

    private static async Task<IReadOnlyCollection<long>> InFilterAsync(
        WaConsoleDb db, long[] conversations, InboxFilter filter, CancellationToken cancellationToken)
    {
        var within = string.Join(" AND ", (filter with { Within = conversations }).Conditions("c."));
        var sql = $"SELECT c.\"Id\" AS \"Value\" FROM \"Conversations\" c WHERE {within}";
        return await db.Database.SqlQueryRaw<long>(sql).ToListAsync(cancellationToken);
    }
}
