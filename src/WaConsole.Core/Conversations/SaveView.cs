using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

public abstract record SaveViewOutcome
{
    private SaveViewOutcome()
    {
    }

    public sealed record Saved(long Id) : SaveViewOutcome;

    public sealed record Refused(string Sentence) : SaveViewOutcome;
}

/// <summary>Keeps a view of the inbox under a name; the same name again holds the new view. Only admins make one for everybody.</summary>
public sealed class SaveView(Store store, LiveUpdates live, TimeProvider clock)
{
    public const int MaxName = 40;

    /// <summary>For one owner: a longer menu is not read.</summary>
    public const int MaxViews = 50;

    private const int MaxQuery = 1_000;

    public async Task<SaveViewOutcome> RunAsync(Caller caller, string name, string query, bool isShared, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        if (isShared)
        {
            caller.MustBeAdmin();
        }

        var clean = StoredText.Clean(name).Trim();
        var key = SearchWords.Fold(clean);
        if (key.Length == 0 || clean.Length > MaxName || query.Length > MaxQuery || (isShared ? Owned.ByEverybody : caller.AgentId) is not { } owner)
        {
            return new SaveViewOutcome.Refused(Texts.Conversations.Of("ViewNameNeeded", MaxName));
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var view = await db.SavedViews.SingleOrDefaultAsync(v => v.OwnerId == owner && v.NameKey == key, cancellationToken);
        if (view is null)
        {
            if (await db.SavedViews.CountAsync(v => v.OwnerId == owner, cancellationToken) >= MaxViews)
            {
                return new SaveViewOutcome.Refused(Texts.Conversations.Of("TooManyViews", MaxViews));
            }

            view = new SavedView { OwnerId = owner, NameKey = key, CreatedAtUtc = clock.GetUtcNow().UtcDateTime };
            db.SavedViews.Add(view);
        }

        (view.Name, view.Query) = (clean, StoredText.Clean(query));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.IsConflict)
        {
            // The same press in another tab was first.
            return new SaveViewOutcome.Refused(Texts.Conversations.Of("ViewNameTaken", clean));
        }

        live.Publish(new SavedViewsChanged());
        return new SaveViewOutcome.Saved(view.Id);
    }
}
