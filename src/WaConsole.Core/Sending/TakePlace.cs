using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>A place in the pace of number and customer for what waits in no queue.</summary>
internal sealed class TakePlace(WriterLane lane, SendPace pace, TimeProvider clock)
{
    /// <summary>A person waits for the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private DateTime NowUtc => clock.GetUtcNow().UtcDateTime;

    /// <returns>A flight, which must land; or when to ask again.</returns>
    public async Task<PlaceAnswer> RunAsync(WaConsoleDb db, long numberId, long conversationId, CancellationToken cancellationToken)
    {
        var number = await db.Numbers.AsNoTracking().Where(n => n.Id == numberId)
            .Select(n => new
            {
                n.Throughput,
                HeldUntilUtc = db.PaceOwners.Where(o => o.NumberId == n.Id).Select(o => o.HeldUntilUtc).FirstOrDefault(),
            })
            .SingleAsync(cancellationToken);

        // Another node may have been told to slow down.
        var (here, elsewhere) = (pace.HeldFor(numberId), (number.HeldUntilUtc ?? DateTime.MinValue) - NowUtc);
        if ((here > elsewhere ? here : elsewhere) is { Ticks: > 0 } held)
        {
            return new PlaceAnswer.NumberHeld(NowUtc + held);
        }

        if (await PairAsync(db, conversationId, cancellationToken) is { Ticks: > 0 } pair)
        {
            return new PlaceAnswer.PairFull(NowUtc + pair);
        }

        Flight? flight = null;
        try
        {
            flight = await FlightAsync(numberId, number.Throughput, cancellationToken);
        }
        finally
        {
            if (flight is null)
            {
                await GiveBackAsync(db, conversationId);
            }
        }

        return flight is null ? new PlaceAnswer.NumberHeld(NowUtc + Patience) : new PlaceAnswer.Given(flight);
    }

    /// <summary>Nothing left: the customer's pace is not charged for it.</summary>
    public async Task GiveBackAsync(WaConsoleDb db, long conversationId)
    {
        using var place = await lane.EnterFirstAsync(CancellationToken.None);
        await PairPlaces.GiveBackAsync(db, conversationId);
    }

    private async Task<TimeSpan> PairAsync(WaConsoleDb db, long conversationId, CancellationToken cancellationToken)
    {
        using var place = await lane.EnterFirstAsync(cancellationToken);
        var conversations = db.Conversations.Where(c => c.Id == conversationId);
        while (true)
        {
            var now = PairPace.Moment(NowUtc);
            var paid = await conversations.Select(c => c.PairPaidUntil).SingleAsync(cancellationToken);
            var after = PairPace.After(paid, now);
            if (PairPace.Wait(paid, now) is { Ticks: > 0 } wait)
            {
                return wait;
            }

            // Where a message was begun meanwhile it is looked at again.
            if (await conversations.Where(c => c.PairPaidUntil == paid)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.PairPaidUntil, after), cancellationToken) == 1)
            {
                return TimeSpan.Zero;
            }
        }
    }

    private async Task<Flight?> FlightAsync(long numberId, Numbers.ThroughputLevel level, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        while (true)
        {
            var turn = pace.TakeNumber(numberId, level, isAgents: true);
            if (turn.Flight is { } flight)
            {
                return flight;
            }

            if (clock.GetElapsedTime(begun) > Patience)
            {
                return null;
            }

            await Task.Delay(turn.Wait, clock, cancellationToken);
        }
    }
}

internal abstract record PlaceAnswer
{
    private PlaceAnswer()
    {
    }

    public sealed record Given(Flight Flight) : PlaceAnswer;

    /// <summary>WhatsApp asked the number to slow down, or everything it may send in a second is on its way.</summary>
    public sealed record NumberHeld(DateTime UntilUtc) : PlaceAnswer;

    /// <summary>The customer got as much at once as WhatsApp lets through.</summary>
    public sealed record PairFull(DateTime UntilUtc) : PlaceAnswer;
}
