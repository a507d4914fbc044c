using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>Why a search found a conversation: its newest message that holds the words, and the part of it around them.</summary>
public sealed record FoundLine(long MessageId, string Text)
{
    internal static FoundLine Of(TextHit hit, IReadOnlyList<string> words) => new(hit.At, SearchWords.Around(hit.Text, words));
}
