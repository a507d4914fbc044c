using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.CannedReplies;

/// <summary>A canned reply as it reads in one conversation.</summary>
public sealed class FillCannedReply(Store store)
{
    /// <returns>Null when the reply or the conversation is not there for the caller.</returns>
    public async Task<FilledText?> RunAsync(Caller caller, long id, long conversationId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        var body = await ListCannedReplies.Of(db, caller).Where(r => r.Id == id).Select(r => r.Body).SingleOrDefaultAsync(cancellationToken);
        return body is null || await ReadContactWords.ApplyAsync(db, caller, conversationId, cancellationToken) is not { } words
            ? null
            : CannedVariables.Fill(body, ReadContactWords.ByKey(words));
    }
}
