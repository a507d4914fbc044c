using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Sending;

/// <summary>Asks the gate about rows that are marked as leaving, all of a batch in one go, and puts together the messages it lets through.</summary>
internal sealed partial class AskToLeave(WriterLane lane, SendGate gate, TimeProvider clock, ILogger<AskToLeave> log)
{
    /// <summary>A row about which the gate cannot be asked is tried so often, a second apart; where it could be asked about others, that counts for more.</summary>
    private const int MostFaults = 20;
    private const int BesideOthers = 7;

    private readonly ConcurrentDictionary<long, int> _faults = new();

    public async Task<BegunBatch> RunAsync(WaConsoleDb db, List<DueRow> marked, long numberId)
    {
        try
        {
            return await AskAsync(db, marked, numberId);
        }
        catch (Exception fault)
        {
            LogUnasked(fault, marked.Count);
            return await ApartAsync(db, marked, numberId, fault);
        }
    }

    /// <returns>Null for what cannot be read any more.</returns>
    public ReplyContent? Read(DueRow row)
    {
        try
        {
            return ReplyJson.Read(row.ReplyJson);
        }
        catch (JsonException cause)
        {
            LogCannotBeBuilt(cause, row.Row.MessageId);
            return null;
        }
    }

    /// <summary>
    /// A row about which the gate cannot be asked must not hold up the others of its batch. It ends after some tries, sooner where the gate
    /// could be asked about others at the same moments; while the database is away or two writers met no row is to blame.
    /// </summary>
    private async Task<BegunBatch> ApartAsync(WaConsoleDb db, List<DueRow> marked, long numberId, Exception together)
    {
        List<ReadyMessage> ready = [];
        List<(OutboxRow Row, Refusal Why)> refused = [];
        List<OutboxRow> faulty = [];
        List<OutboxRow> unasked = together.IsStoreDown ? [.. marked.Select(row => row.Row)] : [];
        foreach (var row in marked.Skip(unasked.Count))
        {
            try
            {
                var one = await AskAsync(db, [row], numberId);
                ready.AddRange(one.Ready);
                refused.AddRange(one.Refused);
                unasked.AddRange(one.Unasked);
                _faults.TryRemove(row.Row.Id, out _);
            }
            catch (Exception fault) when (fault.IsStoreDown || fault.IsConflict)
            {
                unasked.Add(row.Row);
            }
            catch (Exception fault)
            {
                LogCannotBeAsked(fault, row.Row.MessageId);
                faulty.Add(row.Row);
            }
        }

        var blame = ready.Count + refused.Count == 0 ? 1 : BesideOthers;
        foreach (var row in faulty)
        {
            if (_faults.AddOrUpdate(row.Id, blame, (_, before) => before + blame) < MostFaults)
            {
                unasked.Add(row);
                continue;
            }

            _faults.TryRemove(row.Id, out _);
            refused.Add((row, CannotBeAsked()));
        }

        return new BegunBatch(ready, refused, []) { Unasked = unasked };
    }

    private async Task<BegunBatch> AskAsync(WaConsoleDb db, List<DueRow> marked, long numberId)
    {
        var conversationIds = marked.Select(row => row.Row.ConversationId).Order().ToArray();
        var conversations = await db.Conversations.AsNoTracking().Where(c => conversationIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);

        List<ReadyMessage> ready = [];
        List<(OutboxRow Row, Refusal Why)> refused = [];
        List<(DueRow Row, GateQuestion Question)> asked = [];
        List<OutboxRow> unasked = [];
        foreach (var row in marked)
        {
            if (!conversations.TryGetValue(row.Row.ConversationId, out var conversation))
            {
                // Merged into another since the row was read: it is there when it is read again.
                unasked.Add(row.Row);
            }
            else if (row.ClientKey is { } key && Read(row) is { } content)
            {
                asked.Add((row, new GateQuestion(conversation, key, content)
                {
                    Lane = row.Row.Lane,
                    MessageId = row.Row.MessageId,
                }));
            }
            else
            {
                refused.Add((row.Row, CannotBeBuilt()));
            }
        }

        var answers = await gate.AskToSendAsync(db, [.. asked.Select(pair => pair.Question)], CancellationToken.None);
        await ReachAsync(db, [.. answers.OfType<GateAnswer.Granted>().Where(granted => granted.IsReachDue).Select(granted => (granted.PortfolioId, granted.Contact.Id))]);
        foreach (var ((row, question), answer) in asked.Zip(answers))
        {
            switch (answer)
            {
                case GateAnswer.Granted granted when Build(row, question, granted, numberId) is { } message:
                    ready.Add(new ReadyMessage(row.Row, granted.Permit, question.ClientKey, message));
                    break;
                case GateAnswer.Granted:
                    refused.Add((row.Row, CannotBeBuilt()));
                    break;
                case GateAnswer.Refused no:
                    refused.Add((row.Row, MayWait(row, no.Why) ? no.Why : no.Why with { UntilUtc = null }));
                    break;
            }
        }

        return new BegunBatch(ready, refused, []) { Unasked = unasked };
    }

    /// <summary>Before they leave, so that others who ask meanwhile know it.</summary>
    private async Task ReachAsync(WaConsoleDb db, IReadOnlyList<(string Portfolio, long Person)> reached)
    {
        if (reached.Count == 0)
        {
            return;
        }

        using var place = await lane.EnterFirstAsync(CancellationToken.None);
        await RecordTold.ReachAsync(db, reached, clock.GetUtcNow().UtcDateTime, CancellationToken.None);
    }

    /// <summary>In the other lanes somebody waits for an answer, and what came later to the same person would wait behind it.</summary>
    private static bool MayWait(DueRow row, Refusal why) => row.Row.Lane == OutboxLane.Broadcast && why.UntilUtc < row.DeadlineAtUtc;

    private OutboundMessage? Build(DueRow row, GateQuestion question, GateAnswer.Granted granted, long numberId)
    {
        try
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var mediaId = granted.Media is { } file ? UploadForSending.UsableId(file, numberId, now) : null;
            var cards = granted.CardFiles.Values.Select(card => (Card: card, Id: UploadForSending.UsableId(card, numberId, now))).ToList();
            return (granted.Media is not null && mediaId is null) || cards.Exists(card => card.Id is null)
                ? null
                : BuildMessage.Run(
                    granted.Contact, question.Content, granted.Template, granted.Media, mediaId, row.ReplyToWamid,
                    cards.ToDictionary(card => card.Card.Id, card => new WhatsAppFile(card.Id!, card.Card.FileName)));
        }
        catch (Exception cause) when (cause is ArgumentException or FormatException or JsonException or InvalidOperationException)
        {
            LogCannotBeBuilt(cause, row.Row.MessageId);
            return null;
        }
    }

    private static Refusal CannotBeBuilt() => new("not_repeatable", Texts.Sending.Of("CannotBeBuilt")) { ToKeep = Texts.Sending.Keep("CannotBeBuilt") };

    private static Refusal CannotBeAsked() => new("not_repeatable", Texts.Sending.Of("CannotBeAsked")) { ToKeep = Texts.Sending.Keep("CannotBeAsked") };

    [LoggerMessage(Level = LogLevel.Error, Message = "The gate could not be asked about {Count} messages together")]
    private partial void LogUnasked(Exception fault, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The gate could not be asked about message {Message}")]
    private partial void LogCannotBeAsked(Exception fault, long message);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} could not be put together")]
    private partial void LogCannotBeBuilt(Exception cause, long message);
}
