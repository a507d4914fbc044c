using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Consent;

/// <summary>
/// Reads the whole registry, on one node at a time, says how far it is, and keeps what was found until the next time. Whoever goes silent is
/// taken over from, and writes nothing any more; a check that was asked for and ended in a fault is still asked for.
/// </summary>
internal sealed class RunCheck(Store store, WriterLane lane, VerifyConsent verify, LiveUpdates live, TimeProvider clock)
{
    public static readonly TimeSpan SilentAtMost = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenNews = TimeSpan.FromSeconds(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<bool> IsAskedAsync(CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.ConsentChecks.AnyAsync(c => c.AskedAtUtc != null, cancellationToken);
    }

    /// <param name="ownName">Whose reading it is when nobody asked for it; empty for the nightly one.</param>
    /// <returns>What was found, and who had asked, if anybody; null when another node reads it now, or took over.</returns>
    public async Task<(ConsentVerdict Verdict, string ByName)?> RunAsync(string ownName, Action beat, CancellationToken cancellationToken)
    {
        var run = Guid.CreateVersion7();
        if (await BeginAsync(run, ownName, cancellationToken) is not { } byName)
        {
            return null;
        }

        try
        {
            if (await ReadAsync(run, beat, cancellationToken) is not { } verdict)
            {
                return null;
            }

            var json = CheckJson.Write(verdict);
            var now = Now;
            var isKept = await ChangeAsync(
                run,
                check => check.ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.RunId, (Guid?)null).SetProperty(c => c.BeatAtUtc, (DateTime?)null).SetProperty(c => c.AskedAtUtc, (DateTime?)null)
                        .SetProperty(c => c.EndedAtUtc, now).SetProperty(c => c.ByName, byName).SetProperty(c => c.VerdictJson, json),
                    cancellationToken),
                cancellationToken);
            return isKept ? (verdict, byName) : null;
        }
        catch
        {
            await ChangeAsync(
                run,
                check => check.ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.RunId, (Guid?)null).SetProperty(c => c.BeatAtUtc, (DateTime?)null), CancellationToken.None),
                CancellationToken.None);
            throw;
        }
    }

    /// <summary>The one row, made when there is none yet.</summary>
    public static Task EnsureAsync(WaConsoleDb db, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""INSERT INTO "ConsentChecks" ("Id", "AskedByName", "Read", "ToRead", "ByName") VALUES ({ConsentCheck.Only}, '', 0, 0, '') ON CONFLICT ("Id") DO NOTHING""",
        cancellationToken);

    private async Task<string?> BeginAsync(Guid run, string ownName, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using (await lane.EnterAsync(cancellationToken))
        {
            await EnsureAsync(db, cancellationToken);
            var now = Now;
            var silent = now - SilentAtMost;
            if (await db.ConsentChecks.Where(c => c.BeatAtUtc == null || c.BeatAtUtc < silent).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.RunId, run).SetProperty(c => c.BeatAtUtc, now).SetProperty(c => c.Read, 0).SetProperty(c => c.ToRead, 0),
                cancellationToken) == 0)
            {
                return null;
            }
        }

        live.Publish(new RegistryCheckChanged(IsAsked: false));
        return await db.ConsentChecks.Select(c => c.AskedAtUtc == null ? ownName : c.AskedByName).SingleAsync(cancellationToken);
    }

    /// <returns>Null when another run took over, which is looked at with every progress that is told.</returns>
    private async Task<ConsentVerdict?> ReadAsync(Guid run, Action beat, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var far = new Far();
        var telling = TellAsync(run, far, reading, ended.Token);
        try
        {
            return await verify.RunAsync(
                (read, toRead) =>
                {
                    beat();
                    Interlocked.Exchange(ref far.ToRead, toRead);
                    Interlocked.Exchange(ref far.Read, read);
                },
                reading.Token);
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await ended.CancelAsync();
            await telling;
        }
    }

    private async Task TellAsync(Guid run, Far far, CancellationTokenSource reading, CancellationToken untilEnded)
    {
        using var timer = new PeriodicTimer(BetweenNews, clock);
        try
        {
            while (await timer.NextAsync(untilEnded))
            {
                var (now, read, toRead) = (Now, Interlocked.Read(ref far.Read), Interlocked.Read(ref far.ToRead));
                try
                {
                    var isMine = await ChangeAsync(
                        run,
                        check => check.ExecuteUpdateAsync(
                            set => set.SetProperty(c => c.BeatAtUtc, now).SetProperty(c => c.Read, read).SetProperty(c => c.ToRead, toRead), untilEnded),
                        untilEnded);
                    if (!isMine)
                    {
                        await reading.CancelAsync();
                        return;
                    }
                }
                catch (Exception) when (!untilEnded.IsCancellationRequested)
                {
                    // The database is busy or away for a moment: told again in a second, and what was read so far is kept.
                }
            }
        }
        catch (Exception) when (untilEnded.IsCancellationRequested)
        {
            // The check has ended, and says so itself.
        }
    }

    /// <returns>False when another run took over: the row is its own.</returns>
    private async Task<bool> ChangeAsync(Guid run, Func<IQueryable<ConsentCheck>, Task<int>> change, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        using (await lane.EnterAsync(cancellationToken))
        {
            if (await change(db.ConsentChecks.Where(c => c.RunId == run)) == 0)
            {
                return false;
            }
        }

        live.Publish(new RegistryCheckChanged(IsAsked: false));
        return true;
    }

    private sealed class Far
    {
        public long Read;
        public long ToRead;
    }
}
