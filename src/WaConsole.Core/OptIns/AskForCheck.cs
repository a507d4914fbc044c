using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.OptIns;

/// <summary>Has the whole registry read now, in the background.</summary>
public sealed class AskForCheck
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal AskForCheck(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock)
    {
        (_store, _lane, _live, _clock) = (store, lane, live, clock);
    }

    /// <returns>False when it is being read, or will be, and for who does not see every number.</returns>
    public async Task<bool> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        if (caller.Numbers is not null)
        {
            return false;
        }

        var now = _clock.GetUtcNow().UtcDateTime;
        var silent = now - RunCheck.SilentAtMost;
        await using var db = await _store.OpenAsync(cancellationToken);
        using (await _lane.EnterFirstAsync(cancellationToken))
        {
            await RunCheck.EnsureAsync(db, cancellationToken);
            if (await db.ConsentChecks.Where(c => c.AskedAtUtc == null && (c.BeatAtUtc == null || c.BeatAtUtc < silent)).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.AskedAtUtc, now).SetProperty(c => c.AskedByName, caller.Name), cancellationToken) == 0)
            {
                return false;
            }
        }

        _live.Publish(new RegistryCheckChanged(IsAsked: true));
        return true;
    }
}
