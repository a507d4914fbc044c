using FluentValidation;
using FluentValidation.Results;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

/// <summary>The rules for FluentValidation: what WhatsApp refuses are errors, the rest warnings and infos.</summary>
public sealed class ComposedTemplateValidator : AbstractValidator<ComposedTemplate>
{
    public ComposedTemplateValidator(RuleFacts? facts = null) => RuleFor(template => template).Custom((template, context) =>
    {
        foreach (var finding in TemplateRules.Check(template, facts))
        {
            context.AddFailure(new ValidationFailure(finding.Field, finding.Sentence)
            {
                CustomState = finding,
                ErrorCode = finding.Code,
                Severity = finding.Severity switch
                {
                    FindingSeverity.Error => Severity.Error,
                    FindingSeverity.Warning => Severity.Warning,
                    _ => Severity.Info,
                },
            });
        }
    });

    /// <returns>Everything it found, in the order of the form.</returns>
    internal static IReadOnlyList<TemplateFinding> Findings(ComposedTemplate template, RuleFacts facts) =>
        [.. new ComposedTemplateValidator(facts).Validate(template).Errors.Select(failure => (TemplateFinding)failure.CustomState)];
}
