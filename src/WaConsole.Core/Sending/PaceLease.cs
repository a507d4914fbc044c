using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>Which node sends for a number, so that its pace is kept in one place.</summary>
internal sealed class PaceOwner
{
    public long NumberId { get; set; }

    /// <summary>Null when it was given back.</summary>
    public Guid? Holder { get; set; }

    /// <summary>Until when the holder has it; when it was given back, otherwise.</summary>
    public DateTime UntilUtc { get; set; }

    /// <summary>Given back: messages in and out within the second before.</summary>
    public int Spent { get; set; }

    /// <summary>WhatsApp asked the number to slow down: until then no node sends for it, and no later start either.</summary>
    public DateTime? HeldUntilUtc { get; set; }
}

/// <summary>
/// A number's pace belongs to one node at a time, by a row with an end: a node that dies loses it when that has come, or when it is
/// started again. A node without work gives it back at once, so that whichever node an agent works on takes it without waiting. Only the pace hangs on it: that no
/// message goes twice is the outbox rows' own business. See docs/decisions/0020.
/// </summary>
internal sealed class PaceLease(Store store, WriterLane lane, NodeLife life, SendPace pace, TimeProvider clock)
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(10);

    /// <summary>A hold that grew by less is not written again.</summary>
    private static readonly TimeSpan HoldsAlike = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, DateTime> _mine = new();
    private readonly ConcurrentDictionary<long, DateTime> _told = new();

    private DateTime NowUtc => clock.GetUtcNow().UtcDateTime;

    public bool HoldsAny => !_mine.IsEmpty;

    public bool Holds(long numberId) => _mine.TryGetValue(numberId, out var until) && until > NowUtc;

    /// <returns>How long another node still has it; zero: it is ours.</returns>
    public async Task<TimeSpan> TakeAsync(DueNumber number, CancellationToken cancellationToken)
    {
        var now = NowUtc;
        if (_mine.TryGetValue(number.NumberId, out var mine) && mine - now > RenewBefore)
        {
            return TimeSpan.Zero;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        var until = now + Length;
        var found = await db.PaceOwners.AsNoTracking().SingleOrDefaultAsync(o => o.NumberId == number.NumberId, cancellationToken);
        if (found is { Holder: { } other } && other != life.Id && found.UntilUtc > now)
        {
            _mine.TryRemove(number.NumberId, out _);
            return found.UntilUtc - now;
        }

        var taken = found is null
            ? await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "PaceOwners" ("NumberId", "Holder", "UntilUtc", "Spent") VALUES ({number.NumberId}, {life.Id}, {until}, 0)
                ON CONFLICT ("NumberId") DO NOTHING
                """,
                cancellationToken)
            : await db.PaceOwners
                .Where(o => o.NumberId == number.NumberId && o.UntilUtc == found.UntilUtc && o.Holder == found.Holder)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.Holder, life.Id).SetProperty(o => o.UntilUtc, until), cancellationToken);
        if (taken == 0)
        {
            _mine.TryRemove(number.NumberId, out _);
            return TimeSpan.FromSeconds(1);
        }

        if (found is not null && found.Holder != life.Id && now - found.UntilUtc < NumberPace.Window)
        {
            var spent = found.Holder is null ? found.Spent : SendPace.RateOf(number.Throughput);
            pace.Resume(number.NumberId, number.Throughput, spent, now - found.UntilUtc);
        }

        if (found?.HeldUntilUtc is { } held && held > now)
        {
            pace.Hold(number.NumberId, held - now);
        }

        _mine[number.NumberId] = until;
        return TimeSpan.Zero;
    }

    /// <summary>Writes down that our number is held, so that whoever has it next waits too.</summary>
    public async Task TellHeldAsync(long numberId, TimeSpan held, CancellationToken cancellationToken)
    {
        var until = NowUtc + held;
        if (!Holds(numberId) || (_told.TryGetValue(numberId, out var told) && told > until - HoldsAlike))
        {
            return;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        await db.PaceOwners.Where(o => o.NumberId == numberId && o.Holder == life.Id && (o.HeldUntilUtc == null || o.HeldUntilUtc < until))
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.HeldUntilUtc, until), cancellationToken);
        _told[numberId] = until;
    }

    /// <summary>
    /// Writes down that these are held, whichever nodes they are with, or none yet: each of those hears of it when it takes its number or
    /// renews it, after ten seconds at most.
    /// </summary>
    public async Task TellHeldAsync(IReadOnlyCollection<long> numbers, TimeSpan held, CancellationToken cancellationToken)
    {
        var now = NowUtc;
        var until = now + held;
        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        foreach (var number in numbers.Order())
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "PaceOwners" AS o ("NumberId", "UntilUtc", "Spent", "HeldUntilUtc") VALUES ({number}, {now}, 0, {until})
                ON CONFLICT ("NumberId") DO UPDATE SET "HeldUntilUtc" = excluded."HeldUntilUtc"
                WHERE o."HeldUntilUtc" IS NULL OR o."HeldUntilUtc" < excluded."HeldUntilUtc"
                """,
                cancellationToken);
        }
    }

    public async Task GiveBackAsync(long numberId, CancellationToken cancellationToken)
    {
        if (!_mine.TryRemove(numberId, out _))
        {
            return;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        var now = NowUtc;
        var spent = pace.SpentBy(numberId);
        DateTime? held = pace.HeldFor(numberId) is { Ticks: > 0 } left ? now + left : null;
        await db.PaceOwners.Where(o => o.NumberId == numberId && o.Holder == life.Id).ExecuteUpdateAsync(
            set => set.SetProperty(o => o.Holder, (Guid?)null).SetProperty(o => o.UntilUtc, now).SetProperty(o => o.Spent, spent)
                .SetProperty(o => o.HeldUntilUtc, o => o.HeldUntilUtc == null || o.HeldUntilUtc < held ? held : o.HeldUntilUtc),
            cancellationToken);
    }
}
