using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Capture;

/// <summary>The end of a person's own opt-out address, /opt-out/{token}, for a template's link or an e-mail. The same each time.</summary>
public sealed class MakeOptOutToken
{
    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly ConsentSecrets _secrets;

    internal MakeOptOutToken(Store store, WriterLane lane, ConsentSecrets secrets) => (_store, _lane, _secrets) = (store, lane, secrets);

    /// <returns>Null when there is no such contact the caller may see.</returns>
    public async Task<string?> RunAsync(Caller caller, long contactId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (!await ContactAccess.Seen(db, caller).AnyAsync(c => c.Id == contactId, cancellationToken))
        {
            return null;
        }

        // The first entry of a registry makes the key; an address may be asked for before.
        using var place = await _lane.EnterAsync(cancellationToken);
        return OptOutToken.Of(await _secrets.ChainKeyAsync(db, cancellationToken), contactId);
    }
}
