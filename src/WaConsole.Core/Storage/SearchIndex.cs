using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WaConsole.Core.Storage;

/// <summary>
/// The search indexes of the two databases (migration MessageSearch), asked for conversation ids. Each question goes to one index
/// and is bounded; what a person typed only travels as a parameter.
/// </summary>
internal static class SearchIndex
{
    /// <summary>At most this many conversations are found by one search, the newest ones.</summary>
    public const int MaxConversations = 500;

    /// <summary>Newest matching messages looked at.</summary>
    private const int MaxMessages = 2_000;

    /// <summary>The trigram index has nothing shorter.</summary>
    private const int TrigramLength = 3;

    /// <summary>Conversations whose contact or text matches; <paramref name="numbers"/> null for every number.</summary>
    public static async Task<IReadOnlyCollection<long>> FindConversationsAsync(
        WaConsoleDb db, string typed, IReadOnlyCollection<long>? numbers, CancellationToken cancellationToken)
    {
        if (numbers is { Count: 0 })
        {
            return [];
        }

        var found = new HashSet<long>();
        foreach (var question in (Question?[])[ByContact(db, typed, numbers), ByText(db, typed, numbers)])
        {
            if (question is not null)
            {
                found.UnionWith(await db.Database.SqlQueryRaw<long>(question.Sql, question.Parameters).ToListAsync(cancellationToken));
            }
        }

        return found;
    }

    internal static Question? ByContact(WaConsoleDb db, string typed, IReadOnlyCollection<long>? numbers)
    {
        var parts = SearchWords.NameParts(typed);
        if (parts.Count == 0)
        {
            return null;
        }

        var parameters = new Parameters(db);
        var sql = new StringBuilder("SELECT c.\"Id\" AS \"Value\" FROM \"Contacts\" k JOIN \"Conversations\" c ON c.\"ContactId\" = k.\"Id\" WHERE ");
        List<string> conditions = [];
        var indexed = db.Database.IsSqlite() ? [.. parts.Where(part => part.Length >= TrigramLength)] : (List<string>)[];
        if (indexed.Count > 0)
        {
            var match = parameters.Add(string.Join(" AND ", indexed.Select(Quoted)));
            conditions.Add($"k.\"Id\" IN (SELECT rowid FROM \"ContactSearch\" WHERE \"ContactSearch\" MATCH {match})");
        }

        foreach (var part in parts.Except(indexed))
        {
            conditions.Add($"k.\"SearchText\" LIKE {parameters.Add($"%{Escaped(part)}%")} ESCAPE '\\'");
        }

        sql.AppendJoin(" AND ", conditions).Append(OfNumbers("c", numbers));
        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY c.\"LastActivityAtUtc\" DESC, c.\"Id\" DESC LIMIT {MaxConversations}");
        return new Question(sql.ToString(), parameters.ToArray());
    }

    internal static Question? ByText(WaConsoleDb db, string typed, IReadOnlyCollection<long>? numbers)
    {
        var words = SearchWords.TextWords(typed);
        if (words.Count == 0)
        {
            return null;
        }

        var parameters = new Parameters(db);
        var hits = db.Database.IsSqlite()
            ? $"""
               SELECT m."ConversationId", m."Id" FROM "MessageSearch" s CROSS JOIN "Messages" m
               WHERE s."MessageSearch" MATCH {parameters.Add(string.Join(" AND ", words.Select(word => Quoted(word) + "*")))}
               AND m."Id" = s.rowid{OfNumbers("m", numbers)} ORDER BY s.rowid DESC LIMIT {MaxMessages}
               """
            : $"""
               SELECT m."ConversationId", m."Id" FROM "Messages" m
               WHERE m."TextSearch" @@ to_tsquery('simple', {parameters.Add(string.Join(" & ", words.Select(word => $"'{word}':*")))})
               {OfNumbers("m", numbers)} ORDER BY m."Id" DESC LIMIT {MaxMessages}
               """;
        var sql = $"""
                   SELECT h."ConversationId" AS "Value" FROM ({hits}) h
                   GROUP BY h."ConversationId" ORDER BY MAX(h."Id") DESC LIMIT {MaxConversations}
                   """;
        return new Question(sql, parameters.ToArray());
    }

    private static string OfNumbers(string table, IReadOnlyCollection<long>? numbers) => numbers is null
        ? ""
        : $" AND {table}.\"NumberId\" IN ({string.Join(", ", numbers.Select(id => id.ToString(CultureInfo.InvariantCulture)))})";

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
