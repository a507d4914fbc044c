using System.Text.Json;
using FluentValidation;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Rights;

/// <summary>For how many days things are kept. Null keeps them for ever, which is what an installation begins with.</summary>
public sealed record RetentionTerms
{
    /// <summary>Messages with their files and statuses.</summary>
    public int? MessageDays { get; init; }

    /// <summary>Files alone; the message stays and says that its file was removed.</summary>
    public int? FileDays { get; init; }

    /// <summary>Who looked, changed and exported.</summary>
    public int? AuditDays { get; init; }

    /// <summary>Webhooks that could not be handled.</summary>
    public int? QuarantineDays { get; init; }

    /// <summary>The lists of imports that are over; what was counted stays.</summary>
    public int? ImportFileDays { get; init; } = 7;

    internal string Write() => JsonSerializer.Serialize(this);

    internal static RetentionTerms Read(string json) => JsonSerializer.Deserialize<RetentionTerms>(json) ?? new();
}

public sealed class RetentionTermsValidator : AbstractValidator<RetentionTerms>
{
    public const int MostDays = 36_500;

    /// <summary>A wish to be left alone, and who looked, is asked about for years.</summary>
    public const int LeastAuditDays = 90;

    public RetentionTermsValidator()
    {
        RuleFor(t => t.MessageDays).Must(days => days is null or (>= 1 and <= MostDays)).WithMessage(_ => Texts.Rights.Of("Days", 1, MostDays));
        RuleFor(t => t.FileDays).Must(days => days is null or (>= 1 and <= MostDays)).WithMessage(_ => Texts.Rights.Of("Days", 1, MostDays));
        RuleFor(t => t.QuarantineDays).Must(days => days is null or (>= 1 and <= MostDays)).WithMessage(_ => Texts.Rights.Of("Days", 1, MostDays));
        RuleFor(t => t.ImportFileDays).Must(days => days is null or (>= 1 and <= MostDays)).WithMessage(_ => Texts.Rights.Of("Days", 1, MostDays));
        RuleFor(t => t.AuditDays).Must(days => days is null or (>= LeastAuditDays and <= MostDays)).WithMessage(_ => Texts.Rights.Of("AuditDays", LeastAuditDays, MostDays));
    }
}
