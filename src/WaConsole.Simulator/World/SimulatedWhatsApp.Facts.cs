using System.Text.Json.Nodes;

namespace WaConsole.Simulator.World;

/// <summary>What statistics need to know of a send.</summary>
internal sealed record SendFact(
    string Wamid,
    string NumberPhone,
    string Country,
    string? TemplateId,
    string Category,
    string PricingType,
    DateTimeOffset At,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? ReadAt,
    IReadOnlyDictionary<(string Kind, string Button), int> Clicks);

public sealed partial class SimulatedWhatsApp
{
    private static readonly Dictionary<(string Kind, string Button), int> NoClicks = [];

    /// <summary>Every send that left, for statistics.</summary>
    internal IReadOnlyList<SendFact> Facts()
    {
        lock (_gate)
        {
            return
            [
                .. _ledger.Where(sent => sent.State is not (ReceiptState.Accepted or ReceiptState.Failed)).Select(sent => new SendFact(
                    sent.Wamid, _numbers[sent.Chat.NumberId].Phone, sent.Country, sent.TemplateId, sent.Price.Category, sent.Price.Type, sent.At,
                    sent.DeliveredAt, sent.ReadAt, sent.Clicks is null ? NoClicks : new(sent.Clicks))),
            ];
        }
    }

    /// <summary>The events of one message as the message history API lists them. Null when the number did not send it.</summary>
    internal JsonArray? EventsOf(string numberId, string wamid)
    {
        lock (_gate)
        {
            return _sent.TryGetValue(wamid, out var sent) && sent.Chat.NumberId == numberId
                ? [.. sent.Events.Select(told => EventJson(told))]
                : null;
        }
    }

    /// <summary>The events of a history id, which is the send's place in the ledger.</summary>
    internal JsonArray? EventsOf(long sequence)
    {
        lock (_gate)
        {
            return sequence >= 1 && sequence <= _ledger.Count ? [.. _ledger[(int)sequence - 1].Events.Select(told => EventJson(told))] : null;
        }
    }

    /// <summary>The place of a message in the ledger.</summary>
    internal long? SequenceOf(string wamid)
    {
        lock (_gate)
        {
            return _sent.TryGetValue(wamid, out var sent) ? sent.Sequence : null;
        }
    }

    private JsonObject EventJson(StatusEvent told)
    {
        var written = new JsonObject
        {
            ["id"] = told.Id,
            ["delivery_status"] = told.State == ReceiptState.Played ? "READ" : told.State.ToString().ToUpperInvariant(),
            ["timestamp"] = told.At.ToUnixTimeSeconds(),
            ["webhook_update_state"] = told.Webhook,
            ["webhook_uri"] = Webhooks.Target?.ToString(),
            ["application"] = new JsonObject { ["id"] = Options.AppId },
        };
        if (told.Trouble is not null)
        {
            written["error_description"] = told.Trouble;
        }

        return written;
    }

    /// <summary>Whether the customer wrote to this number within 24 hours.</summary>
    internal bool WindowOpen(string numberId, string customerId)
    {
        lock (_gate)
        {
            return _chats.TryGetValue((customerId, numberId), out var chat) && chat.WindowOpen(Clock.GetUtcNow());
        }
    }

    /// <summary>Forgets that the business may see a hidden number.</summary>
    internal bool ForgetNumber(string userId)
    {
        lock (_gate)
        {
            var known = ByAddress(userId) is { } customer
                ? _chats.Values.Where(chat => chat.CustomerId == customer.Id && chat.NumberShownUntil is not null).ToList()
                : [];
            known.ForEach(chat => chat.NumberShownUntil = null);
            return known.Count > 0;
        }
    }

    /// <summary>Whether the business may call, as the calling API words it.</summary>
    internal JsonObject CallPermission(string numberId, string customerId)
    {
        lock (_gate)
        {
            var until = _chats.TryGetValue((customerId, numberId), out var chat) ? chat.MayCallUntil : null;
            var written = new JsonObject
            {
                ["status"] = until == DateTimeOffset.MaxValue ? "permanent" : until > Clock.GetUtcNow() ? "temporary" : "no_permission",
            };
            if (until is { } end && end != DateTimeOffset.MaxValue)
            {
                written["expiration_time"] = end.ToUnixTimeSeconds();
            }

            return written;
        }
    }
}
