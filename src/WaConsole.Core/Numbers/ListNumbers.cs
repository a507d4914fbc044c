using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Numbers;

public sealed record NumberView(
    long Id, long BusinessAccountId, string AccountName, string PhoneNumberId, string DisplayPhoneNumber, string Name, NumberEnvironment Environment, string Quality,
    string Status, ThroughputLevel Throughput, ReadReceiptPolicy ReadReceipts, bool ShowTyping, bool IsSimulated, string? SendingStopped,
    DateTime? LastWebhookAtUtc, DateTime? LastMessageStoredAtUtc, DateTime? LastSendAtUtc, bool TakesTurns, int TurnCapacity, IReadOnlyList<string> Testers);

/// <summary>Numbers the caller may see. <see cref="NumberView.SendingStopped"/> is the banner's sentence when nothing can be sent.</summary>
public sealed class ListNumbers(Store store)
{
    public async Task<IReadOnlyList<NumberView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var numbers = await db.Numbers.AsNoTracking().Include(n => n.BusinessAccount)
            .OrderBy(n => n.BusinessAccount.Name).ThenBy(n => n.Name).ThenBy(n => n.Id)
            .ToListAsync(cancellationToken);
        return [.. numbers.Where(number => caller.MaySeeNumber(number.Id)).Select(ViewOf)];
    }

    private static NumberView ViewOf(Number number) => new(
        number.Id, number.BusinessAccountId, number.BusinessAccount.Name, number.PhoneNumberId, number.DisplayPhoneNumber, number.Name,
        number.Environment, number.Quality, number.Status, number.Throughput, number.ReadReceipts, number.ShowTyping,
        number.BusinessAccount.IsSimulated,
        NumberBanner.Of(number.SendingStoppedAtUtc, number.SendingStoppedCode)
            ?? NumberBanner.Of(number.BusinessAccount.SendingStoppedAtUtc, number.BusinessAccount.SendingStoppedCode),
        number.LastWebhookAtUtc, number.LastMessageStoredAtUtc, number.LastSendAtUtc, number.TakesTurns, number.TurnCapacity,
        number.Testers.Split(',', StringSplitOptions.RemoveEmptyEntries));
}
