using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WaConsole.Core.Storage;

/// <summary>A row a search looks at. <see cref="At"/> orders hits, the newest highest.</summary>
internal sealed record SearchHit(long At, long ConversationId, string Text);

/// <summary>
/// The questions a search asks the two databases (indexes of migration MessageSearch), newest first. Each goes to one index and is
/// bounded; what a person typed only travels as a parameter. What comes back is a candidate: SearchWords decides.
/// </summary>
internal static class SearchIndex
{
    /// <summary>The trigram index has nothing shorter.</summary>
    public const int TrigramLength = 3;

    /// <summary>The newest messages, whatever they say.</summary>
    public static Question Newest(int most) => new(
        $"SELECT m.\"Id\" AS \"At\", m.\"ConversationId\", m.\"Text\" FROM \"Messages\" m ORDER BY m.\"Id\" DESC LIMIT {Text(most)}", []);

    /// <summary>Messages with words that begin so, newest first, after one id and up to another.</summary>
    public static Question ByText(WaConsoleDb db, IReadOnlyList<string> words, long after, long upTo, int most)
    {
        var parameters = new Parameters(db);
        return db.Database.IsSqlite()
            ? new Question(
                $"""
                 SELECT m."Id" AS "At", m."ConversationId", m."Text" FROM "MessageSearch" s CROSS JOIN "Messages" m
                 WHERE s."MessageSearch" MATCH {parameters.Add(string.Join(" AND ", words.Select(word => Quoted(word) + "*")))}
                 AND s.rowid > {Text(after)} AND s.rowid <= {Text(upTo)} AND m."Id" = s.rowid ORDER BY s.rowid DESC LIMIT {Text(most)}
                 """,
                parameters.ToArray())
            : new Question(
                $"""
                 WITH h AS MATERIALIZED (
                     SELECT m."Id", m."ConversationId", m."Text" FROM "Messages" m
                     WHERE m."TextSearch" @@ to_tsquery('simple', {parameters.Add(string.Join(" & ", words.Select(word => $"'{word}':*")))})
                     AND m."Id" > {Text(after)} AND m."Id" <= {Text(upTo)})
                 SELECT h."Id" AS "At", h."ConversationId", h."Text" FROM h ORDER BY h."Id" DESC LIMIT {Text(most)}
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

    public static Task<List<SearchHit>> AskAsync(WaConsoleDb db, Question question, CancellationToken cancellationToken) =>
        db.Database.SqlQueryRaw<SearchHit>(question.Sql, question.Parameters).ToListAsync(cancellationToken);

    private static string Also(IEnumerable<string> conditions) => string.Concat(conditions.Select(condition => " AND " + condition));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);

    internal sealed record Question(string Sql, object[] Parameters);

    private sealed class Parameters(WaConsoleDb db)
    {
        private readonly List<object> _all = [];

        public string Add(string value)
        {
            var name = $"@s{_all.Count}";
            _all.Add(db.Database.IsSqlite() ? new SqliteParameter(name, value) : new NpgsqlParameter(name, value));
            return name;
        }

        public object[] ToArray() => [.. _all];
    }
}
