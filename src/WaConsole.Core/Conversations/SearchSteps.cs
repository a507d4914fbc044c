using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>One question further back: of all ids left down to <paramref name="After"/>, the rows with these words.</summary>
internal sealed record SearchStep(bool ByIndex, IReadOnlyList<string> Words, long After);

/// <summary>
/// Pure: the way back from the newest messages, chosen by how often each word occurred among them. FTS5 reads its index from the newest end.
/// PostgreSQL's is read whole, and every row it names is fetched before any is sorted: there rows are walked instead where the words are
/// frequent enough to be met soon.
/// </summary>
internal sealed class SearchSteps
{
    /// <summary>Rows walked with one question: some 30 ms.</summary>
    public const int Stretch = 40_000;

    // Microseconds at ten million messages (docs/performance.md): a row walked, a place of a word in the index, a row fetched because of it.
    private const double Walked = 0.6;
    private const double Place = 1;
    private const double Fetched = 5;

    /// <summary>An index that takes longer than this is not read once the first patience is over: less, where something is there to be shown.</summary>
    private const double Affordable = 400_000;
    private const double AffordableForMore = 50_000;

    /// <summary>Of a word that did not occur: less than one.</summary>
    private const double Unseen = 0.5;

    /// <summary>Too few to tell a rare word from a rarer one.</summary>
    private const int FewMore = 5;

    private readonly bool _readsFromNewest;
    private readonly IReadOnlyList<string> _words;
    private readonly IReadOnlyList<string> _rarest;
    private readonly double _all;
    private readonly double _places;
    private readonly double _hits;

    /// <param name="held">How many of the <paramref name="read"/> newest messages held each of the words.</param>
    /// <param name="readsFromNewest">The index brings the newest first and ends where it is told to: SQLite's does.</param>
    public SearchSteps(IReadOnlyList<string> words, int[] held, int read, bool readsFromNewest)
    {
        _readsFromNewest = readsFromNewest;
        _words = words;
        var least = held.Min();
        var rarest = Enumerable.Range(0, words.Count).Where(at => held[at] <= least * 2 + FewMore).OrderBy(at => held[at]).ToList();
        _rarest = [.. rarest.Select(at => words[at])];
        _all = Together(Enumerable.Range(0, words.Count));
        _hits = Together(rarest);
        _places = rarest.Sum(Share);

        double Share(int at) => Math.Max(Unseen, held[at]) / Math.Max(1, read);
        double Together(IEnumerable<int> some) => some.Aggregate(1.0, (share, at) => share * Share(at));
    }

    /// <param name="left">The ids not looked at yet.</param>
    /// <param name="found">Conversations found so far.</param>
    /// <param name="patient">There is time to walk.</param>
    /// <returns>Null: what is left would take too long.</returns>
    public SearchStep? Next(IdRange left, int found, bool patient)
    {
        var rows = left.UpTo - left.After;
        var index = rows * (_places * Place + _hits * Fetched);
        var walk = Math.Min(rows, Math.Max(1, SearchInbox.Enough - found) / _all) * Walked;
        if (_readsFromNewest || index <= walk || (!patient && index <= (found == 0 ? Affordable : AffordableForMore)))
        {
            return new SearchStep(ByIndex: true, _rarest, left.After);
        }

        return patient ? new SearchStep(ByIndex: false, _words, Math.Max(left.After, left.UpTo - Stretch)) : null;
    }
}
