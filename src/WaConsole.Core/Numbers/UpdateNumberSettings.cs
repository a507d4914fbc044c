using FluentValidation;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Numbers;

/// <summary>What an admin may set for a number.</summary>
public sealed record NumberChange(long NumberId, string Name, NumberEnvironment Environment, ReadReceiptPolicy ReadReceipts, bool ShowTyping,
    bool TakesTurns = false, int TurnCapacity = 0)
{
    /// <summary>Whom a number that is not in production may write to first; null to leave them as they are.</summary>
    public IReadOnlyList<string>? Testers { get; init; }
}

public sealed class NumberChangeValidator : AbstractValidator<NumberChange>
{
    public const int NameLength = 100;

    public const int MaxCapacity = 1_000;

    public const int MaxTesters = 50;

    public NumberChangeValidator()
    {
        RuleFor(change => change.Name).NotEmpty().WithMessage(_ => Texts.Numbers.Of("NameNeeded"));
        RuleFor(change => change.Name).MaximumLength(NameLength).WithMessage(_ => Texts.Numbers.Of("NameTooLong", NameLength));
        RuleFor(change => change.Environment).IsInEnum();
        RuleFor(change => change.ReadReceipts).IsInEnum();
        RuleFor(change => change.Testers).Must(testers => testers is null || testers.Count <= MaxTesters)
            .WithMessage(_ => Texts.Numbers.Of("TestersTooMany", MaxTesters));
        RuleForEach(change => change.Testers).Must(tester => Digits(tester).Length is >= 7 and <= 15)
            .WithMessage((_, tester) => Texts.Numbers.Of("TesterNotAPhone", tester));
        RuleFor(change => change.TurnCapacity).InclusiveBetween(0, MaxCapacity).WithMessage(_ => Texts.Numbers.Of("CapacityOutOfRange", MaxCapacity));
    }

    internal static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));
}

public abstract record UpdateNumberOutcome
{
    private UpdateNumberOutcome()
    {
    }

    public sealed record Done : UpdateNumberOutcome;

    public sealed record NoSuchNumber : UpdateNumberOutcome;

    public sealed record Invalid(IReadOnlyList<string> Sentences) : UpdateNumberOutcome;
}

/// <summary>Changes name, badge, read receipts and typing of a number.</summary>
public sealed class UpdateNumberSettings(Store store, LiveUpdates live)
{
    private static readonly NumberChangeValidator Validator = new();

    public async Task<UpdateNumberOutcome> RunAsync(Caller caller, NumberChange change, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        if (Validator.Validate(change) is { IsValid: false } result)
        {
            return new UpdateNumberOutcome.Invalid([.. result.Errors.Select(error => error.ErrorMessage)]);
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var number = await db.Numbers.SingleOrDefaultAsync(n => n.Id == change.NumberId, cancellationToken);
        if (number is null)
        {
            return new UpdateNumberOutcome.NoSuchNumber();
        }

        number.Name = change.Name.Trim();
        number.Environment = change.Environment;
        number.ReadReceipts = change.ReadReceipts;
        number.ShowTyping = change.ShowTyping;
        number.TakesTurns = change.TakesTurns;
        number.TurnCapacity = change.TurnCapacity;
        if (change.Testers is { } testers)
        {
            number.Testers = string.Join(',', testers.Select(NumberChangeValidator.Digits).Distinct());
        }

        await db.SaveChangesAsync(cancellationToken);
        live.Publish(new NumbersChanged(number.BusinessAccountId));
        return new UpdateNumberOutcome.Done();
    }
}
