using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>
/// PostgreSQL: who needs two rows takes the one with the lower id first. While somebody holds that one, whoever waits for it holds nothing that
/// comes after it: the other one is free.
/// </summary>
public sealed class LockOrderTests
{
    [Fact]
    public async Task A_batch_of_webhooks_takes_conversations_in_the_order_of_their_ids()
    {
        await using var bench = await TwoThreadsAsync();
        await SentAsync(bench, "wamid.high", thread: 1);

        // The higher one is found by a status, the lower one by who writes.
        await HoldLowerAsync(bench, "Conversations", () => HandleAsync(
            bench, Hooks.Statuses(Hooks.Status("wamid.high", "delivered")), Hooks.Messages(Hooks.Text("wamid.new", "Hello", from: Hooks.Amina))));
    }

    [Fact]
    public async Task A_batch_of_webhooks_takes_messages_in_the_order_of_their_ids()
    {
        await using var bench = await TwoThreadsAsync();
        var lower = await SentAsync(bench, null, thread: 0);
        await SentAsync(bench, "wamid.high", thread: 1);

        // The lower one is found by its key, the higher one by its id at WhatsApp.
        await HoldLowerAsync(bench, "Messages", () => HandleAsync(
            bench,
            Hooks.Statuses(Hooks.Status("wamid.high", "delivered")),
            Hooks.Statuses(Hooks.Status("wamid.low", "sent", callback: lower.ClientKey!.Value.ToString("n")))));
    }

    [Fact]
    public async Task Results_of_sends_take_conversations_in_the_order_of_their_ids()
    {
        await using var bench = await TwoThreadsAsync();
        Message[] sent = [await SentAsync(bench, "wamid.low", thread: 0), await SentAsync(bench, "wamid.high", thread: 1)];

        await HoldLowerAsync(bench, "Conversations", () => bench.Core.WithDbAsync(db => UpdateSettled.RunAsync(
            db, [.. sent.Reverse().Select(message => new SettledMessage(message.Id, DeliveryStatus.Sent, null, message.Wamid, null, null, null))])));
    }

    private static async Task<IntakeBench> TwoThreadsAsync()
    {
        Assert.SkipUnless(TestDatabase.PostgresIsThere, $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh.");
        var bench = await IntakeBench.StartAsync(DatabaseProvider.Postgres);
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.a", "Hello", from: Hooks.Amina)));
        await bench.TakeAsync(Hooks.Messages(Hooks.Text("wamid.b", "Hello", from: "4917000000001")));
        return bench;
    }

    private static async Task HandleAsync(IntakeBench bench, params byte[][] bodies)
    {
        foreach (var body in bodies)
        {
            Assert.Equal(AcceptOutcome.Stored, await bench.AcceptAsync(body));
        }

        await bench.WorkOffAsync();
    }

    /// <summary>A message of ours in the first or the second thread, as a sender leaves it.</summary>
    private static Task<Message> SentAsync(IntakeBench bench, string? wamid, int thread) => bench.Core.WithDbAsync(async db =>
    {
        var conversation = await db.Conversations.OrderBy(c => c.Id).Skip(thread).FirstAsync();
        var message = new Message
        {
            ConversationId = conversation.Id,
            NumberId = conversation.NumberId,
            Direction = MessageDirection.Outbound,
            Kind = MessageKind.Text,
            Text = "On its way",
            ClientKey = Guid.CreateVersion7(),
            Wamid = wamid,
            Status = wamid is null ? DeliveryStatus.Unknown : DeliveryStatus.Accepted,
            SentAtUtc = Hooks.Noon,
            CreatedAtUtc = Hooks.Noon,
        };
        db.Messages.Add(message);
        await db.SaveChangesAsync();
        conversation.LastMessageId = message.Id;
        await db.SaveChangesAsync();
        return message;
    });

    /// <summary>Of the two newest messages, or the two conversations.</summary>
    private static async Task HoldLowerAsync(IntakeBench bench, string table, Func<Task> work)
    {
        var ids = await bench.Core.WithDbAsync(db => db.Database.SqlQueryRaw<long>(
            table == "Messages"
                ? """SELECT "Id" AS "Value" FROM "Messages" ORDER BY "Id" DESC LIMIT 2"""
                : """SELECT "Id" AS "Value" FROM "Conversations" ORDER BY "Id" DESC LIMIT 2""").ToListAsync());
        Task working;
        await using (var held = await HeldRows.OfAsync(bench.Core, $"""SELECT 1 FROM "{table}" WHERE "Id" = {ids[1]} FOR UPDATE"""))
        {
            working = work();
            await held.UntilWaitingAsync(1);
            await held.RunAsync($"""SELECT 1 FROM "{table}" WHERE "Id" = {ids[0]} FOR UPDATE NOWAIT""");
        }

        await working;
    }
}
