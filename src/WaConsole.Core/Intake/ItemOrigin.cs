using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Intake;

/// <summary>The account and number an item belongs to. <see cref="NumberId"/> is null for news about the whole account.</summary>
internal sealed record ItemOrigin(AccountAccess Account, long? NumberId);

/// <summary>Finds where an item belongs; its body was signed for the account <c>signerId</c>.</summary>
internal sealed class FindItemOrigin(AccountDirectory directory)
{
    private const int NameLength = 200;

    /// <returns>The origin, or the reason why there is none.</returns>
    public async Task<(ItemOrigin? Origin, string? Refusal)> RunAsync(
        WaConsoleDb db, WebhookItem item, long signerId, IntakeTally tally, CancellationToken cancellationToken)
    {
        var (account, number, refusal) = await FindAsync(item, signerId, cancellationToken);
        return account is null
            ? (null, refusal)
            : (new ItemOrigin(account, number?.Id ?? await OpenNumberAsync(db, item, account, tally, cancellationToken)), null);
    }

    /// <returns>The origin when the item names a number that is known; null for everything else.</returns>
    public async Task<ItemOrigin?> KnownAsync(WebhookItem item, long signerId, CancellationToken cancellationToken) =>
        await FindAsync(item, signerId, cancellationToken) is ({ } account, { } number, _) ? new ItemOrigin(account, number.Id) : null;

    private async Task<(AccountAccess? Account, NumberAccess? Number, string? Refusal)> FindAsync(
        WebhookItem item, long signerId, CancellationToken cancellationToken)
    {
        var accounts = await directory.AccountsAsync(cancellationToken);
        if (accounts.FirstOrDefault(account => account.Id == signerId) is not { } signer)
        {
            return (null, null, "The account this webhook was signed for is not connected any more.");
        }

        var number = item.PhoneNumberId is { Length: > 0 } phoneNumberId
            ? await directory.NumberByWhatsAppIdAsync(phoneNumberId, cancellationToken)
            : null;
        var named = await directory.AccountByWhatsAppIdAsync(item.BusinessAccountId, cancellationToken) ?? number?.Account;
        if (named is null && item is MessageItem or StatusItem or CallItem)
        {
            return (null, null, "It belongs to a WhatsApp account that is not connected here.");
        }

        // Partner news carry the portfolio's id in place of the account's.
        var account = named ?? signer;
        if (!account.AppSecrets.Intersect(signer.AppSecrets, StringComparer.Ordinal).Any())
        {
            return (null, null, "It names an account that its signature is not for.");
        }

        return (account, number, null);
    }

    /// <summary>A number added at WhatsApp and unknown here gets its row with the first message rather than losing it.</summary>
    private static async Task<long?> OpenNumberAsync(
        WaConsoleDb db, WebhookItem item, AccountAccess account, IntakeTally tally, CancellationToken cancellationToken)
    {
        if (item is not (MessageItem or CallItem) || item.PhoneNumberId is not { Length: > 0 } phoneNumberId)
        {
            return null;
        }

        var known = await db.Numbers.Where(n => n.PhoneNumberId == phoneNumberId).Select(n => (long?)n.Id).FirstOrDefaultAsync(cancellationToken);
        if (known is not null)
        {
            return known;
        }

        var name = StoredText.CleanOrNull(item.DisplayPhoneNumber, NameLength) ?? StoredText.Clean(phoneNumberId, NameLength);
        var number = new Number
        {
            BusinessAccountId = account.Id,
            PhoneNumberId = phoneNumberId,
            DisplayPhoneNumber = name,
            Name = name,
            CreatedAtUtc = tally.NowUtc,
        };
        db.Numbers.Add(number);
        await db.SaveChangesAsync(cancellationToken);
        tally.NumberAppeared = true;
        tally.Changes.Add(new NumbersChanged(account.Id));
        return number.Id;
    }
}
