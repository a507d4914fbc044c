using FluentValidation;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Team;

public static class Passwords
{
    public const int MinLength = 10;

    public const int MaxLength = 200;

    private const int MaxName = 200;
    private const int MaxEmail = 256;

    internal static IRuleBuilderOptions<T, string> Password<T>(this IRuleBuilder<T, string> rule) => rule
        .MinimumLength(MinLength).WithMessage(_ => Texts.Team.Of("PasswordTooShort", MinLength))
        .MaximumLength(MaxLength).WithMessage(_ => Texts.Team.Of("PasswordTooLong", MaxLength));

    internal static IRuleBuilderOptions<T, string> PersonName<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage(_ => Texts.Team.Of("NameNeeded"))
        .MaximumLength(MaxName).WithMessage(_ => Texts.Team.Of("NameTooLong", MaxName))
        .Must(HasNoControls).WithMessage(_ => Texts.Team.Of("NameUnseen"));

    internal static IRuleBuilderOptions<T, string> PersonEmail<T>(this IRuleBuilder<T, string> rule) => rule
        .NotEmpty().WithMessage(_ => Texts.Team.Of("EmailNeeded"))
        .EmailAddress().WithMessage(_ => Texts.Team.Of("EmailWrong"))
        .MaximumLength(MaxEmail).WithMessage(_ => Texts.Team.Of("EmailTooLong", MaxEmail))
        .Must(HasNoControls).WithMessage(_ => Texts.Team.Of("EmailWrong"));

    /// <summary>All messages as sentences for one line on screen; null when the request is good.</summary>
    internal static string? Problem(this FluentValidation.Results.ValidationResult result) =>
        result.IsValid ? null : string.Join(" ", result.Errors.Select(error => error.ErrorMessage).Distinct(StringComparer.Ordinal));

    /// <summary>PostgreSQL stores no zero character, and nobody has any of them in a name.</summary>
    private static bool HasNoControls(string text) => !text.Any(char.IsControl);
}
