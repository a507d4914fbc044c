using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Policy;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Templates.Insight;

namespace WaConsole.Core.Conversations;

/// <summary>
/// A customer's message that is a word to stop, typed or on a button, ends marketing in the transaction that stores it: what is queued
/// meanwhile is asked for again before it leaves. A word to start ends a stop, is recorded in any case, and is no consent. What only looks like a stop, or may be an
/// order to cancel, becomes a line in the thread for whoever answers, and waits on the list of possible stops.
/// </summary>
internal static class HearWish
{
    /// <summary>Such a message is handled by itself.</summary>
    public static bool IsIn(InboundMessageItem item) => Hear(item).Wish != HeardWish.None;

    /// <summary>The message has its id.</summary>
    public static async Task ApplyAsync(
        WaConsoleDb db, InboundMessageItem item, Message message, Conversation conversation, Reception at, CancellationToken cancellationToken)
    {
        var (wish, said) = Hear(item);
        var source = item.Kind == CloudApi.MessageKind.Text ? ConsentSource.Keyword : ConsentSource.QuickReply;
        await ActAsync(db, wish, said, source, item.TimestampUtc, message, conversation, at, cancellationToken);
    }

    /// <summary>The customer changed the text of a message: what it says now counts, from now on.</summary>
    public static async Task ApplyEditAsync(
        WaConsoleDb db, Message message, string? before, DateTime editedAtUtc, Reception at, CancellationToken cancellationToken)
    {
        Func<string?, (HeardWish Wish, string? Said)> hear = message.Kind == MessageKind.Text ? Hear : HearCaption;
        var (wish, said) = hear(message.Text);
        if (message.Direction == MessageDirection.Inbound && wish != HeardWish.None && wish != hear(before).Wish)
        {
            await ActAsync(db, wish, said, ConsentSource.Keyword, editedAtUtc, message, message.Conversation, at, cancellationToken);
        }
    }

    private static async Task ActAsync(
        WaConsoleDb db, HeardWish heard, string? said, ConsentSource source, DateTime saidAtUtc, Message message, Conversation conversation, Reception at,
        CancellationToken cancellationToken)
    {
        var wish = heard switch
        {
            HeardWish.StopIfOffered => await AnswersAnOfferAsync(db, message, cancellationToken) ? HeardWish.Stop : HeardWish.LooksLikeStop,
            HeardWish.LooksLikeStopIfOffered => await AnswersAnOfferAsync(db, message, cancellationToken) ? HeardWish.LooksLikeStop : HeardWish.None,
            HeardWish.StartIfOffered => await AnswersAnOfferAsync(db, message, cancellationToken) || await AnswersAConfirmationAsync(db, message, cancellationToken)
                ? HeardWish.Start
                : HeardWish.None,
            _ => heard,
        };
        var evidence = new ConsentEvidence { Wamid = message.Wamid, Text = StoredText.CleanOrNull(said, 1_000) };
        switch (wish)
        {
            case HeardWish.Stop or HeardWish.StopAll:
                var stoodBefore = await StandsStoppedAsync(db, conversation.ContactId, cancellationToken);
                var purpose = wish == HeardWish.StopAll ? ConsentPurpose.All : ConsentPurpose.Marketing;
                var stop = await KeepConsent.ApplyAsync(
                    db, conversation.ContactId, NewConsent.Stop(purpose, source, saidAtUtc, evidence) with { NumberId = message.NumberId }, cancellationToken);
                if (!stoodBefore)
                {
                    await CountAsync(db, message, cancellationToken);
                }

                await TellConsent.ApplyAsync(db, conversation.ContactId, at.Changes, cancellationToken);
                await SayAsync(db, conversation, message, wish == HeardWish.StopAll ? "stoppedall" : "stopped", at, cancellationToken);
                if (!stoodBefore && await StandsStoppedAsync(db, conversation.ContactId, cancellationToken))
                {
                    await ConfirmStop.ApplyAsync(db, stop, conversation, message, at, cancellationToken);
                }

                break;
            case HeardWish.Start:
                var hadStopped = await HasStoppedAsync(db, conversation.ContactId, cancellationToken);
                await KeepConsent.ApplyAsync(
                    db, conversation.ContactId, NewConsent.Lift(source, saidAtUtc, evidence) with { NumberId = message.NumberId, ByThemselves = true }, cancellationToken);
                await TellConsent.ApplyAsync(db, conversation.ContactId, at.Changes, cancellationToken);
                if (hadStopped)
                {
                    await SayAsync(db, conversation, message, "stopover", at, cancellationToken);
                }

                break;
            case HeardWish.LooksLikeStop when !await db.StopReviews.AnyAsync(r => r.MessageId == message.Id, cancellationToken):
                db.StopReviews.Add(new StopReview { MessageId = message.Id, ConversationId = conversation.Id, HeardAtUtc = at.NowUtc });
                at.Changes.Add(new CaptureChanged());
                await SayAsync(db, conversation, message, "stophint", at, cancellationToken);
                break;
        }
    }

    private static Task<bool> StandsStoppedAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken) => db.ConsentStates.AnyAsync(
        s => s.ContactId == contactId && s.Purpose == ConsentPurpose.Marketing && s.What == Standing.OptedOut, cancellationToken);

    private static (HeardWish Wish, string? Said) Hear(InboundMessageItem item) => item.Kind switch
    {
        CloudApi.MessageKind.Text => Hear(item.Text),
        CloudApi.MessageKind.Image or CloudApi.MessageKind.Video or CloudApi.MessageKind.Document => HearCaption(item.Text),
        CloudApi.MessageKind.Button when item.Button is { } button => Clearer(HearLabel(button.Text), Meant(button.Payload)),
        CloudApi.MessageKind.Interactive when item.Interactive is { } answer => Clearer(HearLabel(answer.Title), Meant(answer.Id)),
        _ => (HeardWish.None, null),
    };

    /// <summary>What a button says; what the business gave it to mean where its words are not as clear.</summary>
    private static (HeardWish Wish, string? Said) Clearer((HeardWish Wish, string? Said) words, (HeardWish Wish, string? Said) meant) =>
        words.Wish == HeardWish.None
        || (words.Wish is HeardWish.LooksLikeStop or HeardWish.LooksLikeStopIfOffered && meant.Wish is HeardWish.Stop or HeardWish.StopAll)
            ? meant
            : words;

    private static (HeardWish Wish, string? Said) HearLabel(string? said) => (said is null ? HeardWish.None : OptOutWords.ReadLabel(said), said);

    /// <summary>An id is often part words, part anything: only a clear one counts.</summary>
    private static (HeardWish Wish, string? Said) Meant(string? id) => HearLabel(id?.Replace('_', ' ')) switch
    {
        (HeardWish.LooksLikeStopIfOffered, _) => (HeardWish.None, null),
        var heard => heard,
    };

    /// <summary>Words under a picture may be about what it shows: a person decides.</summary>
    private static (HeardWish Wish, string? Said) HearCaption(string? said) => Hear(said) switch
    {
        (HeardWish.Stop or HeardWish.StopAll or HeardWish.StopIfOffered or HeardWish.LooksLikeStop, _) => (HeardWish.LooksLikeStop, said),
        _ => (HeardWish.None, said),
    };

    private static (HeardWish Wish, string? Said) Hear(string? said) => (said is null ? HeardWish.None : OptOutWords.Read(said), said);

    /// <summary>Of anything: who stopped everything but offers, or a single kind, is heard as well; so is who was erased and is here again.</summary>
    private static async Task<bool> HasStoppedAsync(WaConsoleDb db, long contactId, CancellationToken cancellationToken) =>
        await db.ConsentStates.AnyAsync(s => s.ContactId == contactId && s.What == Standing.OptedOut, cancellationToken)
        || await db.Contacts.AnyAsync(c => c.Id == contactId && c.OptedOutAtUtc != null, cancellationToken)
        || (!await db.ConsentStates.AnyAsync(s => s.ContactId == contactId, cancellationToken)
            && await Suppressions.HoldsAsync(db, await db.Contacts.AsNoTracking().Include(c => c.Identifiers).SingleAsync(c => c.Id == contactId, cancellationToken), cancellationToken));

    private static async Task<bool> AnswersAnOfferAsync(WaConsoleDb db, Message message, CancellationToken cancellationToken)
    {
        var answered = await AnsweredAsync(db, message, cancellationToken);
        return answered?.TemplateName is { } name && await db.Templates.AnyAsync(
            t => t.Name == name && t.Language == answered.TemplateLanguage && t.Category != GateLimits.Utility && t.Category != GateLimits.Authentication
                && db.Numbers.Any(n => n.Id == message.NumberId && n.BusinessAccountId == t.BusinessAccountId),
            cancellationToken);
    }

    private static async Task<bool> AnswersAConfirmationAsync(WaConsoleDb db, Message message, CancellationToken cancellationToken) =>
        ContentJson.Read(await db.Messages
            .Where(m => m.ConversationId == message.ConversationId && m.Direction == MessageDirection.Outbound && m.Id < message.Id)
            .OrderByDescending(m => m.Id).Select(m => m.ContentJson).FirstOrDefaultAsync(cancellationToken)) is MessageContent.Automatic { Type: ConfirmStop.Kind };

    /// <summary>A stop counts for the template it answers.</summary>
    private static async Task CountAsync(WaConsoleDb db, Message message, CancellationToken cancellationToken)
    {
        if (await AnsweredAsync(db, message, cancellationToken) is { TemplateName: { } name } answered)
        {
            db.TemplateTicks.Add(new TemplateTick
            {
                Name = name,
                Language = answered.TemplateLanguage ?? "",
                What = Tallied.OptedOut,
                Day = DateOnly.FromDateTime(answered.SentAtUtc),
                NumberId = message.NumberId,
                Amount = 1,
            });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>What the message quotes, which a button always does; otherwise the last thing we said.</summary>
    private static async Task<Answered?> AnsweredAsync(WaConsoleDb db, Message message, CancellationToken cancellationToken)
    {
        var ours = db.Messages
            .Where(m => m.ConversationId == message.ConversationId && m.Direction == MessageDirection.Outbound && m.Id < message.Id)
            .OrderByDescending(m => m.Id)
            .Select(m => new Answered(m.Id, m.TemplateName, m.TemplateLanguage, m.SentAtUtc));
        var quoted = message.ReplyToMessageId is { } id
            ? await db.Messages.Where(m => m.Id == id && m.ConversationId == message.ConversationId && m.Direction == MessageDirection.Outbound && m.Id < message.Id)
                .Select(m => new Answered(m.Id, m.TemplateName, m.TemplateLanguage, m.SentAtUtc)).FirstOrDefaultAsync(cancellationToken)
            : null;
        return quoted ?? await ours.FirstOrDefaultAsync(cancellationToken);
    }

    private static async Task SayAsync(
        WaConsoleDb db, Conversation conversation, Message message, string what, Reception at, CancellationToken cancellationToken)
    {
        ActivityLine.Add(db, conversation, Caller.System, new MessageContent.Activity(what, Caller.System.Name, null), message.SentAtUtc, at.NowUtc);
        await db.SaveChangesAsync(cancellationToken);
        at.Changes.Header(conversation.NumberId, conversation.Id);
    }

    private sealed record Answered(long Id, string? TemplateName, string? TemplateLanguage, DateTime SentAtUtc);
}
