using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Notifications;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

public abstract record WriteNoteOutcome
{
    private WriteNoteOutcome()
    {
    }

    /// <summary>The same key and text again are the same note.</summary>
    public sealed record Written(long MessageId) : WriteNoteOutcome;

    public sealed record Refused(string Sentence) : WriteNoteOutcome;

    public sealed record NoSuchConversation : WriteNoteOutcome;
}

/// <summary>
/// A private note in the thread: the customer never gets it. Whoever is named in it is told and takes part from then on; so does its
/// author. The others who take part are told too. Order, unread marks and preview of the inbox stay as they are.
/// </summary>
public sealed class WriteNote
{
    public const int MaxLength = 4_000;

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;
    private readonly WhatsAppClock _whatsApp;

    internal WriteNote(Store store, WriterLane lane, LiveUpdates live, TimeProvider clock, WhatsAppClock whatsApp)
    {
        (_store, _lane, _live, _clock, _whatsApp) = (store, lane, live, clock, whatsApp);
    }

    public async Task<WriteNoteOutcome> RunAsync(Caller caller, long conversationId, Guid clientKey, string text, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        var clean = StoredText.Clean(text).Trim();
        if (clean.Length is 0 or > MaxLength)
        {
            return new WriteNoteOutcome.Refused(clean.Length == 0 ? Texts.Conversations.Of("NoteEmpty") : Texts.Conversations.Of("NoteTooLong", MaxLength));
        }

        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await LockConversation.RunAsync(db, caller, conversationId, cancellationToken) is not { } conversation)
        {
            return new WriteNoteOutcome.NoSuchConversation();
        }

        if (await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.ClientKey == clientKey, cancellationToken) is { } earlier)
        {
            return earlier.ConversationId == conversationId && earlier.Kind == MessageKind.Note && earlier.Text == clean
                ? new WriteNoteOutcome.Written(earlier.Id)
                : new WriteNoteOutcome.Refused(Texts.Conversations.Of("KeyReused"));
        }

        var people = await ListAssignees.Of(db, conversation.NumberId)
            .Select(agent => new Assignee(agent.Id, agent.DisplayName)).ToListAsync(cancellationToken);
        var named = Mentions.In(clean, people);
        var note = NoteOf(caller, conversation, clientKey, clean, named);
        db.Messages.Add(note);
        await db.SaveChangesAsync(cancellationToken);

        var told = await TellAsync(db, caller, conversation, note, named, people, cancellationToken);
        if (caller.AgentId is { } author)
        {
            await KeepDraft.DropNoteAsync(db, conversationId, author, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        _live.Publish([
            new MessageChanged(conversation.NumberId, conversationId, note.Id),
            new HeaderChanged(conversation.NumberId, conversationId),
            .. told,
        ]);
        return new WriteNoteOutcome.Written(note.Id);
    }

    private Message NoteOf(Caller caller, Conversation conversation, Guid clientKey, string text, IReadOnlyList<Assignee> named) => new()
    {
        ConversationId = conversation.Id,
        NumberId = conversation.NumberId,
        Direction = MessageDirection.None,
        Kind = MessageKind.Note,
        ClientKey = clientKey,
        Text = text,
        ContentJson = ContentJson.Write(new MessageContent.TeamNote([.. named.Select(person => person.Name)])),
        AuthorId = caller.AgentId,
        AuthorName = caller.Name,
        SentAtUtc = _whatsApp.UtcNow,
        CreatedAtUtc = _clock.GetUtcNow().UtcDateTime,
    };

    private async Task<IReadOnlyList<LiveChange>> TellAsync(
        WaConsoleDb db, Caller caller, Conversation conversation, Message note, IReadOnlyList<Assignee> named, List<Assignee> people,
        CancellationToken cancellationToken)
    {
        var now = note.CreatedAtUtc;
        var preview = Preview.Of(note.Text);
        var mentioned = named.Select(person => person.AgentId).ToList();
        var taking = await db.Participants.Where(p => p.ConversationId == conversation.Id).Select(p => p.AgentId).ToListAsync(cancellationToken);

        // Who lost the number meanwhile is not told what is written there.
        var others = taking.Except(mentioned).Intersect(people.Select(person => person.AgentId));
        await Participants.JoinAsync(
            db, conversation.Id, caller.AgentId is { } author ? [author, .. mentioned] : mentioned, now, cancellationToken);
        return [
            .. Notify.Add(db, mentioned, caller, NotificationKind.Mention, conversation.Id, note.Id, preview, now),
            .. Notify.Add(db, others, caller, NotificationKind.Note, conversation.Id, note.Id, preview, now),
        ];
    }
}
