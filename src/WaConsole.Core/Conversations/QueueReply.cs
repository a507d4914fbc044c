using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Interactive;
using WaConsole.Core.Live;
using WaConsole.Core.Media;
using WaConsole.Core.Notifications;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates;
using WaConsole.Core.Window;

namespace WaConsole.Core.Conversations;

/// <summary>
/// What every way of sending shares, inside the caller's transaction: the key's earlier use, the gate, the message with its outbox row,
/// and what the list shows of it. The caller commits, then publishes and wakes the sender.
/// </summary>
internal sealed class QueueReply(
    SendGate gate, ServiceCounts free, WriterLane lane, LiveUpdates live, OutboxSignal outbox, TimeProvider clock, WhatsAppClock whatsApp)
{
    /// <summary>Held by the caller around its transaction. A person waits for it.</summary>
    public ValueTask<WriterLane.Place> EnterAsync(CancellationToken cancellationToken) => lane.EnterFirstAsync(cancellationToken);

    /// <summary>The same for many messages at once.</summary>
    public ValueTask<WriterLane.Place> EnterForManyAsync(CancellationToken cancellationToken) => lane.EnterAsync(cancellationToken);

    public async Task<SendReplyOutcome> ApplyAsync(
        WaConsoleDb db, Caller caller, long conversationId, Reply reply, CancellationToken cancellationToken)
    {
        // Takes the row's lock on both databases: two requests for one conversation come one after the other.
        var found = await db.Conversations.Where(c => c.Id == conversationId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.NumberId, c => c.NumberId), cancellationToken);
        if (found == 0)
        {
            return new SendReplyOutcome.NoSuchConversation();
        }

        if (await EarlierAsync(db, reply.ClientKey, conversationId, reply.RequestHash, cancellationToken) is { } earlier)
        {
            return earlier;
        }

        var conversation = await db.Conversations.SingleAsync(c => c.Id == conversationId, cancellationToken);
        await db.Entry(conversation).ReloadAsync(cancellationToken);
        var content = Cleaned(reply.Content);
        var answers = await gate.AskToQueueAsync(db, caller, [QuestionOf(conversation, reply, content)], cancellationToken);
        if (answers[0] is not GateAnswer.Granted granted)
        {
            return new SendReplyOutcome.Refused(((GateAnswer.Refused)answers[0]).Why);
        }

        var quoted = reply.ReplyToMessageId is { } quotedId
            ? await db.Messages.Where(m => m.Id == quotedId && m.ConversationId == conversationId)
                .Select(m => new { m.Id, m.Wamid }).SingleOrDefaultAsync(cancellationToken)
            : null;
        var message = MessageOf(caller, conversation, reply, content, granted);
        message.ReplyToMessageId = quoted?.Id;
        message.ReplyToWamid = quoted?.Wamid;
        db.Messages.Add(message);
        var entry = OutboxEntry.For(granted.Permit, message, reply.Lane, message.CreatedAtUtc);
        entry.NextAttemptAtUtc += reply.Hold < Reply.LongestHold ? reply.Hold : Reply.LongestHold;
        Remember(entry, conversation, reply);
        db.Outbox.Add(entry);
        await EstimateQueued.ApplyAsync(db, [(conversation, message, granted)], free, whatsApp.UtcNow, cancellationToken);
        await TellAsync(db, [(QuestionOf(conversation, reply, content), granted, message)], cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        var told = reply.Answers && conversation.WaitingSinceUtc is not null
            ? await Notify.SettleAsync(db, [conversationId], except: null, cancellationToken)
            : [];
        Show(conversation, message, granted, answers: reply.Answers);
        await KeepMediaAsync(db, conversation, granted.Media, cancellationToken);
        foreach (var card in granted.CardFiles.Values)
        {
            await KeepMediaAsync(db, conversation, card, cancellationToken);
        }

        if (caller.AgentId is { } agentId && content is ReplyContent.Text or ReplyContent.Media)
        {
            await KeepDraft.DropReplyAsync(db, conversationId, agentId, cancellationToken);
        }
        else if (reply.CarriesDraft && caller.AgentId is { } author)
        {
            await KeepDraft.DropWordsAsync(db, conversationId, author, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return new SendReplyOutcome.Queued(message.Id, conversationId, message.Status, Repeated: false) { Told = told };
    }

    /// <summary>
    /// The same for many messages at once, each to a conversation that is tracked and locked and with a key not used before: a few
    /// statements however many they are.
    /// </summary>
    public async Task<IReadOnlyList<SendReplyOutcome>> ApplyManyAsync(
        WaConsoleDb db, Caller caller, IReadOnlyList<(Conversation Conversation, Reply Reply)> replies, CancellationToken cancellationToken)
    {
        var questions = replies.Select(pair => QuestionOf(pair.Conversation, pair.Reply, Cleaned(pair.Reply.Content))).ToList();
        var answers = await gate.AskToQueueAsync(db, caller, questions, cancellationToken);
        var messages = new Message?[replies.Count];
        HashSet<long> answered = [];
        for (var index = 0; index < replies.Count; index++)
        {
            if (answers[index] is GateAnswer.Granted granted)
            {
                var (conversation, reply) = replies[index];
                var message = MessageOf(caller, conversation, reply, questions[index].Content, granted);
                db.Messages.Add(message);
                var entry = OutboxEntry.For(granted.Permit, message, reply.Lane, message.CreatedAtUtc);
                Remember(entry, conversation, reply);
                entry.WaitingSinceBeforeUtc = answered.Add(conversation.Id) ? entry.WaitingSinceBeforeUtc : null;
                db.Outbox.Add(entry);
                messages[index] = message;
            }
        }

        await EstimateQueued.ApplyAsync(
            db,
            [.. Enumerable.Range(0, replies.Count).Where(index => messages[index] is not null)
                .Select(index => (replies[index].Conversation, messages[index]!, (GateAnswer.Granted)answers[index]))],
            free,
            whatsApp.UtcNow,
            cancellationToken);
        await TellAsync(
            db,
            [.. Enumerable.Range(0, replies.Count).Where(index => messages[index] is not null)
                .Select(index => (questions[index], (GateAnswer.Granted)answers[index], messages[index]!))],
            cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var waited = Enumerable.Range(0, replies.Count)
            .Where(index => messages[index] is not null && replies[index].Conversation.WaitingSinceUtc is not null)
            .Select(index => replies[index].Conversation.Id).Distinct().Order().ToArray();
        var told = await Notify.SettleAsync(db, waited, except: null, cancellationToken);
        var outcomes = new SendReplyOutcome[replies.Count];
        for (var index = 0; index < replies.Count; index++)
        {
            if (messages[index] is { } message)
            {
                var conversation = replies[index].Conversation;
                Show(conversation, message, (GateAnswer.Granted)answers[index], answers: true);
                outcomes[index] = new SendReplyOutcome.Queued(message.Id, conversation.Id, message.Status, Repeated: false) { Told = told };
            }
            else
            {
                outcomes[index] = new SendReplyOutcome.Refused(((GateAnswer.Refused)answers[index]).Why);
            }
        }

        await KeepCardsAsync(db, replies, answers, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return outcomes;
    }

    /// <summary>What the same key did before, or null. A key belongs to one conversation and one request.</summary>
    public static async Task<SendReplyOutcome?> EarlierAsync(
        WaConsoleDb db, Guid clientKey, long? conversationId, string? requestHash, CancellationToken cancellationToken)
    {
        var earlier = await db.Messages.AsNoTracking()
            .Where(m => m.ClientKey == clientKey)
            .Select(m => new { m.Id, m.ConversationId, m.Status, m.RequestHash })
            .SingleOrDefaultAsync(cancellationToken);
        if (earlier is null)
        {
            return null;
        }

        var otherRequest = (conversationId is { } expected && earlier.ConversationId != expected)
            || (requestHash is not null && earlier.RequestHash != requestHash);
        return otherRequest
            ? new SendReplyOutcome.KeyReused()
            : new SendReplyOutcome.Queued(earlier.Id, earlier.ConversationId, earlier.Status, Repeated: true);
    }

    public void Announce(IReadOnlyList<SendReplyOutcome> outcomes, long numberId)
    {
        var changes = new ChangeSet();
        foreach (var queued in outcomes.OfType<SendReplyOutcome.Queued>().Where(queued => !queued.Repeated))
        {
            changes.Add(new OutboxChanged(numberId, Urgent: false));
            changes.NewLine(numberId, queued.ConversationId, queued.MessageId);
            changes.AddAll(queued.Told);
        }

        outbox.Raise();
        changes.PublishTo(live);
    }

    public void Announce(SendReplyOutcome outcome, long numberId, OutboxLane of)
    {
        if (outcome is SendReplyOutcome.Queued { Repeated: false } queued)
        {
            var urgent = of == OutboxLane.Agent;
            outbox.Raise(urgent);
            var changes = new ChangeSet();
            changes.Add(new OutboxChanged(numberId, urgent));
            changes.NewLine(numberId, queued.ConversationId, queued.MessageId);
            changes.AddAll(queued.Told);
            changes.PublishTo(live);
        }
    }

    private static void Remember(OutboxEntry entry, Conversation conversation, Reply reply)
    {
        if (reply.Answers)
        {
            (entry.StatusBefore, entry.WaitingSinceBeforeUtc, entry.SnoozedUntilBeforeUtc) =
                (conversation.Status, conversation.WaitingSinceUtc, conversation.SnoozedUntilUtc);
        }
    }

    private static GateQuestion QuestionOf(Conversation conversation, Reply reply, ReplyContent content) =>
        new(conversation, reply.ClientKey, content) { Lane = reply.Lane, InsteadOf = reply.InsteadOf };

    private Task TellAsync(
        WaConsoleDb db, IReadOnlyList<(GateQuestion Question, GateAnswer.Granted Answer, Message Message)> queued, CancellationToken cancellationToken) =>
        RecordTold.ApplyAsync(db, queued, clock.GetUtcNow().UtcDateTime, whatsApp.UtcNow, cancellationToken);

    private Message MessageOf(Caller caller, Conversation conversation, Reply reply, ReplyContent content, GateAnswer.Granted granted)
    {
        var template = content is ReplyContent.Template wanted ? RenderTemplate.Run(granted.Template!, wanted.Values, FilesOf(granted)) : null;
        return new Message
        {
            ConversationId = conversation.Id,
            NumberId = conversation.NumberId,
            Direction = MessageDirection.Outbound,
            Kind = content switch
            {
                ReplyContent.Media media => media.Kind,
                ReplyContent.Template => MessageKind.Template,
                ReplyContent.Interactive => MessageKind.Interactive,
                ReplyContent.Place => MessageKind.Location,
                ReplyContent.Cards => MessageKind.Contacts,
                _ => MessageKind.Text,
            },
            ClientKey = reply.ClientKey,
            RequestHash = reply.RequestHash,
            Text = content switch
            {
                ReplyContent.Text text => text.Body,
                ReplyContent.Media media => media.Caption ?? "",
                ReplyContent.Interactive interactive => interactive.What.Body,
                ReplyContent.Place place => string.Join(", ", new[] { place.Name, place.Address }.Where(part => part is { Length: > 0 })),
                ReplyContent.Cards cards => string.Join(", ", cards.People.Select(person => person.Name)),
                _ => template!.Body,
            },
            ContentJson = content switch
            {
                _ when reply.Automatic is { } why => ContentJson.Write(new MessageContent.Automatic(why)),
                ReplyContent.Template => ContentJson.Write(template!),
                ReplyContent.Interactive interactive => ContentJson.Write(RenderInteractive.Run(interactive.What)),
                ReplyContent.Place place => ContentJson.Write(new MessageContent.Location(place.Latitude, place.Longitude, place.Name, place.Address)),
                ReplyContent.Cards cards => ContentJson.Write(new MessageContent.ContactCards(cards.People)),
                ReplyContent.Media { Voice: true } => ContentJson.Write(new MessageContent.Voice(IsVoiceNote: true, Seconds: null)),
                _ => null,
            },
            ReplyJson = ReplyJson.Write(content),
            MediaFileId = granted.Media?.Id,
            Status = DeliveryStatus.Queued,
            SentAtUtc = whatsApp.UtcNow,
            CreatedAtUtc = clock.GetUtcNow().UtcDateTime,
            AuthorId = caller.AgentId,
            AuthorName = caller.Name,
            TemplateName = template?.Name,
            TemplateLanguage = template?.Language,
        };
    }

    private static Dictionary<long, SentFile> FilesOf(GateAnswer.Granted granted) => granted.CardFiles.Values.ToDictionary(
        file => file.Id, file => new SentFile(file.Id, file.Key, file.MimeType, file.SizeBytes, file.FileName));

    private void Show(Conversation conversation, Message message, GateAnswer.Granted granted, bool answers)
    {
        conversation.Unanswered(clock.GetUtcNow().UtcDateTime, granted.UnansweredFor);
        if (message.SentAtUtc > conversation.LastActivityAtUtc)
        {
            conversation.LastActivityAtUtc = message.SentAtUtc;
        }

        conversation.LastMessageId = message.Id;
        conversation.LastPreview = Preview.Of(message.Text, granted.Media?.FileName);
        conversation.LastKind = message.Kind;
        conversation.LastDirection = message.Direction;
        conversation.LastStatus = message.Status;
        if (!answers)
        {
            return;
        }

        conversation.WaitingSinceUtc = null;
        if (conversation.Status != ConversationStatus.Resolved || message.Kind != MessageKind.Template)
        {
            conversation.Status = ConversationStatus.Open;
            conversation.SnoozedUntilUtc = null;
        }
    }

    /// <summary>A message names its own file; those of its cards belong to the first conversation they went to.</summary>
    private static async Task KeepCardsAsync(
        WaConsoleDb db, IReadOnlyList<(Conversation Conversation, Reply Reply)> replies, IReadOnlyList<GateAnswer> answers,
        CancellationToken cancellationToken)
    {
        var cards = answers.Zip(replies).SelectMany(pair => pair.First is GateAnswer.Granted granted
            ? granted.CardFiles.Values.Select(file => (File: file, pair.Second.Conversation))
            : []);
        foreach (var (file, conversation) in cards.DistinctBy(card => card.File.Id))
        {
            await KeepMediaAsync(db, conversation, file, cancellationToken);
        }
    }

    private static async Task KeepMediaAsync(WaConsoleDb db, Conversation conversation, MediaFile? media, CancellationToken cancellationToken)
    {
        if (media is { ConversationId: null, IsInLibrary: false })
        {
            await db.MediaFiles.Where(f => f.Id == media.Id && f.ConversationId == null && !f.IsInLibrary).ExecuteUpdateAsync(set => set
                .SetProperty(f => f.ConversationId, conversation.Id)
                .SetProperty(f => f.NumberId, conversation.NumberId), cancellationToken);
        }
    }

    /// <summary>PostgreSQL refuses the zero character and halves of a surrogate pair in texts; nobody means them.</summary>
    private static ReplyContent Cleaned(ReplyContent content) => content switch
    {
        ReplyContent.Text text => text with { Body = StoredText.Clean(text.Body) },
        ReplyContent.Media media => media with { Caption = StoredText.CleanOrNull(media.Caption), FileName = StoredText.CleanOrNull(media.FileName) },
        ReplyContent.Interactive interactive => new ReplyContent.Interactive(CleanInteractive.Run(interactive.What)),
        ReplyContent.Place place => place with { Name = StoredText.CleanOrNull(place.Name?.Trim()), Address = StoredText.CleanOrNull(place.Address?.Trim()) },
        ReplyContent.Cards cards => new ReplyContent.Cards(
        [
            .. cards.People.Select(person => new ContactCard(
                StoredText.Clean(person.Name.Trim()), [.. person.Phones.Select(phone => StoredText.Clean(phone.Trim()))],
                [.. person.Emails.Select(mail => StoredText.Clean(mail.Trim()))], StoredText.CleanOrNull(person.Organisation?.Trim()))),
        ]),
        ReplyContent.Template template => template with
        {
            Name = StoredText.Clean(template.Name),
            Language = StoredText.Clean(template.Language),
            Values = template.Values.Cleaned(),
        },
        _ => content,
    };
}
