using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Labels;

/// <summary>
/// Takes a label off everything and forgets it. The label goes first: from then on its links mean nothing, and its id is not given
/// again. They follow in small steps, because hundreds of thousands at once would hold up every other writer.
/// </summary>
public sealed class DeleteLabel
{
    private const int Step = 2_000;

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;

    internal DeleteLabel(Store store, WriterLane lane, LiveUpdates live)
    {
        _store = store;
        _lane = lane;
        _live = live;
    }

    /// <returns>False when there is no such label.</returns>
    public async Task<bool> RunAsync(Caller caller, long labelId, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await db.Labels.Where(l => l.Id == labelId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        _live.Publish(new LabelsChanged());
        await SweepAsync(
            () => db.ConversationLabels.Where(l => l.LabelId == labelId).Select(l => l.ConversationId).Order().Take(Step).ToListAsync(cancellationToken),
            ids => db.ConversationLabels.Where(l => l.LabelId == labelId && ids.Contains(l.ConversationId)).ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
        await SweepAsync(
            () => db.ContactLabels.Where(l => l.LabelId == labelId).Select(l => l.ContactId).Order().Take(Step).ToListAsync(cancellationToken),
            ids => db.ContactLabels.Where(l => l.LabelId == labelId && ids.Contains(l.ContactId)).ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
        return true;
    }

    private async Task SweepAsync(Func<Task<List<long>>> next, Func<List<long>, Task<int>> delete, CancellationToken cancellationToken)
    {
        while (await next() is { Count: > 0 } step)
        {
            using var place = await _lane.EnterAsync(cancellationToken);
            await delete(step);
        }
    }
}
