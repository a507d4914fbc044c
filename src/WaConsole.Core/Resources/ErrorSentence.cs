using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using WaConsole.CloudApi;

namespace WaConsole.Core.Resources;

/// <summary>
/// What the error book tells an agent about a code, in the reader's language. The book is in English; <c>ErrorHints.resx</c> holds its
/// sentences once more, as what the translations beside it are found by, and a test holds the two equal.
/// </summary>
internal static class ErrorSentence
{
    private static readonly ResourceManager Hints = new("WaConsole.Core.Resources.ErrorHints", typeof(ErrorSentence).Assembly);

    private static readonly FrozenDictionary<string, string> Names = ReadNames();

    public static string Of(int code) => Of(ErrorBook.Find(code));

    public static string Of(CloudApiError error) => Of(ErrorBook.Find(error));

    private static string Of(ErrorBookEntry entry) =>
        Names.TryGetValue(entry.AgentHint, out var name) && Hints.GetString(name, CultureInfo.CurrentUICulture) is { } worded ? worded : entry.AgentHint;

    /// <summary>By the sentence, since one entry of the book may stand for a range of codes.</summary>
    private static FrozenDictionary<string, string> ReadNames() =>
        Hints.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .GroupBy(hint => (string)hint.Value!, hint => (string)hint.Key)
            .ToFrozenDictionary(same => same.Key, same => same.First());
}
