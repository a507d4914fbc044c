using FluentValidation;

namespace WaConsole.Core.Team;

public static class Passwords
{
    public const int MinLength = 10;

    public const int MaxLength = 200;

    internal static IRuleBuilderOptions<T, string> Password<T>(this IRuleBuilder<T, string> rule) => rule
        .MinimumLength(MinLength).WithMessage($"Use at least {MinLength} characters. A few words are easy to remember.")
        .MaximumLength(MaxLength).WithMessage($"Use at most {MaxLength} characters.");

    internal static IRuleBuilderOptions<T, string> PersonName<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("Write the name colleagues will see.")
        .MaximumLength(200).WithMessage("Use at most 200 characters for the name.")
        .Must(HasNoControls).WithMessage("Use letters that can be seen for the name.");

    internal static IRuleBuilderOptions<T, string> PersonEmail<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage("Write an e-mail address.")
        .EmailAddress().WithMessage("That does not look like an e-mail address.")
        .MaximumLength(256).WithMessage("Use at most 256 characters for the e-mail address.")
        .Must(HasNoControls).WithMessage("That does not look like an e-mail address.");

    /// <summary>All messages as sentences for one line on screen; null when the request is good.</summary>
    internal static string? Problem(this FluentValidation.Results.ValidationResult result) =>
        result.IsValid ? null : string.Join(" ", result.Errors.Select(error => error.ErrorMessage).Distinct(StringComparer.Ordinal));

    /// <summary>PostgreSQL stores no zero character, and nobody has any of them in a name.</summary>
    private static bool HasNoControls(string text) => !text.Any(char.IsControl);
}
