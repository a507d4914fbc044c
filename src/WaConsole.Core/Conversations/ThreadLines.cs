using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Conversations;

/// <summary>Reads messages as the lines a screen draws, in the order of the query: one query for the lines, one for what they quote.</summary>
internal static class ThreadLines
{
    public static async Task<IReadOnlyList<ThreadLine>> ReadAsync(
        WaConsoleDb db, IQueryable<Message> messages, DateTime nowUtc, CancellationToken cancellationToken)
    {
        var read = await messages.AsNoTracking().Select(m => new
        {
            m.Id,
            m.ConversationId,
            m.Wamid,
            m.ClientKey,
            m.Direction,
            m.Kind,
            m.Text,
            m.ContentJson,
            Media = m.MediaFile == null
                ? null
                : new MediaView(
                    m.MediaFile.Id, m.MediaFile.Key, m.MediaFile.State, m.MediaFile.MimeType, m.MediaFile.SizeBytes,
                    m.MediaFile.FileName, m.MediaFile.Width, m.MediaFile.Height, m.MediaFile.Failure,
                    m.MediaFile.Sound == null
                        ? null
                        : new SoundView(m.MediaFile.Sound.Peaks, m.MediaFile.Sound.Milliseconds, m.MediaFile.Sound.CopyKey != null)),
            m.Status,
            m.StatusAtUtc,
            m.SentAtUtc,
            m.CreatedAtUtc,
            m.AuthorName,
            m.AuthorId,
            m.ReplyToWamid,
            m.ReplyToMessageId,
            m.Forwarded,
            m.EditedAtUtc,
            m.DeletedAtUtc,
            m.ErrorCode,
            m.ErrorTitle,
            m.ErrorDetails,
            OfCustomer = m.Reactions.Where(r => r.FromCustomer).Select(r => r.Emoji).FirstOrDefault(),
            OfUs = m.Reactions.Where(r => !r.FromCustomer).Select(r => r.Emoji).FirstOrDefault(),
        }).ToListAsync(cancellationToken);

        var quotes = await QuotesAsync(
            db,
            [.. read.Where(m => m.ReplyToMessageId is not null).Select(m => m.ReplyToMessageId!.Value).Distinct()],
            [.. read.Where(m => m.ReplyToMessageId is null && m.ReplyToWamid is not null).Select(m => m.ReplyToWamid!).Distinct()],
            cancellationToken);

        return [.. read.Select(m => new ThreadLine(
            m.Id,
            m.Wamid,
            m.ClientKey,
            m.Direction,
            m.Kind,
            m.Text,
            ContentJson.Read(m.ContentJson),
            m.Media is { } file ? file with { Failure = KeptText.Read(file.Failure) } : null,
            m.Status,
            m.StatusAtUtc,
            m.SentAtUtc,
            Author.Name(m.Direction, m.AuthorId, m.AuthorName),
            Quote(quotes, m.ConversationId, m.ReplyToMessageId, m.ReplyToWamid),
            Shown(m.OfCustomer),
            Shown(m.OfUs),
            m.Forwarded,
            m.EditedAtUtc is not null,
            m.DeletedAtUtc is not null,
            ErrorOf(m.Status, m.ErrorCode, m.ErrorTitle, m.ErrorDetails),
            m.Direction == MessageDirection.Outbound
                && RepeatRules.MayRepeat(m.Status, m.ErrorCode, m.StatusAtUtc ?? m.CreatedAtUtc, nowUtc),
            m.AuthorId))];
    }

    /// <summary>WhatsApp's code in our words; without a code the reason is a sentence of ours, or what WhatsApp said.</summary>
    internal static LineError? ErrorOf(DeliveryStatus status, int? code, string? title, string? details)
    {
        if (code is { } known)
        {
            return new LineError(known, ErrorSentence.Of(known), details ?? title);
        }

        if (title is { Length: > 0 })
        {
            return new LineError(null, KeptText.Read(title)!, details);
        }

        return status == DeliveryStatus.Failed
            ? new LineError(null, Texts.Conversations.Of("NoReason"), details)
            : null;
    }

    /// <returns>Null when the conversation has no such message.</returns>
    public static async Task<QuotedLine?> QuoteAsync(WaConsoleDb db, long conversationId, long messageId, CancellationToken cancellationToken)
    {
        var found = await QuotesAsync(db, [messageId], [], cancellationToken);
        return found.Count > 0 && found[0].ConversationId == conversationId ? Quote(found, conversationId, messageId, null) : null;
    }

    private static async Task<List<QuotedMessage>> QuotesAsync(
        WaConsoleDb db, List<long> ids, List<string> wamids, CancellationToken cancellationToken)
    {
        List<QuotedMessage> found = [];
        if (ids.Count > 0)
        {
            found.AddRange(await Quoted(db.Messages.Where(m => ids.Contains(m.Id))).ToListAsync(cancellationToken));
        }

        if (wamids.Count > 0)
        {
            found.AddRange(await Quoted(db.Messages.Where(m => m.Wamid != null && wamids.Contains(m.Wamid))).ToListAsync(cancellationToken));
        }

        return found;
    }

    private static IQueryable<QuotedMessage> Quoted(IQueryable<Message> messages) => messages.AsNoTracking().Select(m => new QuotedMessage(
        m.Id,
        m.ConversationId,
        m.Wamid,
        m.Direction,
        m.Direction == MessageDirection.Inbound
            ? ContactName.Of(
                m.Conversation.Contact.GivenName, m.Conversation.Contact.ProfileName, m.Conversation.Contact.Username,
                m.Conversation.Contact.Phone, m.Conversation.Contact.UserId)
            : m.AuthorName ?? m.Conversation.Number.Name,
        m.AuthorId,
        m.DeletedAtUtc == null ? m.Text : "",
        m.Kind));

    private static QuotedLine? Quote(List<QuotedMessage> quotes, long conversationId, long? id, string? wamid)
    {
        if (id is null && wamid is null)
        {
            return null;
        }

        // A reply names its message by an id the customer's side sent, so it may only show what belongs to the same conversation.
        var quoted = quotes.FirstOrDefault(q => q.ConversationId == conversationId && (id is null ? q.Wamid == wamid : q.Id == id));
        return quoted is null
            ? new QuotedLine(null, MessageDirection.None, "", "", MessageKind.Unknown)
            : new QuotedLine(quoted.Id, quoted.Direction, Author.Name(quoted.Direction, quoted.AuthorId, quoted.AuthorName)!, quoted.Text, quoted.Kind);
    }

    private static string? Shown(string? emoji) => string.IsNullOrEmpty(emoji) ? null : emoji;

    private sealed record QuotedMessage(
        long Id, long ConversationId, string? Wamid, MessageDirection Direction, string AuthorName, long? AuthorId, string Text, MessageKind Kind);
}
