using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Sending;

/// <summary>An admin says that the cause is mended: the number and its account send again, what waited goes out.</summary>
public sealed class ResumeSending
{
    private readonly Store _store;
    private readonly OutboxSignal _outbox;
    private readonly LiveUpdates _live;

    internal ResumeSending(Store store, OutboxSignal outbox, LiveUpdates live)
    {
        _store = store;
        _outbox = outbox;
        _live = live;
    }

    /// <returns>False when there is no such number.</returns>
    public async Task<bool> RunAsync(Caller caller, long numberId, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await _store.OpenAsync(cancellationToken);
        var number = await db.Numbers.Include(n => n.BusinessAccount).SingleOrDefaultAsync(n => n.Id == numberId, cancellationToken);
        if (number is null)
        {
            return false;
        }

        number.SendingStoppedAtUtc = null;
        number.SendingStoppedCode = null;
        number.BusinessAccount.SendingStoppedAtUtc = null;
        number.BusinessAccount.SendingStoppedCode = null;
        await db.SaveChangesAsync(cancellationToken);

        _outbox.Raise();
        _live.Publish(new NumbersChanged(number.BusinessAccountId));
        return true;
    }
}
