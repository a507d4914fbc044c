using WaConsole.Core.Resources;

namespace WaConsole.Core.Templates.Rules;

/// <summary>Something to mend or to know, in words with the remedy.</summary>
/// <param name="Code">Name of the rule; never changes.</param>
/// <param name="Field">Where, such as <c>body</c>, <c>buttons[0].label</c>, <c>cards[1].body.samples.1</c>.</param>
public sealed record TemplateFinding(string Code, string Field, FindingSeverity Severity, string Sentence);

/// <summary>What was found so far.</summary>
internal sealed class Findings
{
    private readonly List<TemplateFinding> _all = [];

    public IReadOnlyList<TemplateFinding> All => _all;

    public void Add(string code, string field, params ReadOnlySpan<object?> values) =>
        _all.Add(new TemplateFinding(code, field, RuleBook.Of(code).Severity, Texts.TemplateRules.Of(code, values)));

    public void AddIf(bool broken, string code, string field, params ReadOnlySpan<object?> values)
    {
        if (broken)
        {
            Add(code, field, values);
        }
    }

    /// <summary>A sentence that was made elsewhere.</summary>
    public void AddSaid(string code, string field, string sentence) => _all.Add(new TemplateFinding(code, field, RuleBook.Of(code).Severity, sentence));

    /// <summary>Adds when longer than the rule's limit; {0} is the length, {1} the limit.</summary>
    public void AddLonger(string code, string field, int length)
    {
        var most = RuleBook.Of(code).Most;
        AddIf(length > most, code, field, length, most);
    }
}
