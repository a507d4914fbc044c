using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Interactive;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Conversations;

/// <summary>What goes out. Texts as the person typed them; files by the id of an upload of ours.</summary>
public abstract record ReplyContent
{
    private ReplyContent()
    {
    }

    public sealed record Text(string Body) : ReplyContent;

    /// <summary><see cref="Kind"/> is Image, Video, Audio, Document or Sticker and must fit the file's real type.</summary>
    public sealed record Media(MessageKind Kind, long MediaFileId, string? Caption = null, string? FileName = null, bool Voice = false) : ReplyContent;

    /// <summary>Something to tap.</summary>
    public sealed record Interactive(InteractiveMessage What) : ReplyContent;

    public sealed record Template(string Name, string Language, TemplateValues Values) : ReplyContent;

    /// <summary>Degrees. WhatsApp shows the address only with a name.</summary>
    public sealed record Place(double Latitude, double Longitude, string? Name = null, string? Address = null) : ReplyContent;

    /// <summary>People with their numbers, for the customer's address book.</summary>
    public sealed record Cards(IReadOnlyList<ContactCard> People) : ReplyContent;

    /// <summary>An emoji on a message, empty to take it back. It is never queued: see ReactToMessage.</summary>
    internal sealed record Reaction(string Emoji) : ReplyContent;
}

/// <summary>
/// <see cref="ClientKey"/> is made once by whoever composes (a screen, or derived from an Idempotency-Key): the same key twice is the same message.
/// <see cref="RequestHash"/>, when given, must be the same for the same key. For <see cref="Hold"/> it can be taken back (UndoSend).
/// </summary>
public sealed record Reply(
    long ConversationId, Guid ClientKey, ReplyContent Content, long? ReplyToMessageId = null, OutboxLane Lane = OutboxLane.Agent, string? RequestHash = null,
    TimeSpan Hold = default)
{
    /// <summary>It carries the words of the caller's draft, which is then sent.</summary>
    public bool CarriesDraft { get; init; }

    /// <summary>Why the program sends this by itself ("away"); null for what somebody sent. Such a message answers nobody: the customer goes on waiting.</summary>
    internal string? Automatic { get; init; }

    /// <summary>Written before the customer wrote what they wait for now: it goes out and they go on waiting.</summary>
    internal bool WrittenBefore { get; init; }

    internal bool Answers => Automatic is null && !WrittenBefore;

    /// <summary>The message that a person sends once more by this one.</summary>
    internal long? InsteadOf { get; init; }

    public static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(30);
}

public abstract record SendReplyOutcome
{
    private SendReplyOutcome()
    {
    }

    /// <summary>In the outbox, in one transaction with the message. <see cref="Repeated"/>: this key had been queued before; nothing new was sent.</summary>
    public sealed record Queued(long MessageId, long ConversationId, DeliveryStatus Status, bool Repeated) : SendReplyOutcome
    {
        /// <summary>What else to publish after the commit.</summary>
        internal IReadOnlyList<LiveChange> Told { get; init; } = [];
    }

    public sealed record Refused(Refusal Why) : SendReplyOutcome;

    public sealed record NoSuchConversation : SendReplyOutcome;

    public sealed record KeyReused : SendReplyOutcome;
}

/// <summary>Queues a reply to a conversation. Sending it is the outbox's work; this asks the gate and records.</summary>
public sealed class SendReply
{
    private readonly Store _store;
    private readonly QueueReply _queue;

    internal SendReply(Store store, QueueReply queue)
    {
        _store = store;
        _queue = queue;
    }

    public async Task<SendReplyOutcome> RunAsync(Caller caller, Reply reply, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        var number = await db.Conversations.Where(c => c.Id == reply.ConversationId)
            .Select(c => (long?)c.NumberId).SingleOrDefaultAsync(cancellationToken);
        if (number is not { } numberId || !caller.MaySeeNumber(numberId))
        {
            return new SendReplyOutcome.NoSuchConversation();
        }

        var outcome = await QueueAsync(db, caller, reply, cancellationToken);
        _queue.Announce(outcome, numberId, reply.Lane);
        return outcome;
    }

    private async Task<SendReplyOutcome> QueueAsync(WaConsoleDb db, Caller caller, Reply reply, CancellationToken cancellationToken)
    {
        using var place = await _queue.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            var wanted = await AskAgain.ApplyAsync(db, caller, reply, cancellationToken);
            var outcome = await _queue.ApplyAsync(db, caller, reply.ConversationId, wanted, cancellationToken);
            if (wanted != reply && outcome is not SendReplyOutcome.Queued)
            {
                await transaction.RollbackAsync(cancellationToken);
                return outcome;
            }

            if (outcome is SendReplyOutcome.Queued { Repeated: false } && reply.InsteadOf is { } old && !await EndAsync(db, old, cancellationToken))
            {
                await transaction.RollbackAsync(cancellationToken);
                return new SendReplyOutcome.Refused(new Refusal("not_repeatable", Texts.Sending.Of("NotSendableAgain")));
            }

            await transaction.CommitAsync(cancellationToken);
            return outcome;
        }
        catch (DbUpdateException)
        {
            // The same key was used for another conversation at this very moment: the unique index let one of the two in.
            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            if (await QueueReply.EarlierAsync(db, reply.ClientKey, reply.ConversationId, reply.RequestHash, cancellationToken) is { } earlier)
            {
                return earlier;
            }

            throw;
        }
    }

    /// <summary>
    /// What is sent again does not leave as well: a sender that was cut off for minutes would give the first one back to the queue when it
    /// comes back, and the person who asked again accepted that it had arrived, not that it would be sent later.
    /// </summary>
    /// <returns>False when it waits to be sent already.</returns>
    private static async Task<bool> EndAsync(WaConsoleDb db, long messageId, CancellationToken cancellationToken)
    {
        await db.Outbox.Where(e => e.MessageId == messageId && e.State == OutboxState.Unknown)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, OutboxState.Done), cancellationToken);
        return !await db.Outbox.AnyAsync(e => e.MessageId == messageId && e.State != OutboxState.Done, cancellationToken);
    }
}
