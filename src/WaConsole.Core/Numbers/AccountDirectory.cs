using System.Collections.Frozen;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Numbers;

/// <summary>An account ready to use: secrets in the clear, so it never leaves Core and its text form hides them.</summary>
internal sealed record AccountAccess(
    long Id, string WhatsAppId, string PortfolioId, Uri GraphBaseAddress, string ApiVersion, string AccessToken,
    IReadOnlyList<string> AppSecrets, string VerifyToken, bool IsSimulated)
{
    public CloudApiAccount ForCalls() => new(GraphBaseAddress, ApiVersion, AccessToken);

    public override string ToString() => $"account {Id}";
}

internal sealed record NumberAccess(long Id, string PhoneNumberId, AccountAccess Account);

/// <summary>Accounts and numbers by id and by WhatsApp's ids, read once and again after a change.</summary>
internal sealed class AccountDirectory : IDisposable
{
    private const string Purpose = "WaConsole.AccountSecrets.v1";

    private readonly Store _store;
    private readonly IDataProtector _protector;
    private readonly IDisposable _subscription;
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly Lock _keeping = new();
    private Snapshot? _snapshot;
    private int _changes;

    public AccountDirectory(Store store, IDataProtectionProvider protection, LiveUpdates live)
    {
        _store = store;
        _protector = protection.CreateProtector(Purpose);
        _subscription = live.Subscribe<NumbersChanged>(_ => true, ForgetAsync, TimeSpan.Zero);
    }

    public string Protect(string secret) => _protector.Protect(secret);

    public string Reveal(string protectedSecret) => _protector.Unprotect(protectedSecret);

    /// <summary>The next read goes to the database. Call it after a commit that changed accounts or numbers.</summary>
    public void Forget()
    {
        lock (_keeping)
        {
            _changes++;
            Volatile.Write(ref _snapshot, null);
        }
    }

    public async Task<IReadOnlyList<AccountAccess>> AccountsAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Accounts;

    public async Task<AccountAccess?> AccountByWhatsAppIdAsync(string whatsAppId, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).AccountsByWhatsAppId.GetValueOrDefault(whatsAppId);

    public async Task<NumberAccess?> NumberAsync(long numberId, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Numbers.GetValueOrDefault(numberId);

    public async Task<NumberAccess?> NumberByWhatsAppIdAsync(string phoneNumberId, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).NumbersByWhatsAppId.GetValueOrDefault(phoneNumberId);

    public async Task<IReadOnlyCollection<NumberAccess>> NumbersAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Numbers.Values;

    public void Dispose()
    {
        _subscription.Dispose();
        _loading.Dispose();
    }

    private Task ForgetAsync()
    {
        Forget();
        return Task.CompletedTask;
    }

    private async ValueTask<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _snapshot) is { } known)
        {
            return known;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (Volatile.Read(ref _snapshot) is { } meanwhile)
            {
                return meanwhile;
            }

            var changes = Volatile.Read(ref _changes);
            await using var db = await _store.OpenAsync(cancellationToken);
            var accounts = (await db.BusinessAccounts.AsNoTracking().ToListAsync(cancellationToken)).Select(Open).ToList();
            var byId = accounts.ToDictionary(account => account.Id);
            var numbers = (await db.Numbers.AsNoTracking().ToListAsync(cancellationToken))
                .Select(number => new NumberAccess(number.Id, number.PhoneNumberId, byId[number.BusinessAccountId]))
                .ToList();
            var read = new Snapshot(
                accounts,
                accounts.ToFrozenDictionary(account => account.WhatsAppId),
                numbers.ToFrozenDictionary(number => number.Id),
                numbers.ToFrozenDictionary(number => number.PhoneNumberId));
            lock (_keeping)
            {
                // What was changed while it was read may not be in it: then it serves whoever asked before the change, and nobody else.
                if (changes == _changes)
                {
                    Volatile.Write(ref _snapshot, read);
                }
            }

            return read;
        }
        finally
        {
            _loading.Release();
        }
    }

    private AccountAccess Open(BusinessAccount account)
    {
        List<string> secrets = [_protector.Unprotect(account.AppSecretProtected)];
        if (account.PreviousAppSecretProtected is { Length: > 0 } previous)
        {
            secrets.Add(_protector.Unprotect(previous));
        }

        return new AccountAccess(
            account.Id,
            account.WhatsAppId,
            account.PortfolioId,
            new Uri(account.GraphBaseAddress),
            account.ApiVersion,
            _protector.Unprotect(account.AccessTokenProtected),
            secrets,
            _protector.Unprotect(account.VerifyTokenProtected),
            account.IsSimulated);
    }

    private sealed record Snapshot(
        IReadOnlyList<AccountAccess> Accounts,
        FrozenDictionary<string, AccountAccess> AccountsByWhatsAppId,
        FrozenDictionary<long, NumberAccess> Numbers,
        FrozenDictionary<string, NumberAccess> NumbersByWhatsAppId);
}
