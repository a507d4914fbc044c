using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WaConsole.Core.Storage;

/// <summary>A contact a search looks at. <see cref="At"/> orders hits, the newest highest.</summary>
internal sealed record SearchHit(long At, long ConversationId, string Text);

/// <summary>A message a search looks at: its id, and whether it is within the bounds of the search (1 or 0).</summary>
internal sealed record TextHit(long At, long ConversationId, string Text, int Within)
{
    public bool IsWithin => Within != 0;
}

/// <summary>
/// The questions a search asks the two databases (indexes of migration MessageSearch), newest first. Each goes to one index and is
/// bounded; what a person typed only travels as a parameter. What comes back is a candidate: SearchWords decides.
/// </summary>
internal static class SearchIndex
{
    /// <summary>The trigram index has nothing shorter.</summary>
    public const int TrigramLength = 3;

    /// <summary>The newest messages of a range of ids, whatever they say.</summary>
    public static Question Newest(WaConsoleDb db, IdRange range, MessageBounds bounds, int most)
    {
        var parameters = new Parameters(db);
        return new Question(
            $"""
             SELECT m."Id" AS "At", m."ConversationId", m."Text", {bounds.Within(parameters)} AS "Within" FROM "Messages" m
             WHERE m."Id" > {Text(range.After)} AND m."Id" <= {Text(range.UpTo)} ORDER BY m."Id" DESC LIMIT {Text(most)}
             """,
            parameters.ToArray());
    }

    /// <summary>
    /// Messages of a range of ids with words that begin so, newest first. What lies outside the bounds comes too and is marked: so a kind
    /// that is rare among frequent words costs no more than they do.
    /// </summary>
    /// <param name="byIndex">By the index of the words; otherwise row by row from the newest, which only PostgreSQL is asked to.</param>
    public static Question ByText(WaConsoleDb db, IReadOnlyList<string> words, IdRange range, MessageBounds bounds, int most, bool byIndex)
    {
        var parameters = new Parameters(db);
        var within = bounds.Within(parameters);
        if (db.Database.IsSqlite())
        {
            return new Question(
                $"""
                 SELECT m."Id" AS "At", m."ConversationId", m."Text", {within} AS "Within" FROM "MessageSearch" s CROSS JOIN "Messages" m
                 WHERE s."MessageSearch" MATCH {parameters.Add(string.Join(" AND ", words.Select(word => Quoted(word) + "*")))}
                 AND s.rowid > {Text(range.After)} AND s.rowid <= {Text(range.UpTo)} AND m."Id" = s.rowid ORDER BY s.rowid DESC LIMIT {Text(most)}
                 """,
                parameters.ToArray());
        }

        // The planner would guess which of the two is cheaper, and does not know how often a beginning of a word occurs: each leaves it one index.
        var held = $"m.\"TextSearch\" @@ to_tsquery('simple', {parameters.Add(string.Join(" & ", words.Select(word => $"'{word}':*")))})";
        var (holds, id) = byIndex ? (held, "m.\"Id\" + 0") : ($"({held}) IS TRUE", "m.\"Id\"");
        return new Question(
            $"""
             SELECT m."Id" AS "At", m."ConversationId", m."Text", {within} AS "Within" FROM "Messages" m
             WHERE {holds} AND {id} > {Text(range.After)} AND {id} <= {Text(range.UpTo)} ORDER BY {id} DESC LIMIT {Text(most)}
             """,
            parameters.ToArray());
    }

    /// <summary>Conversations of contacts whose name, username or phone holds all parts, the newest contacts first.</summary>
    public static Question ByContact(WaConsoleDb db, IReadOnlyList<string> parts, IEnumerable<string> conditions, int most)
    {
        var parameters = new Parameters(db);
        var where = Also(conditions);

        // PostgreSQL takes one contact in a hundred to hold the words and would read every conversation: LATERAL asks for those of each.
        return db.Database.IsSqlite()
            ? new Question(
                $"""
                 SELECT k."Id" AS "At", c."Id" AS "ConversationId", k."SearchText" AS "Text"
                 FROM "ContactSearch" s CROSS JOIN "Contacts" k CROSS JOIN "Conversations" c
                 WHERE s."ContactSearch" MATCH {parameters.Add(string.Join(" AND ", parts.Select(Quoted)))}
                 AND k."Id" = s.rowid AND c."ContactId" = k."Id"{where} ORDER BY s.rowid DESC LIMIT {Text(most)}
                 """,
                parameters.ToArray())
            : new Question(
                $"""
                 WITH k AS MATERIALIZED (
                     SELECT k."Id", k."SearchText" FROM "Contacts" k
                     WHERE {string.Join(" AND ", parts.Select(part => $"k.\"SearchText\" LIKE {parameters.Add($"%{Escaped(part)}%")} ESCAPE '\\'"))})
                 SELECT k."Id" AS "At", c."Id" AS "ConversationId", k."SearchText" AS "Text" FROM k CROSS JOIN LATERAL (
                     SELECT c."Id" FROM "Conversations" c WHERE c."ContactId" = k."Id"{where} OFFSET 0) c
                 ORDER BY k."Id" DESC LIMIT {Text(most)}
                 """,
                parameters.ToArray());
    }

    /// <summary>Of these conversations those with a message within the bounds.</summary>
    public static Question Having(WaConsoleDb db, IReadOnlyCollection<long> conversations, IdRange range, MessageBounds bounds)
    {
        var parameters = new Parameters(db);
        return new Question(
            $"""
             SELECT c."Id" AS "Value" FROM "Conversations" c WHERE c."Id" IN ({string.Join(", ", conversations.Select(Text))}) AND EXISTS (
                 SELECT 1 FROM "Messages" m WHERE m."ConversationId" = c."Id" AND m."Id" > {Text(range.After)} AND {bounds.Condition(parameters)})
             """,
            parameters.ToArray());
    }

    public static Task<List<T>> AskAsync<T>(WaConsoleDb db, Question question, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<T>(question.Sql, question.Parameters).ToListAsync(cancellationToken);

    private static string Also(IEnumerable<string> conditions) => string.Concat(conditions.Select(condition => " AND " + condition));

    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);

    internal sealed record Question(string Sql, object[] Parameters);

    internal sealed class Parameters(WaConsoleDb db)
    {
        private readonly List<object> _all = [];

        public string Add(object value)
        {
            var name = $"@s{_all.Count}";
            _all.Add(db.Database.IsSqlite() ? new SqliteParameter(name, value) : new NpgsqlParameter(name, value));
            return name;
        }

        public object[] ToArray() => [.. _all];
    }
}
