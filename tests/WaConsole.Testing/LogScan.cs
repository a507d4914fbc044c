using System.Buffers;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Testing;

/// <summary>
/// Phone numbers, names and texts are never logged. Every <see cref="CoreHost"/> ends with this: what its own database knows of
/// people is looked for in what its own log says, so the whole suite is the test and no list of fixtures has to be kept.
/// </summary>
internal static class LogScan
{
    /// <summary>Shorter words stand in logs for other reasons ("Ana" in "Analyzer").</summary>
    private const int ShortestWord = 8;

    private const int MaxReported = 5;

    /// <summary>EF says once, when it first translates a question, that its answer may be slow or is in no order. An admin would find it in the log.</summary>
    private const string DoubtfulQuery = "Warning Microsoft.EntityFrameworkCore.Query:";

    public static async Task AssertCleanAsync(WaConsoleDb db, IReadOnlyCollection<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        if (lines.FirstOrDefault(line => line.StartsWith(DoubtfulQuery, StringComparison.Ordinal)) is { } doubt)
        {
            throw new DoubtfulQueryException(doubt);
        }

        var found = Leaks(await PersonalDataAsync(db), lines);
        if (found.Count > 0)
        {
            throw new PersonalDataLoggedException(string.Join('\n', found.Take(MaxReported)));
        }
    }

    private static List<string> Leaks(IEnumerable<string?> words, IReadOnlyCollection<string> lines)
    {
        var telling = words.OfType<string>().Select(word => word.Trim()).Where(word => word.Length >= ShortestWord).Distinct().ToArray();
        var wanted = SearchValues.Create(telling, StringComparison.OrdinalIgnoreCase);
        return telling.Length == 0 ? [] : [.. lines.Distinct().Where(line => line.AsSpan().ContainsAny(wanted))];
    }

    private static async Task<IReadOnlyList<string?>> PersonalDataAsync(WaConsoleDb db)
    {
        List<string?> words = [];
        words.AddRange(await db.Contacts.Select(c => c.Phone).ToListAsync());
        words.AddRange(await db.Contacts.Select(c => c.ProfileName).ToListAsync());
        words.AddRange(await db.ContactIdentifiers.Select(i => i.Value).ToListAsync());
        words.AddRange(await db.Messages.Select(m => m.Text).Take(1000).ToListAsync());
        return words;
    }
}

public sealed class PersonalDataLoggedException(string lines) : Exception($"The log names people or what they wrote:\n{lines}");

public sealed class DoubtfulQueryException(string line) : Exception($"A question to the database is not said clearly:\n{line}");
