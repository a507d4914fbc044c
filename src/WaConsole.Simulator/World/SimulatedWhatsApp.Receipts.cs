using WaConsole.Simulator.Faults;
using WaConsole.Simulator.Graph;
using WaConsole.Simulator.Webhooks;

namespace WaConsole.Simulator.World;

public sealed partial class SimulatedWhatsApp
{
    // Meta, "Pricing", October 2026: service messages are free up to 1,000 delivered per number and month.
    private const int FreeServiceMessages = 1000;

    private readonly Dictionary<string, Receipt> _receipts = new(StringComparer.Ordinal);
    private readonly List<string> _held = [];
    private readonly Dictionary<(string Number, int Month), int> _serviceDelivered = [];

    /// <summary>Starts the statuses of an accepted message. Calling it again does nothing.</summary>
    internal void Begin(string wamid)
    {
        Receipt? receipt;
        lock (_gate)
        {
            if (!_receipts.TryGetValue(wamid, out receipt) || receipt.Begun)
            {
                return;
            }

            receipt.Begun = true;
            if (receipt.Held)
            {
                _held.Add(wamid);
                return;
            }
        }

        _agenda.After(Options.StatusDelays.Sent, () => Step(wamid, receipt.Later is null ? ReceiptState.Sent : ReceiptState.Failed));
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

    /// <summary>The business marks a message read, and with it all earlier ones of the chat; maybe it shows that it types.</summary>
    internal bool MarkRead(string numberId, string wamid, bool typing)
    {
        string customerId;
        lock (_gate)
        {
            if (!_chatOfMessage.TryGetValue(wamid, out var chat) || chat.NumberId != numberId
                || chat.Find(wamid) is not { FromCustomer: true } read)
            {
                return false;
            }

            customerId = chat.CustomerId;
            foreach (var line in chat.Lines.Where(l => l is { FromCustomer: true, ReadByBusiness: false } && l.At <= read.At).ToList())
            {
                chat.Change(line.Id, l => l with { ReadByBusiness = true });
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
        Customer customer;
        Receipt? receipt;
        lock (_gate)
        {
            if (!_receipts.TryGetValue(wamid, out receipt) || !_customers.TryGetValue(receipt.Chat.CustomerId, out customer!)
                || (to != ReceiptState.Failed && to <= receipt.State))
            {
                return;
            }

            if (to == ReceiptState.Delivered && !Reachable(customer))
            {
                receipt.Waiting = true;
                return;
            }

            Record(receipt, customer, to);
        }

        Publish(customer.Id);
        Next(receipt, customer);
    }

    private void Record(Receipt receipt, Customer customer, ReceiptState to)
    {
        var chat = receipt.Chat;
        receipt.State = to;
        receipt.Waiting = false;
        var error = to == ReceiptState.Failed ? receipt.Later : null;
        chat.Change(receipt.Wamid, line => line with { State = to, ErrorCode = error?.Code });
        if (receipt.Reaction is { } reaction && error is null)
        {
            chat.Change(reaction.MessageId, l => l with { BusinessReaction = reaction.Emoji.Length == 0 ? null : reaction.Emoji });
        }

        if (_ledgerIndex.TryGetValue(receipt.Wamid, out var at))
        {
            _ledger[at] = _ledger[at] with { State = to, ErrorCode = error?.Code };
        }

        PriceTag? price = null;
        if (to == ReceiptState.Sent)
        {
            price = receipt.Price;
        }
        else if (to is ReceiptState.Delivered or ReceiptState.Read && !receipt.Delivered)
        {
            price = receipt.Price;
            receipt.Delivered = true;
            CountDelivered(chat.NumberId, receipt.Price);
        }

        Webhooks.Enqueue(customer.Id, "messages", StatusWebhook.Write(
            receipt.Wamid, to, Clock.GetUtcNow(), customer, _numbers[chat.NumberId], NumberShown(customer, chat),
            receipt.ToPhone, receipt.CallbackData, price, error));
        if (to is ReceiptState.Failed or ReceiptState.Played
            || (to == ReceiptState.Read && !receipt.Voice) || (to == ReceiptState.Sent && receipt.Reaction is not null))
        {
            _receipts.Remove(receipt.Wamid);
        }
    }

    private void Next(Receipt receipt, Customer customer)
    {
        var delays = Options.StatusDelays;
        switch (receipt.State)
        {
            case ReceiptState.Sent when receipt.Reaction is null:
                _agenda.After(delays.Delivered, () => Step(receipt.Wamid, ReceiptState.Delivered));
                break;
            case ReceiptState.Delivered when customer.Reads:
                _agenda.After(delays.Read, () => ReadIfReader(receipt.Wamid));
                break;
            case ReceiptState.Read when receipt.Voice:
                _agenda.After(delays.Played, () => Step(receipt.Wamid, ReceiptState.Played));
                break;
        }
    }

    // Somebody who stopped reading between delivery and reading does not read it.
    private void ReadIfReader(string wamid)
    {
        bool reads;
        lock (_gate)
        {
            reads = _receipts.TryGetValue(wamid, out var receipt)
                && _customers.GetValueOrDefault(receipt.Chat.CustomerId) is { Reads: true, Online: true };
        }

        if (reads)
        {
            Step(wamid, ReceiptState.Read);
        }
    }

    private void DeliverWaiting(string customerId)
    {
        List<string> waiting;
        lock (_gate)
        {
            waiting =
            [
                .. _receipts.Values
                    .Where(receipt => receipt.Chat.CustomerId == customerId && receipt.Waiting)
                    .OrderBy(receipt => _ledgerIndex.GetValueOrDefault(receipt.Wamid))
                    .Select(receipt => receipt.Wamid),
            ];
        }

        foreach (var wamid in waiting)
        {
            _agenda.After(Options.StatusDelays.Delivered, () => Step(wamid, ReceiptState.Delivered));
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

    // A blocked business is not told: its messages stay "sent" and do not arrive later either.
    private static bool Reachable(Customer customer) => customer is { Online: true, OnWhatsApp: true, Blocks: false };

    private PriceTag Price(Chat chat, string? category, DateTimeOffset now)
    {
        if (chat.CameFromAdAt is { } from && chat.FreeUntil is null && now < from + ServiceWindow)
        {
            // Meta, "Pricing": the free entry point runs for 72 hours from the first answer to somebody who came from an ad.
            chat.FreeUntil = now + TimeSpan.FromHours(72);
            chat.FreeConversationId = Guid.CreateVersion7().ToString("N");
        }

        if (chat.FreeUntil > now)
        {
            return new PriceTag("free_entry_point", "referral_conversion", chat.FreeConversationId, chat.FreeUntil);
        }

        return category is not null
            ? new PriceTag("regular", category.ToLowerInvariant(), null, null)
            : new PriceTag(
                _serviceDelivered.GetValueOrDefault((chat.NumberId, Month(now))) < FreeServiceMessages ? "free_customer_service" : "regular",
                "service", null, null);
    }

    private void CountDelivered(string numberId, PriceTag price)
    {
        if (price.Category == "service")
        {
            var month = (numberId, Month(Clock.GetUtcNow()));
            _serviceDelivered[month] = _serviceDelivered.GetValueOrDefault(month) + 1;
        }
    }

    private static int Month(DateTimeOffset at) => (at.Year * 12) + at.Month;

    /// <summary>An accepted message whose last status is still to come.</summary>
    private sealed class Receipt(
        string wamid, Chat chat, string? callbackData, bool toPhone, GraphError? later, bool held, PriceTag price, ReactionPart? reaction)
    {
        public string Wamid { get; } = wamid;
        public Chat Chat { get; } = chat;
        public string? CallbackData { get; } = callbackData;
        public bool ToPhone { get; } = toPhone;
        public GraphError? Later { get; } = later;
        public bool Held { get; } = held;
        public PriceTag Price { get; } = price;
        public ReactionPart? Reaction { get; } = reaction;
        public bool Voice => Chat.Find(Wamid)?.Content is { Kind: "audio", Media.Voice: true };
        public ReceiptState State { get; set; } = ReceiptState.Accepted;
        public bool Begun { get; set; }
        public bool Waiting { get; set; }
        public bool Delivered { get; set; }
    }
}
