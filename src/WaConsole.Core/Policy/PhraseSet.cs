using System.Collections.Frozen;

namespace WaConsole.Core.Policy;

/// <summary>Phrases that are looked for as whole words, in one pass over a text: as many steps as it has words times the longest phrase.</summary>
internal sealed class PhraseSet
{
    private readonly FrozenSet<string> _phrases;
    private readonly int _longest;

    /// <param name="phrases">Separated by commas.</param>
    public PhraseSet(string phrases)
    {
        var words = phrases.Split(',').Select(phrase => PolicyText.Words(phrase)).Where(phrase => phrase.Count > 0).ToList();
        _phrases = words.Select(phrase => string.Join(' ', phrase)).ToFrozenSet(StringComparer.Ordinal);
        _longest = words.Max(phrase => phrase.Count);
    }

    public bool IsIn(IReadOnlyList<string> words) => FirstIn(words) is not null;

    /// <summary>The first phrase found, as it is written in the list but folded; null for none.</summary>
    public string? FirstIn(IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            var phrase = "";
            for (var length = 1; length <= _longest && at + length <= words.Count; length++)
            {
                phrase = length == 1 ? words[at] : $"{phrase} {words[at + length - 1]}";
                if (_phrases.Contains(phrase))
                {
                    return phrase;
                }
            }
        }

        return null;
    }
}
