using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>A delivery being worked off: its items, and how far it is.</summary>
internal sealed class OpenDelivery
{
    private readonly Delivery _delivery;
    private readonly IReadOnlyList<ReadItem> _items;
    private readonly string? _unreadable;
    private int _next;

    /// <param name="before">The same delivery as an earlier transaction left it, which saves reading the body again.</param>
    public OpenDelivery(Delivery delivery, OpenDelivery? before = null)
    {
        _delivery = delivery;
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

    public long Id => _delivery.Id;

    /// <summary>A body that cannot be read, or holds nothing, counts as one item.</summary>
    public int Count => Math.Max(_items.Count, 1);

    public bool IsFinished => _next >= Count;

    /// <summary>Until now the body counted as one pending item.</summary>
    public void Begin(IntakeTally tally)
    {
        if (_delivery.ItemCount == 0)
        {
            tally.Received(_delivery.BusinessAccountId, Count);
        }
    }

    public async Task NextAsync(WaConsoleDb db, HandleItem handle, IntakeTally tally, CancellationToken cancellationToken)
    {
        if (_unreadable is not null)
        {
            await QuarantineNextAsync(db, _unreadable, tally, cancellationToken);
            return;
        }

        if (_items.Count == 0)
        {
            tally.Stored(_delivery.BusinessAccountId);
        }
        else
        {
            await handle.RunAsync(db, _items[_next], _delivery, tally, cancellationToken);
        }

        _next++;
    }

    public async Task QuarantineNextAsync(WaConsoleDb db, string reason, IntakeTally tally, CancellationToken cancellationToken)
    {
        var (hash, body) = _items.Count == 0
            ? (ReadDelivery.HashOf(_delivery.Body), _delivery.Body)
            : (_items[_next].Hash, OneItemBody.Of(_items[_next].Item));
        await KeepAside.ApplyAsync(db, _delivery, _next, hash, body, reason, tally, cancellationToken);
        _next++;
    }

    public async Task SaveAsync(WaConsoleDb db, IntakeTally tally, CancellationToken cancellationToken)
    {
        var state = IsFinished ? DeliveryState.Done : DeliveryState.Pending;
        await db.Deliveries.Where(d => d.Id == _delivery.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.ItemCount, Count)
                .SetProperty(d => d.NextItem, _next)
                .SetProperty(d => d.State, state)
                .SetProperty(d => d.ProcessedAtUtc, IsFinished ? tally.NowUtc : null),
            cancellationToken);
    }
}
