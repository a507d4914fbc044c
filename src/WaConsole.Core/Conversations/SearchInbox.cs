using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Conversations a search found, and of those it found by what was written the newest message. Not <see cref="Complete"/>: enough were found
/// among the newest, older ones were not looked at.
/// </summary>
internal sealed record InboxFound(IReadOnlyCollection<long> Conversations, bool Complete, IReadOnlyDictionary<long, FoundLine> Lines);

/// <summary>
/// Finds the newest conversations that hold what a person typed. An index that knows where a word occurs is no help with a word that
/// occurs in every tenth message, and reading the newest messages is no help with one that occurs in none of them. So the newest are read
/// first: a frequent word is found there, and how often each word occurred tells which of them the index is then asked for.
/// </summary>
internal sealed class SearchInbox(WaConsoleDb db, string typed, InboxFilter filter, SearchBounds bounds, TimeSpan clockOffset)
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

    private readonly MessageBounds _bounds = new(bounds.FromUtc, bounds.BeforeUtc, (int?)bounds.Kind);
    private readonly IReadOnlyList<string> _words = SearchWords.TextWords(typed);
    private readonly Dictionary<long, FoundLine> _lines = [];

    public async Task<InboxFound> RunAsync(CancellationToken cancellationToken)
    {
        var sent = await SentWithin.ReadAsync(db, bounds, clockOffset, cancellationToken);
        var people = await ByContactAsync(sent, cancellationToken);
        var texts = await ByTextAsync(sent, cancellationToken);
        return new InboxFound(
            [.. people.Conversations.Union(texts.Conversations).Take(MaxConversations)],
            people.Complete && texts.Complete && people.Conversations.Count + texts.Conversations.Count <= MaxConversations,
            _lines);
    }

    private async Task<Found> ByContactAsync(SentWithin sent, CancellationToken cancellationToken)
    {
        var parts = SearchWords.NameParts(typed);
        if (parts.Count == 0)
        {
            return new Found([], Complete: true);
        }

        var newest = await NewestContactsAsync(cancellationToken);
        var found = newest.Where(hit => Holds(hit.Text)).Select(hit => hit.ConversationId).ToHashSet();
        var all = newest.Count < NewestContacts;
        var indexed = parts.Where(part => part.Length >= SearchIndex.TrigramLength).ToList();
        if (!all && found.Count < Enough && indexed.Count > 0)
        {
            var question = SearchIndex.ByContact(db, indexed, filter.Conditions("c."), MaxContacts);
            var hits = await SearchIndex.AskAsync<SearchHit>(db, question, cancellationToken);
            found.UnionWith(hits.Where(hit => Holds(hit.Text)).Select(hit => hit.ConversationId));
            all = hits.Count < MaxContacts;
        }

        return new Found(_bounds.Any ? await HavingAsync(found, sent, cancellationToken) : found, all);

        bool Holds(string text) => parts.All(part => text.Contains(part, StringComparison.Ordinal));
    }

    private async Task<HashSet<long>> HavingAsync(HashSet<long> found, SentWithin sent, CancellationToken cancellationToken)
    {
        HashSet<long> having = [];
        foreach (var some in found.Chunk(MaxConversations))
        {
            having.UnionWith(await SearchIndex.AskAsync<long>(db, SearchIndex.Having(db, some, sent.Ids, _bounds), cancellationToken));
        }

        return having;
    }

    private Task<List<SearchHit>> NewestContactsAsync(CancellationToken cancellationToken)
    {
        var newest = InboxOrder.Stretch(
            filter, InboxSort.Newest, 0, default, null, backwards: false, NewestContacts, db.Database.IsSqlite());
        return SearchIndex.AskAsync<SearchHit>(
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

    private async Task<Found> ByTextAsync(SentWithin sent, CancellationToken cancellationToken)
    {
        if (_words.Count == 0)
        {
            return new Found([], Complete: true);
        }

        var begun = TimeProvider.System.GetTimestamp();
        var newest = await SearchIndex.AskAsync<TextHit>(db, SearchIndex.Newest(db, sent.Ids, _bounds, Newest), cancellationToken);
        var held = new int[_words.Count];
        HashSet<long> found = [];
        var seen = await AddAsync(found, newest.Where(hit => SearchWords.Hold(hit.Text, _words, held) && hit.IsWithin), cancellationToken);
        var steps = new SearchSteps(_words, held, newest.Count, db.Database.IsSqlite());
        var older = newest.Count < Newest ? sent.Ids with { UpTo = sent.Ids.After } : sent.Ids with { UpTo = newest[^1].At - 1 };
        var (whole, _) = await BackAsync(older);

        // What was stored long after it was sent is rare: only where some of it is met may more of it have been left out.
        var (all, met) = await BackAsync(sent.Later);
        return new Found(found, seen && whole && (all || !met));

        async Task<(bool All, bool Met)> BackAsync(IdRange left)
        {
            var (every, met, most, looked) = (true, false, FirstHits, 0);
            while (left.UpTo > left.After && found.Count < Enough && looked < MaxHits
                && (looked < FirstHits || IsPatient()) && steps.Next(left, found.Count, IsPatient()) is { } step)
            {
                var question = SearchIndex.ByText(db, step.Words, left with { After = step.After }, _bounds, most, step.ByIndex);
                var hits = await SearchIndex.AskAsync<TextHit>(db, question, cancellationToken);
                every &= await AddAsync(found, hits.Where(hit => hit.IsWithin && SearchWords.Hold(hit.Text, _words)), cancellationToken);
                met |= hits.Exists(hit => hit.IsWithin);
                looked += hits.Count;
                (left, most) = hits.Count == most ? (left with { UpTo = hits[^1].At - 1 }, MoreHits) : (left with { UpTo = step.After }, most);
            }

            return (every && left.UpTo <= left.After, met);
        }

        bool IsPatient() => TimeProvider.System.GetElapsedTime(begun) < Patience;
    }

    /// <returns>All of them were looked at; otherwise enough were found.</returns>
    private async Task<bool> AddAsync(HashSet<long> found, IEnumerable<TextHit> hits, CancellationToken cancellationToken)
    {
        var newest = hits.DistinctBy(hit => hit.ConversationId).ToList();
        foreach (var some in newest.Chunk(MaxConversations))
        {
            if (found.Count >= Enough)
            {
                return false;
            }

            var held = (await InFilterAsync([.. some.Select(hit => hit.ConversationId)], cancellationToken)).ToHashSet();
            found.UnionWith(held);
            foreach (var hit in some.Where(hit => held.Contains(hit.ConversationId)))
            {
                _lines.TryAdd(hit.ConversationId, FoundLine.Of(hit, _words));
            }
        }

        return true;
    }

    private async Task<List<long>> InFilterAsync(long[] conversations, CancellationToken cancellationToken)
    {
        var within = string.Join(" AND ", (filter with { Within = conversations }).Conditions("c."));
        var question = new SearchIndex.Question($"SELECT c.\"Id\" AS \"Value\" FROM \"Conversations\" c WHERE {within}", []);
        return await SearchIndex.AskAsync<long>(db, question, cancellationToken);
    }

    private sealed record Found(IReadOnlyCollection<long> Conversations, bool Complete);
}
