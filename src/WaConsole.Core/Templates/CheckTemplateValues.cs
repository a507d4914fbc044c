namespace WaConsole.Core.Templates;

/// <summary>Pure: what is wrong with what has been filled in so far. What is still empty is not wrong yet.</summary>
public static class CheckTemplateValues
{
    /// <summary>The key of what is wrong with the text as a whole.</summary>
    public const string Whole = "";

    /// <returns>Sentences by field key.</returns>
    public static IReadOnlyDictionary<string, string> Run(TemplateView template, TemplateValues values, DateTime nowUtc)
    {
        Dictionary<string, string> problems = [];
        foreach (var field in template.FieldsFor(values.Cards))
        {
            var given = field.Kind == TemplateFieldKind.Products ? values.Sections is { Count: > 0 } : !string.IsNullOrWhiteSpace(values.Texts.GetValueOrDefault(field.Key));
            if (given && TemplateValueRules.Problem(field, values, nowUtc) is { } problem)
            {
                problems[field.Key] = problem;
            }
        }

        if (problems.Count == 0 && TemplateValueRules.LengthProblem(template, values) is { } tooLong)
        {
            problems[Whole] = tooLong;
        }

        return problems;
    }
}
