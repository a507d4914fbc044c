using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Sending;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>
/// Says once that a stop was heard, in the transaction that stores it and through the gate: inside the window that the stop opened, and not to
/// two machines that write stop to each other. A webhook that comes days late gets no answer, since its window is over.
/// </summary>
internal static class ConfirmStop
{
    public const string Kind = "stop";

    /// <summary>Somebody who starts and stops again within it is not answered again.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromDays(1);

    /// <param name="stop">The entry just written, by which the person stopped who had not before.</param>
    public static async Task ApplyAsync(
        WaConsoleDb db, ConsentEntry stop, Conversation conversation, Message message, Reception at, CancellationToken cancellationToken)
    {
        var account = await db.Numbers.AsNoTracking().Where(n => n.Id == message.NumberId).Select(n => n.BusinessAccount).SingleAsync(cancellationToken);
        var reply = StopReply.Of(account);
        if (!reply.IsOn || await WasAnsweredAsync(db, stop, conversation, cancellationToken))
        {
            return;
        }

        var text = reply.In(await LanguageAsync(db, conversation, cancellationToken));
        var outcome = await db.GetService<QueueReply>().ApplyAsync(
            db,
            Caller.System,
            conversation.Id,
            new Reply(conversation.Id, Guid.CreateVersion7(), new ReplyContent.Text(text), Lane: OutboxLane.Automation) { Automatic = Kind },
            cancellationToken);
        if (outcome is SendReplyOutcome.Queued queued)
        {
            at.Changes.Add(new OutboxChanged(conversation.NumberId, Urgent: false));
            at.Changes.NewLine(conversation.NumberId, conversation.Id, queued.MessageId);
        }
    }

    /// <summary>An earlier stop of these days, or our own confirmation as the last thing said: what came is an answer to it.</summary>
    private static async Task<bool> WasAnsweredAsync(WaConsoleDb db, ConsentEntry stop, Conversation conversation, CancellationToken cancellationToken)
    {
        var since = stop.RecordedAtUtc - Between;
        return await db.ConsentEntries.AnyAsync(
            e => e.Id != stop.Id && e.Action == ConsentAction.Withdrawn && e.RecordedAtUtc > since
                && db.ConsentSubjects.Any(s => s.Id == e.SubjectId && s.ContactId == conversation.ContactId),
            cancellationToken);
    }

    private static async Task<string> LanguageAsync(WaConsoleDb db, Conversation conversation, CancellationToken cancellationToken)
    {
        var template = await db.Messages
            .Where(m => m.ConversationId == conversation.Id && m.Direction == MessageDirection.Outbound && m.TemplateLanguage != null)
            .OrderByDescending(m => m.Id).Select(m => m.TemplateLanguage).FirstOrDefaultAsync(cancellationToken);
        var country = await db.Contacts.Where(c => c.Id == conversation.ContactId).Select(c => c.Country).SingleAsync(cancellationToken);
        return StopLanguage.Of(template, country);
    }
}
