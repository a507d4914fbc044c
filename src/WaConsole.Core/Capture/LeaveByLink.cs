using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Capture;

/// <summary>How somebody opts out on a public page. <see cref="Everything"/>: more than offers.</summary>
public sealed record Leaving(bool Everything)
{
    /// <summary>It counts once; null where nobody handed one out.</summary>
    public HandedOutForm? Form { get; init; }

    public string? IpAddress { get; init; }

    public string? UserAgent { get; init; }

    internal NewConsent Stop(DateTime atUtc) =>
        NewConsent.Stop(Everything ? ConsentPurpose.All : ConsentPurpose.Marketing, ConsentSource.PublicPage, atUtc, new ConsentEvidence
        {
            IpAddress = IpAddress,
            UserAgent = UserAgent,
        });
}

/// <summary>Somebody opts out by the link that was sent to them. Opening it changes nothing: programs that look at links open them too.</summary>
public sealed class LeaveByLink
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;
    private readonly ConsentSecrets _secrets;
    private readonly TimeProvider _clock;

    internal LeaveByLink(Store store, WriterLane lane, LiveUpdates live, ConsentSecrets secrets, TimeProvider clock)
    {
        (_store, _lane, _live, _secrets, _clock) = (store, lane, live, secrets, clock);
    }

    /// <returns>False for a link we did not make, or whose person is gone.</returns>
    public async Task<bool> RunAsync(string token, Leaving leaving, CancellationToken cancellationToken)
    {
        await using var db = await _store.OpenAsync(cancellationToken);
        using var place = await _lane.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (OptOutToken.Read(await _secrets.ChainKeyAsync(db, cancellationToken), token) is not { } contactId
            || !await db.Contacts.AnyAsync(c => c.Id == contactId, cancellationToken))
        {
            return false;
        }

        var contact = await KeepConsent.LockAsync(db, contactId, cancellationToken);
        await KeepConsent.ApplyAsync(db, contact, leaving.Stop(_clock.GetUtcNow().UtcDateTime), cancellationToken);
        var changes = new ChangeSet();
        await TellConsent.ApplyAsync(db, contact.Id, changes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        changes.PublishTo(_live);
        return true;
    }
}
