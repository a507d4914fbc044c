using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Numbers;

/// <summary>Reads what WhatsApp knows of our numbers: display number, name, quality, status and throughput. Best effort.</summary>
internal sealed partial class RefreshNumbers(
    Store store, CloudApiClient cloud, LiveUpdates live, ILogger<RefreshNumbers> log)
{
    /// <returns>False when WhatsApp could not be asked.</returns>
    public async Task<bool> RunAsync(AccountAccess account, CancellationToken cancellationToken)
    {
        IReadOnlyList<NumberInfo> found;
        try
        {
            found = await cloud.ListNumbersAsync(account.ForCalls(), account.WhatsAppId, cancellationToken);
        }
        catch (CloudApiException failure)
        {
            LogFailed(account.Id, failure.Error.Code, failure.Fault);
            return false;
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var numbers = await db.Numbers.Where(n => n.BusinessAccountId == account.Id).ToListAsync(cancellationToken);
        foreach (var info in found)
        {
            if (numbers.Find(number => number.PhoneNumberId == info.Id) is { } number)
            {
                Apply(number, info);
            }
        }

        var limit = found.Select(info => info.MessagingLimit).FirstOrDefault(said => MessagingLimits.Read(said) is not null);
        var isNewLimit = await RecordMessagingLimit.ApplyAsync(db, account.PortfolioId, limit, cancellationToken);
        if (await db.SaveChangesAsync(cancellationToken) > 0 || isNewLimit)
        {
            live.Publish(new NumbersChanged(account.Id));
        }

        return true;
    }

    private static void Apply(Number number, NumberInfo info)
    {
        number.DisplayPhoneNumber = info.DisplayPhoneNumber ?? number.DisplayPhoneNumber;
        number.Quality = info.QualityRating ?? number.Quality;
        number.Status = info.Status ?? number.Status;
        number.Throughput = info.ThroughputLevel switch
        {
            "HIGH" => ThroughputLevel.High,
            "STANDARD" => ThroughputLevel.Standard,
            _ => number.Throughput,
        };
        // A name an admin gave stays; without one the id stood in for it.
        if (number.Name.Length == 0 || number.Name == number.PhoneNumberId)
        {
            number.Name = info.VerifiedName ?? number.Name;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Numbers of account {Account} could not be read: code {Code}, {Fault}")]
    private partial void LogFailed(long account, int code, CloudApiFault fault);
}
