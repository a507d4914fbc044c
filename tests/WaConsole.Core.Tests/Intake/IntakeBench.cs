using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Intake;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Intake;

/// <summary>Core with intake driven by hand: a body is accepted as over HTTP, then worked off until nothing is pending.</summary>
internal sealed class IntakeBench : IAsyncDisposable
{
    private IntakeBench(CoreHost core)
    {
        Core = core;
    }

    public CoreHost Core { get; }

    public static async Task<IntakeBench> StartAsync(DatabaseProvider provider, CoreHostOptions? options = null) =>
        new(await CoreHost.StartAsync(provider, options ?? new CoreHostOptions()));

    public Task<AcceptOutcome> AcceptAsync(byte[] body) =>
        Core.Get<AcceptDelivery>().RunAsync(body, TestAccount.Sign(body), CancellationToken.None);

    /// <summary>Accepts the bodies in this order and works them off; the sum of the counters must hold afterwards.</summary>
    public async Task TakeAsync(params byte[][] bodies)
    {
        foreach (var body in bodies)
        {
            Assert.Equal(AcceptOutcome.Stored, await AcceptAsync(body));
        }

        await WorkOffAsync();
        await CountAsync();
    }

    public async Task WorkOffAsync()
    {
        while (await Core.Get<HandleDeliveries>().RunOnceAsync(CancellationToken.None))
        {
        }
    }

    /// <summary>The counters, after checking that every received item is somewhere.</summary>
    public async Task<IntakeView> CountAsync()
    {
        var intake = await Core.Get<ReadIntake>().RunAsync(Caller.System, CancellationToken.None);
        Assert.Equal(intake.Received, intake.Stored + intake.Duplicates + intake.Parked + intake.Quarantined + intake.Pending);
        return intake;
    }

    public Task<Conversation> ConversationAsync() =>
        Core.WithDbAsync(db => db.Conversations.Include(c => c.Contact).ThenInclude(c => c.Identifiers).AsNoTracking().SingleAsync());

    public Task<Message> MessageAsync(string wamid) => Core.WithDbAsync(
        db => db.Messages.Include(m => m.Reactions).Include(m => m.MediaFile).AsNoTracking().SingleAsync(m => m.Wamid == wamid));

    /// <summary>A message of ours on its way out, with its outbox entry, as a sender leaves it.</summary>
    public async Task<Message> OutgoingAsync(DeliveryStatus status, string? wamid = null)
    {
        var conversation = await ConversationAsync();
        return await Core.WithDbAsync(async db =>
        {
            var message = new Message
            {
                ConversationId = conversation.Id,
                NumberId = conversation.NumberId,
                Direction = MessageDirection.Outbound,
                Kind = MessageKind.Text,
                Text = "On its way",
                ClientKey = Guid.CreateVersion7(),
                Wamid = wamid,
                Status = status,
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
                State = OutboxState.Unknown,
                CreatedAtUtc = Hooks.Noon,
                DeadlineAtUtc = Hooks.Noon.AddDays(1),
                NextAttemptAtUtc = Hooks.Noon,
            });
            await db.Conversations.Where(c => c.Id == conversation.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.LastMessageId, message.Id).SetProperty(c => c.LastStatus, status));
            await db.SaveChangesAsync();
            return message;
        });
    }

    public ValueTask DisposeAsync() => Core.DisposeAsync();
}
