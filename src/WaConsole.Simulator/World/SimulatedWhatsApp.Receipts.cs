using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    private readonly HashSet<SentMessage> _open = [];
    private readonly List<string> _held = [];

    /// <summary>Starts the statuses of an accepted message. Calling it again does nothing.</summary>
    internal void Begin(string wamid)
    {
        SentMessage? sent;
        lock (_gate)
        {
            if (!_sent.TryGetValue(wamid, out sent) || sent.Begun)
            {
                return;
            }

            sent.Begun = true;
            if (sent.Held)
            {
                _held.Add(wamid);
                return;
            }
        }

        _agenda.After(Options.StatusDelays.Sent, () => Step(sent, sent.Later is null ? ReceiptState.Sent : ReceiptState.Failed));
    }

    /// <summary>The customer opens a chat: everything delivered there is read. Without a number, in all chats.</summary>
    public void Read(string customerId, string? numberId = null)
    {
        List<string> unread;
        lock (_gate)
        {
            unread =
            [
                .. _chats.Values
                    .Where(chat => chat.CustomerId == customerId && (numberId is null || chat.NumberId == numberId))
                    .SelectMany(chat => chat.Lines)
                    .Where(line => line is { FromCustomer: false, State: ReceiptState.Delivered })
                    .Select(line => line.Id),
            ];
        }

        unread.ForEach(wamid => Step(wamid, ReceiptState.Read));
    }

    /// <summary>The customer plays a voice note of the business.</summary>
    public bool Play(string wamid)
    {
        lock (_gate)
        {
            if (!_sent.TryGetValue(wamid, out var sent) || !sent.Voice || sent.State is not (ReceiptState.Delivered or ReceiptState.Read))
            {
                return false;
            }
        }

        Step(wamid, ReceiptState.Read);
        Step(wamid, ReceiptState.Played);
        return true;
    }

    /// <summary>The business marks a message read, and with it all earlier ones of the chat; maybe it shows that it types.</summary>
    internal bool MarkRead(string numberId, string wamid, bool typing)
    {
        string customerId;
        lock (_gate)
        {
            if (!_chatOfMessage.TryGetValue(wamid, out var chat) || chat.NumberId != numberId
                || chat.Find(wamid) is not { FromCustomer: true } read || read.At < Clock.GetUtcNow() - TimeSpan.FromDays(30))
            {
                return false;
            }

            customerId = chat.CustomerId;
            for (var i = chat.Lines.Count - 1; i >= 0; i--)
            {
                if (chat.Lines[i] is { FromCustomer: true } line && line.At <= read.At)
                {
                    if (line.ReadByBusiness)
                    {
                        break;
                    }

                    chat.Change(line.Id, l => l with { ReadByBusiness = true });
                }
            }

            if (typing)
            {
                // Meta, "Typing indicators", 2025: it goes away with the answer or after 25 seconds.
                chat.TypingUntil = Clock.GetUtcNow() + TimeSpan.FromSeconds(25);
            }
        }

        if (typing)
        {
            _agenda.After(TimeSpan.FromSeconds(25), () => Publish(customerId));
        }

        Publish(customerId);
        return true;
    }

    private void Step(string wamid, ReceiptState to)
    {
        SentMessage? sent;
        lock (_gate)
        {
            if (!_sent.TryGetValue(wamid, out sent))
            {
                return;
            }
        }

        Step(sent, to);
    }

    private void Step(SentMessage sent, ReceiptState to)
    {
        Customer? customer;
        lock (_gate)
        {
            if (!_customers.TryGetValue(sent.Chat.CustomerId, out customer) || !_sent.ContainsKey(sent.Wamid)
                || sent.State == ReceiptState.Failed || (to != ReceiptState.Failed && to <= sent.State))
            {
                return;
            }

            if (to == ReceiptState.Delivered && !Reachable(customer))
            {
                sent.Waiting = true;
                _open.Add(sent);
                return;
            }

            Record(sent, customer, to);
        }

        Publish(customer.Id);
        Next(sent, customer);
    }

    private void Record(SentMessage sent, Customer customer, ReceiptState to)
    {
        var (chat, now) = (sent.Chat, Clock.GetUtcNow());
        sent.State = to;
        if (sent.Waiting)
        {
            sent.Waiting = false;
            _open.Remove(sent);
        }

        var error = to == ReceiptState.Failed ? sent.Failure ?? sent.Later : null;
        sent.ErrorCode = error?.Code;
        if (sent.Reaction is { } reaction)
        {
            if (error is null)
            {
                chat.Change(reaction.MessageId, l => l with { BusinessReaction = reaction.Emoji.Length == 0 ? null : reaction.Emoji });
            }
        }
        else
        {
            chat.Change(sent.Wamid, line => line with { State = to, ErrorCode = error?.Code });
        }

        PriceTag? price = null;
        if (to == ReceiptState.Sent)
        {
            price = sent.Price;
        }
        else if (to is ReceiptState.Delivered or ReceiptState.Read)
        {
            price = sent.DeliveredAt is null ? sent.Price : null;
            if (sent.DeliveredAt is null)
            {
                sent.DeliveredAt = now;
                CountDelivered(chat.NumberId, sent.Price);
            }

            sent.ReadAt = to == ReceiptState.Read ? now : sent.ReadAt;
        }

        var report = new StatusEvent(NextEventId(), to, now);
        sent.Events.Add(report);
        var number = _numbers[chat.NumberId];
        if (sent.Group is not null)
        {
            EnqueueGroupStatus(sent, StatusWebhook.Word(to), now, number, price, error);
            return;
        }

        Webhooks.Enqueue(customer.Id, StatusWebhook.Write(
            sent, StatusWebhook.Word(to), now, customer, number, NumberShown(customer, chat), price, error, report), OverrideOf(number));
    }

    private void Next(SentMessage sent, Customer customer)
    {
        var delays = Options.StatusDelays;
        switch (sent.State)
        {
            case ReceiptState.Sent when sent.Reaction is null:
                _agenda.After(delays.Delivered, () => Step(sent, ReceiptState.Delivered));
                break;
            case ReceiptState.Delivered when customer.Reads:
                _agenda.After(delays.Read, () => ReadIfReader(sent));
                break;
            case ReceiptState.Read when sent.Voice:
                _agenda.After(delays.Played, () => Step(sent, ReceiptState.Played));
                break;
        }
    }

    // Somebody who stopped reading between delivery and reading does not read it.
    private void ReadIfReader(SentMessage sent)
    {
        bool reads;
        lock (_gate)
        {
            reads = _customers.GetValueOrDefault(sent.Chat.CustomerId) is { Reads: true, Online: true };
        }

        if (reads)
        {
            Step(sent, ReceiptState.Read);
        }
    }

    private void DeliverWaiting(string customerId)
    {
        List<SentMessage> waiting;
        lock (_gate)
        {
            var now = Clock.GetUtcNow();
            waiting = [.. _open.Where(sent => sent.Chat.CustomerId == customerId && sent.Waiting).OrderBy(sent => sent.Sequence)];

            // Past its lifetime a message is dropped without a webhook. Meta, "Time to live", 2025.
            foreach (var late in waiting.Where(sent => sent.ExpiresAt <= now))
            {
                late.Waiting = false;
                _open.Remove(late);
            }
        }

        foreach (var sent in waiting.Where(sent => sent.Waiting))
        {
            _agenda.After(Options.StatusDelays.Delivered, () => Step(sent, ReceiptState.Delivered));
        }
    }

    private void ReleaseHeld()
    {
        List<string> released = [];
        lock (_gate)
        {
            if (_held.Count > 0 && Faults.InForce.All(fault => fault.Kind != FaultKind.HeldForQuality))
            {
                released = [.. _held];
                _held.Clear();
            }
        }

        foreach (var wamid in released)
        {
            _agenda.After(Options.StatusDelays.Sent, () => Step(wamid, ReceiptState.Sent));
        }

        Publish(null);
    }

    /// <summary>Drops the messages held for quality: each fails with 132015, as when pacing goes badly.</summary>
    internal int DropHeld()
    {
        List<SentMessage> dropped;
        lock (_gate)
        {
            dropped = [.. _held.Select(wamid => _sent[wamid])];
            _held.Clear();
        }

        foreach (var sent in dropped)
        {
            Fail(sent, Graph.GraphError.Of(132015, "The template was paused while the message was held."));
        }

        return dropped.Count;
    }

    private void Fail(SentMessage sent, Graph.GraphError error)
    {
        lock (_gate)
        {
            if (!_customers.TryGetValue(sent.Chat.CustomerId, out var customer) || sent.State == ReceiptState.Failed)
            {
                return;
            }

            sent.Failure = error;
            Record(sent, customer, ReceiptState.Failed);
        }

        Publish(sent.Chat.CustomerId);
    }

    // A blocked business is not told: its messages stay "sent" and do not arrive later either.
    private static bool Reachable(Customer customer) => customer is { Online: true, OnWhatsApp: true, Blocks: false };

    private string NextEventId() => (++_lastEvent).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
