using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Labels;

public sealed record LabelView(long Id, string Name, LabelColour Colour);

/// <summary>How often a label is used. Counting stops at <see cref="ListLabels.MaxCount"/>, which then means that many or more.</summary>
public sealed record LabelUse(LabelView Label, int Conversations, int Contacts);

/// <summary>All labels by name. Names of labels are not personal data: everybody signed in may read them.</summary>
public sealed class ListLabels(Store store)
{
    public const int MaxCount = 10_000;

    public async Task<IReadOnlyList<LabelView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await store.OpenAsync(cancellationToken);
        return await ReadAsync(db, cancellationToken);
    }

    /// <summary>With their use, for the page where labels are managed.</summary>
    public async Task<IReadOnlyList<LabelUse>> WithUseAsync(Caller caller, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await store.OpenAsync(cancellationToken);
        List<LabelUse> used = [];
        foreach (var label in await ReadAsync(db, cancellationToken))
        {
            used.Add(new LabelUse(
                label,
                await db.ConversationLabels.Where(l => l.LabelId == label.Id).OrderBy(l => l.ConversationId).Take(MaxCount).CountAsync(cancellationToken),
                await db.ContactLabels.Where(l => l.LabelId == label.Id).OrderBy(l => l.ContactId).Take(MaxCount).CountAsync(cancellationToken)));
        }

        return used;
    }

    /// <summary>Sorted here: the two databases order letters differently.</summary>
    internal static async Task<IReadOnlyList<LabelView>> ReadAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        var labels = await db.Labels.AsNoTracking().Select(l => new LabelView(l.Id, l.Name, l.Colour)).ToListAsync(cancellationToken);
        return [.. labels.OrderBy(label => label.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(label => label.Id)];
    }
}
