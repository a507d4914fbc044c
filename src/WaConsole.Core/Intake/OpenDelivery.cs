using WaConsole.CloudApi;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>A delivery being worked off: its items, and how far it is.</summary>
internal sealed class OpenDelivery
{
    private readonly IReadOnlyList<ReadItem> _items;
    private readonly string? _unreadable;
    private int _next;
    private PlainItem?[] _seen = [];
    private int _seenFrom;

    /// <param name="before">The same delivery as an earlier transaction left it, which saves reading the body again.</param>
    public OpenDelivery(Delivery delivery, OpenDelivery? before = null)
    {
        Delivery = delivery;
        _next = delivery.NextItem;
        if (before is not null)
        {
            (_items, _unreadable) = (before._items, before._unreadable);
            return;
        }

        try
        {
            _items = ReadDelivery.Run(delivery.Body);
        }
        catch (WebhookFormatException unreadable)
        {
            _items = [];
            _unreadable = unreadable.Message;
        }
    }

    public Delivery Delivery { get; }

    public long Id => Delivery.Id;

    /// <summary>A body that cannot be read, or holds nothing, counts as one item.</summary>
    public int Count => Math.Max(_items.Count, 1);

    public bool IsFinished => _next >= Count;

    /// <summary>False for a body that cannot be read or holds nothing.</summary>
    public bool HasItems => _items.Count > 0;

    /// <summary>How many items are left; none for a body that cannot be read or is empty.</summary>
    public int Left => _items.Count - _next;

    /// <summary>Looks at the items that come next, so that it is known which of them are plain.</summary>
    /// <returns>How many.</returns>
    public async Task<int> LookAtAsync(HandleItem handle, int atMost, CancellationToken cancellationToken)
    {
        (_seen, _seenFrom) = (new PlainItem?[Math.Min(Left, atMost)], _next);
        for (var at = 0; at < _seen.Length; at++)
        {
            _seen[at] = await handle.PlainAsync(_items[_next + at], Delivery, cancellationToken);
        }

        return _seen.Length;
    }

    /// <summary>One of those that are left. What was not plain when it was looked at may be now, when its number is known.</summary>
    public async ValueTask<PlainItem?> PlainAsync(HandleItem handle, int left, CancellationToken cancellationToken)
    {
        var at = _next + left - _seenFrom;
        return (at < _seen.Length ? _seen[at] : null) ?? await handle.PlainAsync(_items[_next + left], Delivery, cancellationToken);
    }

    /// <summary>Until now the body counted as one pending item.</summary>
    public void Begin(IntakeTally tally)
    {
        if (Delivery.ItemCount == 0)
        {
            tally.Received(Delivery.BusinessAccountId, Count);
        }
    }

    /// <summary>The next item was handled together with others.</summary>
    public void Pass() => _next++;

    /// <summary>Handles the next item alone.</summary>
    public async Task NextAsync(WaConsoleDb db, HandleItem handle, IntakeTally tally, CancellationToken cancellationToken)
    {
        if (_unreadable is not null)
        {
            await QuarantineNextAsync(db, _unreadable, tally, cancellationToken);
            return;
        }

        if (_items.Count == 0)
        {
            tally.Stored(Delivery.BusinessAccountId);
        }
        else
        {
            await handle.RunAsync(db, _items[_next], Delivery, tally, cancellationToken);
        }

        _next++;
    }

    public async Task QuarantineNextAsync(WaConsoleDb db, string reason, IntakeTally tally, CancellationToken cancellationToken)
    {
        var (hash, body) = _items.Count == 0
            ? (ReadDelivery.HashOf(Delivery.Body), Delivery.Body)
            : (_items[_next].Hash, OneItemBody.Of(_items[_next].Item));
        await KeepAside.ApplyAsync(db, Delivery, _next, hash, body, reason, tally, cancellationToken);
        _next++;
    }

    /// <summary>Notes how far it is, on a row of its own: the one that was read stays as it was, for when the transaction fails.</summary>
    public void Note(RowWriter writer, IntakeTally tally)
    {
        var row = new Delivery { Id = Id, ItemCount = Delivery.ItemCount, NextItem = Delivery.NextItem };
        writer.Watch(row);
        row.ItemCount = Count;
        row.NextItem = _next;
        row.State = IsFinished ? DeliveryState.Done : DeliveryState.Pending;
        row.ProcessedAtUtc = IsFinished ? tally.NowUtc : null;
    }
}
