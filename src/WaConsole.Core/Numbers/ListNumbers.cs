using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Numbers;

public sealed record NumberView(
    long Id, long BusinessAccountId, string AccountName, string PhoneNumberId, string DisplayPhoneNumber, string Name, NumberEnvironment Environment, string Quality,
    string Status, ThroughputLevel Throughput, ReadReceiptPolicy ReadReceipts, bool ShowTyping, bool IsSimulated, string? SendingStopped,
    DateTime? LastWebhookAtUtc, DateTime? LastMessageStoredAtUtc, DateTime? LastSendAtUtc);

/// <summary>Numbers the caller may see. <see cref="NumberView.SendingStopped"/> is the banner's sentence when nothing can be sent.</summary>
public sealed class ListNumbers(Store store)
{
    public Task<IReadOnlyList<NumberView>> RunAsync(Caller caller, CancellationToken cancellationToken) => throw new NotImplementedException();
}
