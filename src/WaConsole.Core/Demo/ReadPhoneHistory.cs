using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Demo;

/// <summary>One chat as the customer's phone would hold it.</summary>
public sealed record PhoneChat(
    string PhoneNumberId, string Name, string? Phone, string? UserId, string? Username, bool StoppedMarketing, IReadOnlyList<PhoneLine> Lines);

/// <summary><see cref="MediaPath"/> is the file on disk, when there is one.</summary>
public sealed record PhoneLine(
    string Wamid, bool FromCustomer, DateTime AtUtc, MessageKind Kind, string Text, MessageContent? Content, DeliveryStatus Status, int? ErrorCode,
    string? ReplyToWamid, string? ReactionOfCustomer, string? ReactionOfUs, string? MediaPath, string? MimeType, string? FileName);

/// <summary>
/// The simulator remembers nothing between starts: it is told the chats of the simulated account again, the newest ones and their newest lines.
/// </summary>
public sealed class ReadPhoneHistory
{
    private const int MaxChats = 200;
    private const int MaxLines = 60;

    private readonly Store _store;
    private readonly MediaStore _files;

    internal ReadPhoneHistory(Store store, MediaStore files)
    {
        _store = store;
        _files = files;
    }

    public async Task<IReadOnlyList<PhoneChat>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await _store.OpenAsync(cancellationToken);
        var numbers = await db.Numbers.Where(n => n.BusinessAccount.IsSimulated).Select(n => n.Id).ToListAsync(cancellationToken);
        if (numbers.Count == 0)
        {
            return [];
        }

        var newest = InboxOrder.Stretch(
            new InboxFilter(InboxTab.All, null, null, numbers, numbers), InboxSort.Newest, 0, default, null, backwards: false, MaxChats, db.Database.IsSqlite());
        var ids = (await db.Database.SqlQueryRaw<InboxPlace>(newest.Sql, newest.Times).ToListAsync(cancellationToken)).ConvertAll(place => place.Id);
        var conversations = await db.Conversations
            .Where(c => ids.Contains(c.Id))
            .Select(c => new
            {
                c.Id,
                c.Number.PhoneNumberId,
                c.Contact.ProfileName,
                c.Contact.Phone,
                c.Contact.UserId,
                c.Contact.Username,
                OptedOut = c.Contact.OptedOutAtUtc != null,
            })
            .ToListAsync(cancellationToken);

        List<PhoneChat> chats = [];
        foreach (var conversation in conversations.OrderBy(c => ids.IndexOf(c.Id)))
        {
            chats.Add(new PhoneChat(
                conversation.PhoneNumberId,
                conversation.ProfileName,
                conversation.Phone,
                conversation.UserId,
                conversation.Username,
                conversation.OptedOut,
                await LinesAsync(db, conversation.Id, cancellationToken)));
        }

        return chats;
    }

    private async Task<IReadOnlyList<PhoneLine>> LinesAsync(WaConsoleDb db, long conversationId, CancellationToken cancellationToken)
    {
        var messages = await db.Messages.AsNoTracking()
            .Include(m => m.MediaFile)
            .Include(m => m.Reactions)
            .Where(m => m.ConversationId == conversationId && m.Wamid != null)
            .OrderByDescending(m => m.Id)
            .Take(MaxLines)
            .ToListAsync(cancellationToken);
        return [.. messages.OrderBy(m => m.Id).Select(Line)];
    }

    private PhoneLine Line(Message message)
    {
        var file = message.MediaFile is { State: MediaState.Ready } ready ? ready : null;
        return new PhoneLine(
            message.Wamid!,
            message.Direction == MessageDirection.Inbound,
            message.SentAtUtc,
            message.Kind,
            message.Text,
            ContentJson.Read(message.ContentJson),
            message.Status,
            message.ErrorCode,
            message.ReplyToWamid,
            message.Reactions.Find(r => r.FromCustomer)?.Emoji,
            message.Reactions.Find(r => !r.FromCustomer)?.Emoji,
            file is null ? null : _files.PathOf(file.Key),
            file?.MimeType,
            file?.FileName);
    }
}
