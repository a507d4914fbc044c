using WaConsole.Core.Resources;

namespace WaConsole.Core.Policy;

/// <summary>
/// Pure: whether a text asks for a full card, account or identity number, or offers what the commerce policy forbids. A hint and never a
/// bar: words do not tell what a business is licensed for. WhatsApp's own list of rules decides.
/// </summary>
public static class PolicyHints
{
    public static IReadOnlyList<PolicyConcern> In(string text)
    {
        var concerns = new SortedSet<PolicyConcern>();
        foreach (var (words, isQuestion) in PolicyText.Sentences(text))
        {
            if (PolicyWords.Numbers.IsIn(words) && (isQuestion || PolicyWords.Asks.IsIn(words)) && !PolicyWords.PartsAndWarnings.IsIn(words))
            {
                concerns.Add(PolicyConcern.FullNumber);
            }

            if (PolicyWords.Offers.IsIn(words) && !PolicyWords.Denies.IsIn(words))
            {
                concerns.UnionWith(PolicyWords.Goods.Where(kind => kind.Goods.IsIn(words)).Select(kind => kind.Concern));
            }
        }

        return [.. concerns];
    }

    /// <summary>What is said to whoever typed it.</summary>
    public static string Say(PolicyConcern concern) => concern == PolicyConcern.FullNumber
        ? Texts.Policy.Of("FullNumber")
        : Texts.Policy.Of("Goods", Texts.Policy.Of($"Goods{concern}"));
}
