using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Numbers;

/// <summary>Everything needed to talk to WhatsApp for one account. Secrets arrive in the clear and are stored encrypted.</summary>
public sealed record AccountSettings(
    string Name, string WhatsAppId, Uri GraphBaseAddress, string ApiVersion, string AppId, string AppSecret, string? PreviousAppSecret,
    string VerifyToken, string AccessToken, bool IsSimulated, IReadOnlyList<NumberSettings> Numbers, string? PortfolioId = null)
{
    public override string ToString() => $"account {WhatsAppId}";
}

public sealed record NumberSettings(string PhoneNumberId, string DisplayPhoneNumber, string Name, NumberEnvironment Environment);

/// <summary>Adds an account with its numbers, or brings a known one up to date. What screens changed since (names, policies) is kept.</summary>
public sealed class ConnectAccount
{
    private readonly Store _store;
    private readonly AccountDirectory _directory;
    private readonly LiveUpdates _live;
    private readonly TimeProvider _clock;

    internal ConnectAccount(Store store, AccountDirectory directory, LiveUpdates live, TimeProvider clock)
    {
        _store = store;
        _directory = directory;
        _live = live;
        _clock = clock;
    }

    /// <returns>Our id of the account.</returns>
    public async Task<long> RunAsync(Caller caller, AccountSettings settings, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await _store.OpenAsync(cancellationToken);
        var now = _clock.GetUtcNow().UtcDateTime;

        var account = await db.BusinessAccounts.SingleOrDefaultAsync(a => a.WhatsAppId == settings.WhatsAppId, cancellationToken);
        if (account is null)
        {
            account = new BusinessAccount { WhatsAppId = settings.WhatsAppId, Name = settings.Name, CreatedAtUtc = now };
            db.BusinessAccounts.Add(account);
        }

        if (account.AccessTokenProtected.Length > 0 && _directory.Reveal(account.AccessTokenProtected) != settings.AccessToken)
        {
            // A new token is the usual cure; a still broken account stops again with the first send.
            account.SendingStoppedAtUtc = null;
            account.SendingStoppedCode = null;
        }

        account.PortfolioId = settings.PortfolioId ?? settings.WhatsAppId;
        account.AppId = settings.AppId;
        account.GraphBaseAddress = settings.GraphBaseAddress.ToString().TrimEnd('/');
        account.ApiVersion = settings.ApiVersion;
        account.IsSimulated = settings.IsSimulated;
        account.AppSecretProtected = _directory.Protect(settings.AppSecret);
        account.PreviousAppSecretProtected = settings.PreviousAppSecret is { Length: > 0 } previous ? _directory.Protect(previous) : null;
        account.VerifyTokenProtected = _directory.Protect(settings.VerifyToken);
        account.AccessTokenProtected = _directory.Protect(settings.AccessToken);
        await db.SaveChangesAsync(cancellationToken);

        foreach (var wanted in settings.Numbers)
        {
            var number = await db.Numbers.SingleOrDefaultAsync(n => n.PhoneNumberId == wanted.PhoneNumberId, cancellationToken);
            if (number is null)
            {
                db.Numbers.Add(new Number
                {
                    BusinessAccountId = account.Id,
                    PhoneNumberId = wanted.PhoneNumberId,
                    DisplayPhoneNumber = wanted.DisplayPhoneNumber,
                    Name = wanted.Name,
                    Environment = wanted.Environment,
                    CreatedAtUtc = now,
                });
            }
            else
            {
                number.BusinessAccountId = account.Id;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        _directory.Forget();
        _live.Publish(new NumbersChanged(account.Id));
        return account.Id;
    }
}
