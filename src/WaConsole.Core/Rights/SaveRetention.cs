using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Rights;

public abstract record SaveRetentionOutcome
{
    private SaveRetentionOutcome()
    {
    }

    public sealed record Saved : SaveRetentionOutcome;

    public sealed record Refused(IReadOnlyList<string> Sentences) : SaveRetentionOutcome;
}

/// <summary>Decides how long things are kept. What is too old by it goes in the next night.</summary>
public sealed class SaveRetention
{
    private static readonly RetentionTermsValidator Validator = new();

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly TimeProvider _clock;

    internal SaveRetention(Store store, WriterLane lane, TimeProvider clock)
    {
        (_store, _lane, _clock) = (store, lane, clock);
    }

    public async Task<SaveRetentionOutcome> RunAsync(Caller caller, RetentionTerms terms, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        if (Validator.Validate(terms) is { IsValid: false } result)
        {
            return new SaveRetentionOutcome.Refused([.. result.Errors.Select(error => error.ErrorMessage).Distinct()]);
        }

        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        var row = await db.ConsentSettings.SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            row = new ConsentSettings();
            db.ConsentSettings.Add(row);
        }

        row.RetentionJson = terms.Write();
        db.ConsentAudits.Add(ConsentAudit.Of(
            caller.AgentId, caller.Name, ConsentDeed.ChangedSettings, null, _clock.GetUtcNow().UtcDateTime,
            new AuditDetail.Retention(terms.MessageDays, terms.FileDays, terms.AuditDays, terms.QuarantineDays, terms.ImportFileDays)));
        await db.SaveChangesAsync(cancellationToken);
        return new SaveRetentionOutcome.Saved();
    }
}
