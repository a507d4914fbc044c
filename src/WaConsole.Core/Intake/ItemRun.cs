using WaConsole.Core.Conversations;

namespace WaConsole.Core.Intake;

/// <summary>
/// Plain items in a row, applied in memory in the order they came and written together. What one item does is the same as when its verb
/// handles it alone; a test holds the two against each other.
/// </summary>
internal sealed class ItemRun(IntakeConnection connection, IntakeTally tally)
{
    private readonly RunRows _rows = new(connection);

    /// <returns>How many were handled; the next one, if any, is not plain after all.</returns>
    public async Task<int> ApplyAsync(IReadOnlyList<PlainItem> items, CancellationToken cancellationToken)
    {
        connection.Writer.Clear();
        await _rows.LoadAsync(items, cancellationToken);
        var handled = 0;
        while (handled < items.Count && await TryApplyAsync(items[handled], cancellationToken))
        {
            handled++;
        }

        await _rows.SaveAsync(cancellationToken);
        return handled;
    }

    private async ValueTask<bool> TryApplyAsync(PlainItem item, CancellationToken cancellationToken)
    {
        var outcome = item switch
        {
            PlainItem.Status status => await RecordAsync(status, cancellationToken),
            PlainItem.Message message => await ReceiveAsync(message, cancellationToken),
            _ => null,
        };
        switch (outcome)
        {
            case null:
                return false;
            case Recorded.Stored:
                tally.Stored(item.Delivery.BusinessAccountId);
                break;
            case Recorded.Duplicate:
                tally.Duplicate(item.Delivery.BusinessAccountId);
                break;
        }

        if (item.Origin.NumberId is { } number)
        {
            tally.Saw(number, item.Delivery.ReceivedAtUtc, outcome is Recorded.Stored && item is PlainItem.Message);
        }

        return true;
    }

    /// <summary>As <see cref="ReceiveMessage"/> does it. Null when it is not plain; then nothing was changed.</summary>
    private async ValueTask<Recorded?> ReceiveAsync(PlainItem.Message arriving, CancellationToken cancellationToken)
    {
        if (_rows.MessageOf(arriving.Wamid) is not null)
        {
            return new Recorded.Duplicate();
        }

        if (_rows.IsWaitedFor(arriving.Wamid)
            || await _rows.ResolveAsync(arriving.From, tally.NowUtc, cancellationToken) is not { } contact)
        {
            return null;
        }

        var conversation = await _rows.ThreadAsync(contact, arriving.NumberId, tally.NowUtc, cancellationToken);
        var message = ReceivedMessage.Of(arriving.Item, conversation, MessageDirection.Inbound, tally.NowUtc);
        message.ReplyToMessageId = arriving.Quoted is { } quoted && _rows.MessageOf(quoted) is { } line && line.NumberId == message.NumberId
            ? line.Id
            : null;
        await _rows.AddAsync(message, cancellationToken);
        var wasOpen = conversation.Status == ConversationStatus.Open;
        ReceiveMessage.Arrive(conversation, message, arriving.Item, tally.Arrivals);
        tally.MediaWaits |= message.MediaFile is not null;
        tally.Changes.NewLine(conversation.NumberId, conversation.Id, message.Id, wasOpen ? conversation.AssigneeId : null);
        return new Recorded.Stored();
    }

    /// <summary>As <see cref="RecordStatus"/> does it. Null when it is not plain; then nothing was changed.</summary>
    private async ValueTask<Recorded?> RecordAsync(PlainItem.Status status, CancellationToken cancellationToken)
    {
        if (_rows.IsKnown(status.Fact))
        {
            return new Recorded.Duplicate();
        }

        if (_rows.MessageOf(status) is not { } message)
        {
            return Park(status);
        }

        var conversation = _rows.ConversationOf(message);
        var isNamed = message.Wamid is null;
        if (_rows.IsLostReply(message) || (isNamed && _rows.IsWaitedFor(status.Wamid)) || !await TryLearnAsync(status, conversation, cancellationToken))
        {
            return null;
        }

        if (isNamed)
        {
            _rows.Name(message, status.Wamid);
        }

        if (RecordStatus.IsUnsettled(message))
        {
            _rows.Settle(message);
        }

        status.Fact.MessageId = message.Id;
        _rows.Add(status.Fact);
        message.Conversation = conversation;
        RecordStatus.Move(message, status.Item);
        RecordStatus.Tell(tally.Changes, message, status.Item, conversation.AssigneeId);
        return new Recorded.Stored();
    }

    private Recorded.WaitsFor Park(PlainItem.Status status)
    {
        if (_rows.IsParked(status.Read.Hash))
        {
            tally.Duplicate(status.Delivery.BusinessAccountId);
        }
        else
        {
            _rows.Park(HandleItem.Parked(status.Read, status.Wamid, status.Delivery, tally.NowUtc));
        }

        return new Recorded.WaitsFor(status.Wamid);
    }

    /// <summary>What the status tells of its recipient. False when that is not plain.</summary>
    private async ValueTask<bool> TryLearnAsync(PlainItem.Status status, Conversation conversation, CancellationToken cancellationToken)
    {
        if (_rows.ContactOf(conversation) is not { } contact)
        {
            return !(_rows.LacksUserId(conversation.ContactId) && status.Recipient(null) is not null);
        }

        conversation.Contact = contact;
        if (status.Newcomer(contact) is not null)
        {
            return false;
        }

        return contact.UserId is not null
            || status.Recipient(contact.Phone) is not { } recipient
            || await _rows.ResolveAsync(recipient.Cleaned(), tally.NowUtc, cancellationToken) is not null;
    }
}
