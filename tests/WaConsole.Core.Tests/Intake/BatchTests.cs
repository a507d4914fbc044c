using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>Items handled together leave the rows that the same items leave when each is handled alone by its verb.</summary>
public sealed class BatchTests
{
    private const int Bodies = 60;

    private static readonly int Seeds = Environment.GetEnvironmentVariable("WACONSOLE_TEST_LONG") is { Length: > 0 } ? 100 : 4;

    [Theory]
    [EveryDatabase]
    public async Task Together_and_one_by_one_leave_the_same_rows(DatabaseProvider provider)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var traffic = new RandomTraffic(seed);
            List<byte[]> bodies = [.. Enumerable.Range(0, Bodies).Select(_ => traffic.NextBody())];

            var together = await RowsAsync(provider, bodies, handle => handle.RunOnceAsync(CancellationToken.None));
            var alone = await RowsAsync(provider, bodies, handle => handle.RunAloneAsync(CancellationToken.None));

            Assert.True(together.SequenceEqual(alone), $"Seed {seed}:\n{string.Join('\n', alone.Except(together).Select(row => "- " + row))}\n"
                + string.Join('\n', together.Except(alone).Select(row => "+ " + row)));
        }
    }

    /// <summary>All rows as texts, ids replaced by their order, which is all they mean.</summary>
    private static async Task<List<string>> RowsAsync(
        DatabaseProvider provider, List<byte[]> bodies, Func<HandleDeliveries, Task<bool>> work)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(Hooks.Noon));
        await using var bench = await IntakeBench.StartAsync(provider, new CoreHostOptions { Clock = clock });
        await SendAsync(bench);
        foreach (var body in bodies)
        {
            Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(body));
        }

        while (await work(bench.Core.Get<HandleDeliveries>()))
        {
        }

        var intake = await bench.CountAsync();
        Assert.Equal(0, intake.Pending);
        return await bench.Core.WithDbAsync(AllRows.ReadAsync);
    }

    /// <summary>Twelve messages of ours to three people, half of which got their answer.</summary>
    private static async Task SendAsync(IntakeBench bench)
    {
        await bench.TakeAsync([.. Enumerable.Range(0, 3).Select(
            person => Hooks.Messages(Hooks.Text($"wamid.first{person}", "Hello", from: RandomTraffic.PhoneOf(person))))]);
        await bench.Core.WithDbAsync(async db =>
        {
            var threads = await db.Conversations.OrderBy(c => c.Id).ToListAsync();
            for (var number = 0; number < RandomTraffic.Sent; number++)
            {
                var isNamed = RandomTraffic.IsNamed(number);
                var message = new Message
                {
                    ConversationId = threads[number % threads.Count].Id,
                    NumberId = threads[0].NumberId,
                    Direction = MessageDirection.Outbound,
                    Kind = MessageKind.Text,
                    Text = "On its way",
                    ClientKey = RandomTraffic.SentKey(number),
                    Wamid = isNamed ? RandomTraffic.SentWamid(number) : null,
                    Status = isNamed ? DeliveryStatus.Accepted : DeliveryStatus.Unknown,
                    SentAtUtc = Hooks.Noon,
                    CreatedAtUtc = Hooks.Noon,
                };
                db.Messages.Add(message);
                await db.SaveChangesAsync();
                db.Outbox.Add(new OutboxEntry
                {
                    MessageId = message.Id,
                    NumberId = message.NumberId,
                    ConversationId = message.ConversationId,
                    State = isNamed ? OutboxState.Done : OutboxState.Unknown,
                    CreatedAtUtc = Hooks.Noon,
                    DeadlineAtUtc = Hooks.Noon.AddDays(1),
                    NextAttemptAtUtc = Hooks.Noon,
                });
                threads[number % threads.Count].LastMessageId = message.Id;
                await db.SaveChangesAsync();
            }
        });
    }
}
