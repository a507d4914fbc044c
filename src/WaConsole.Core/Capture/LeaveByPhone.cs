using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Capture;

public enum LeaveOutcome
{
    /// <summary>The same whoever it is.</summary>
    Taken = 1,
    InvalidPhone = 2,

    /// <summary>The form was sent before for another number: a new one is needed.</summary>
    FormSpent = 3,
}

/// <summary>
/// Somebody types a number on the opt-out page. It is honoured without asking whose it is: leaving must be as easy as joining, and a stop that
/// somebody else typed costs its owner offers, which a message of theirs brings back. It ends offers alone: news of orders and sign-in codes are
/// stopped by who has the phone, in a message or by their own link. Who is not known is remembered, so that an import does
/// not bring them in later.
/// </summary>
public sealed class LeaveByPhone
{
    private const int Tries = 3;

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal LeaveByPhone(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    public async Task<LeaveOutcome> RunAsync(string? phone, string? country, Leaving leaving, CancellationToken cancellationToken)
    {
        if (ReadPhone.Run(phone, country) is not { } digits)
        {
            return LeaveOutcome.InvalidPhone;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await LeaveAsync(digits, leaving, cancellationToken);
            }
            catch (Exception fault) when (fault.IsConflict && attempt < Tries)
            {
                // The same person wrote, or was added, at this very moment: the next look finds them.
            }
        }
    }

    private async Task<LeaveOutcome> LeaveAsync(string digits, Leaving leaving, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = _clock.GetUtcNow().UtcDateTime;
        var use = await SpendForm.ApplyAsync(db, leaving.Form, $"opt-out|{digits}", now, cancellationToken);
        if (use != FormUse.First)
        {
            return use == FormUse.Repeated ? LeaveOutcome.Taken : LeaveOutcome.FormSpent;
        }

        var known = await ResolveContact.ApplyAsync(db, new PersonIdentity("", Phone: digits), now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var contact = await KeepConsent.LockAsync(db, known.Id, cancellationToken);
        await KeepConsent.ApplyAsync(db, contact, (leaving with { Everything = false }).Stop(now), cancellationToken);
        var changes = new ChangeSet();
        await TellConsent.ApplyAsync(db, contact.Id, changes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.PublishTo(_live);
        return LeaveOutcome.Taken;
    }
}
