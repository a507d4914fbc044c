using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Window;

namespace WaConsole.Core.Sending;

/// <summary>
/// Blue ticks and "typing…" at the customer, as the number's settings allow. Best effort beside everything else: nothing waits for it,
/// what does not fit is dropped, what fails is tried a few times.
/// </summary>
public sealed class ReadReceipts
{
    private readonly Channel<ReadMark> _marks = Channel.CreateBounded<ReadMark>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    internal ChannelReader<ReadMark> Marks => _marks.Reader;

    /// <summary>Somebody opened the conversation: told when the number's policy is WhenOpening.</summary>
    /// <param name="conversationId">Which one.</param>
    /// <param name="newestSeen">The newest line that was looked at. Null for all.</param>
    public void Queue(long conversationId, long? newestSeen = null) =>
        _marks.Writer.TryWrite(new ReadMark(conversationId, ReadMarkCause.Opened, newestSeen));

    /// <summary>A reply was accepted: told when the policy is WhenReplying or WhenOpening.</summary>
    internal void QueueAfterReply(long conversationId) => _marks.Writer.TryWrite(new ReadMark(conversationId, ReadMarkCause.Replied));

    /// <summary>Somebody types: shown when the number shows typing and does not hide its ticks, which come with it.</summary>
    internal void QueueTyping(long conversationId) => _marks.Writer.TryWrite(new ReadMark(conversationId, ReadMarkCause.Typing));
}

internal enum ReadMarkCause
{
    Opened,
    Replied,
    Typing,
}

internal sealed record ReadMark(long ConversationId, ReadMarkCause Cause, long? NewestSeen = null);

/// <summary>Takes the marks one after the other to WhatsApp.</summary>
internal sealed partial class TellRead(
    ReadReceipts receipts, Store store, AccountDirectory directory, CloudApiClient cloud, WhatsAppClock whatsApp, TimeProvider clock,
    ILogger<TellRead> log) : BackgroundService
{
    private const int Tries = 3;
    private const int Remembered = 10_000;

    /// <summary>Only messages of the last 30 days can be marked (Meta, Mark messages as read, 2026).</summary>
    private static readonly TimeSpan Markable = TimeSpan.FromDays(30);

    private readonly Dictionary<long, string> _told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var mark in receipts.Marks.ReadAllAsync(stoppingToken))
        {
            try
            {
                await RunAsync(mark, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFault(fault, mark.ConversationId);
            }
        }
    }

    private async Task RunAsync(ReadMark mark, CancellationToken stoppingToken)
    {
        await using var db = await store.OpenAsync(stoppingToken);
        var chat = await db.Conversations.AsNoTracking()
            .Where(c => c.Id == mark.ConversationId && !c.OwnedElsewhere)
            .Select(c => new { c.NumberId, c.Number.ReadReceipts, c.Number.ShowTyping, c.WindowExpiresAtUtc })
            .SingleOrDefaultAsync(stoppingToken);
        if (chat is null || !Allowed(mark.Cause, chat.ReadReceipts, chat.ShowTyping, ServiceWindow.IsOpen(chat.WindowExpiresAtUtc, whatsApp.UtcNow))
            || (mark.Cause == ReadMarkCause.Replied && await NobodyRepliedAsync(db, mark.ConversationId, stoppingToken))
            || await directory.NumberAsync(chat.NumberId, stoppingToken) is not { } number)
        {
            return;
        }

        var since = whatsApp.UtcNow - Markable;
        var wamid = await db.Messages
            .Where(m => m.ConversationId == mark.ConversationId && m.Direction == MessageDirection.Inbound && m.Wamid != null && m.SentAtUtc > since
                && (mark.NewestSeen == null || m.Id <= mark.NewestSeen))
            .OrderByDescending(m => m.Id)
            .Select(m => m.Wamid)
            .FirstOrDefaultAsync(stoppingToken);
        var typing = mark.Cause == ReadMarkCause.Typing;
        if (wamid is not null && (typing || _told.GetValueOrDefault(mark.ConversationId) != wamid))
        {
            await TellAsync(number, mark, wamid, typing, stoppingToken);
        }
    }

    /// <summary>What the program sends by itself tells nobody that a person has read.</summary>
    private static async Task<bool> NobodyRepliedAsync(WaConsoleDb db, long conversationId, CancellationToken stoppingToken) =>
        ContentJson.Read(await db.Messages.Where(m => m.ConversationId == conversationId && m.Direction == MessageDirection.Outbound)
            .OrderByDescending(m => m.Id).Select(m => m.ContentJson).FirstOrDefaultAsync(stoppingToken)) is MessageContent.Automatic;

    private static bool Allowed(ReadMarkCause cause, ReadReceiptPolicy policy, bool showTyping, bool windowOpen) => cause switch
    {
        ReadMarkCause.Opened => policy == ReadReceiptPolicy.WhenOpening,
        ReadMarkCause.Replied => policy != ReadReceiptPolicy.Never,
        _ => showTyping && windowOpen && policy != ReadReceiptPolicy.Never,
    };

    private async Task TellAsync(NumberAccess number, ReadMark mark, string wamid, bool typing, CancellationToken stoppingToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await cloud.MarkReadAsync(number.Account.ForCalls(), number.PhoneNumberId, wamid, typing, stoppingToken);
                if (_told.Count > Remembered)
                {
                    _told.Clear();
                }

                _told[mark.ConversationId] = wamid;
                return;
            }
            catch (CloudApiException failure)
            {
                LogFailed(mark.ConversationId, failure.Error.Code, failure.Fault);
                if (typing || attempt == Tries || RetryPlan.After(failure, attempt, 0) is SendVerdict.GiveUp or SendVerdict.Stop)
                {
                    return;
                }

                await Task.Delay(TimeSpan.FromSeconds(attempt), clock, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Conversation {Conversation} could not be marked read: code {Code}, {Fault}")]
    private partial void LogFailed(long conversation, int code, CloudApiFault fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Marking conversation {Conversation} read ended in a fault")]
    private partial void LogFault(Exception fault, long conversation);
}
