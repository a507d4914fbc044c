using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Conversations;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Templates;

namespace WaConsole.Core.Intake;

/// <summary>Handles one item inside the caller's transaction and counts it: stored, duplicate, parked or quarantined.</summary>
internal sealed partial class HandleItem(FindItemOrigin origins, ILogger<HandleItem> log)
{
    /// <summary>WhatsApp retries webhooks for seven days (Meta, Webhooks, September 2026), and a day more.</summary>
    public static readonly TimeSpan ParkedFor = TimeSpan.FromDays(8);

    /// <returns>The item with the rows it touches, when it can be handled together with others.</returns>
    public async Task<PlainItem?> PlainAsync(ReadItem read, Delivery delivery, CancellationToken cancellationToken) =>
        read.Item is StatusItem or InboundMessageItem
        && await origins.KnownAsync(read.Item, delivery.BusinessAccountId, cancellationToken) is { } origin
            ? PlainItem.Of(read, delivery, origin)
            : null;

    public async Task<Recorded> RunAsync(
        WaConsoleDb db, ReadItem read, Delivery delivery, IntakeTally tally, CancellationToken cancellationToken)
    {
        var outcome = await ApplyAsync(db, read, delivery, tally, cancellationToken);
        switch (outcome)
        {
            case Recorded.Stored:
                tally.Stored(delivery.BusinessAccountId);
                break;
            case Recorded.Duplicate:
                tally.Duplicate(delivery.BusinessAccountId);
                break;
            case Recorded.WaitsFor waits:
                await ParkAsync(db, read, waits.Wamid, delivery, tally, cancellationToken);
                break;
            case Recorded.Refused refused:
                await KeepAside.ApplyAsync(db, delivery, read.Item.Index, read.Hash, OneItemBody.Of(read.Item), refused.Reason, tally, cancellationToken);
                break;
        }

        return outcome;
    }

    /// <summary>The item's effect alone, uncounted.</summary>
    public async Task<Recorded> ApplyAsync(
        WaConsoleDb db, ReadItem read, Delivery delivery, IntakeTally tally, CancellationToken cancellationToken)
    {
        if (read.Item is WebhookItem.Unreadable unreadable)
        {
            return new Recorded.Refused(unreadable.Reason);
        }

        var (origin, refusal) = await origins.RunAsync(db, read.Item, delivery.BusinessAccountId, tally, cancellationToken);
        if (origin is null)
        {
            return new Recorded.Refused(refusal!);
        }

        var isMarked = NeedsMark(read.Item);
        if (isMarked && await db.HandledItems.AnyAsync(h => h.ItemHash == read.Hash, cancellationToken))
        {
            return new Recorded.Duplicate();
        }

        var at = new Reception(origin.NumberId, origin.Account.PortfolioId, tally.NowUtc, tally.Changes, tally.Arrivals);
        var outcome = await DispatchAsync(db, read.Item, origin, at, tally, cancellationToken);
        if (outcome is Recorded.Stored)
        {
            if (isMarked)
            {
                db.HandledItems.Add(new HandledItem { ItemHash = read.Hash, HandledAtUtc = tally.NowUtc });
                await db.SaveChangesAsync(cancellationToken);
            }

            tally.MediaWaits |= at.MediaWaits;
            if (tally.JoinsParked && at.AppearedWamid is { } wamid)
            {
                await JoinParked.ApplyAsync(db, wamid, tally, cancellationToken);
            }
        }

        if (origin.NumberId is { } numberId)
        {
            tally.Saw(numberId, delivery.ReceivedAtUtc, outcome is Recorded.Stored && read.Item is MessageItem);
        }

        return outcome;
    }

    private async Task<Recorded> DispatchAsync(
        WaConsoleDb db, WebhookItem item, ItemOrigin origin, Reception at, IntakeTally tally, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case MessageItem or StatusItem:
                return await RecordItem.ApplyAsync(db, item, at, cancellationToken);
            case CallItem call:
                return await RecordCall.ApplyAsync(db, call, at, cancellationToken);
            case GroupItem group:
                return await RecordGroup.ApplyAsync(db, group, at, cancellationToken);
            case UserPreferenceItem preference:
                return await RecordPreference.ApplyAsync(db, preference, at, cancellationToken);
            case UserIdUpdateItem update:
                return await RecordUserIdUpdate.ApplyAsync(db, update, at, cancellationToken);
            case BusinessCapabilityItem capability:
                await RecordMessagingLimit.ApplyAsync(db, origin.Account.PortfolioId, capability.MessagingLimit, cancellationToken);
                tally.Changes.Add(new NumbersChanged(origin.Account.Id));
                return new Recorded.Stored();
            case TemplateItem template:
                await RecordTemplateUpdate.ApplyAsync(db, origin.Account.Id, template, tally.NowUtc, cancellationToken);
                tally.Changes.Add(new TemplatesChanged(origin.Account.Id));
                return new Recorded.Stored();
            default:
                LogUnused(Plain(item.Field), Plain(item.Part));
                return new Recorded.Stored();
        }
    }

    /// <summary>Messages and statuses have unique rows of their own; what only changes a row, or nothing, is marked.</summary>
    private static bool NeedsMark(WebhookItem item) => item switch
    {
        StatusItem status => status.IsPayment,
        MessageItem message => message.Kind is CloudApi.MessageKind.Reaction or CloudApi.MessageKind.Edit or CloudApi.MessageKind.Revoke,
        _ => true,
    };

    private static async Task ParkAsync(
        WaConsoleDb db, ReadItem read, string wamid, Delivery delivery, IntakeTally tally, CancellationToken cancellationToken)
    {
        if (await db.ParkedItems.AnyAsync(p => p.ItemHash == read.Hash, cancellationToken))
        {
            tally.Duplicate(delivery.BusinessAccountId);
            return;
        }

        db.ParkedItems.Add(Parked(read, wamid, delivery, tally.NowUtc));
        await db.SaveChangesAsync(cancellationToken);
    }

    public static ParkedItem Parked(ReadItem read, string wamid, Delivery delivery, DateTime nowUtc) => new()
    {
        BusinessAccountId = delivery.BusinessAccountId,
        Wamid = wamid,
        ItemHash = read.Hash,
        Body = OneItemBody.Of(read.Item),
        ParkedAtUtc = nowUtc,
        ExpiresAtUtc = nowUtc + ParkedFor,
    };

    /// <summary>Field names come from outside: only what looks like one reaches the log.</summary>
    private static string Plain(string? name) =>
        name is { Length: > 0 and <= 64 } && name.All(c => char.IsAsciiLetterLower(c) || c == '_') ? name : "-";

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook field {Field} ({Part}) is kept raw; nothing uses it yet")]
    private partial void LogUnused(string field, string part);
}
