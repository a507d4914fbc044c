using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Contacts;

/// <summary>Forgets a field and what everybody had in it. The values follow the field in small steps, see Labels.DeleteLabel.</summary>
public sealed class DeleteContactField
{
    private const int Step = 2_000;

    private readonly Store _store;
    private readonly WriterLane _lane;
    private readonly LiveUpdates _live;

    internal DeleteContactField(Store store, WriterLane lane, LiveUpdates live)
    {
        (_store, _lane, _live) = (store, lane, live);
    }

    /// <returns>False when there is no such field.</returns>
    public async Task<bool> RunAsync(Caller caller, long fieldId, CancellationToken cancellationToken)
    {
        caller.MustBeAdmin();
        await using var db = await _store.OpenAsync(cancellationToken);
        if (await db.ContactFields.Where(f => f.Id == fieldId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        _live.Publish(new ContactFieldsChanged());
        while (true)
        {
            // Whichever come first by the index of the field.
            var step = await db.ContactFieldValues.Where(v => v.FieldId == fieldId).OrderBy(v => v.FieldId)
                .Select(v => v.ContactId).Take(Step).ToListAsync(cancellationToken);
            if (step.Count == 0)
            {
                return true;
            }

            using var place = await _lane.EnterAsync(cancellationToken);
            await db.ContactFieldValues.Where(v => v.FieldId == fieldId && step.Contains(v.ContactId)).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
