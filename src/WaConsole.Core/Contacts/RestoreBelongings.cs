using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Conversations;
using WaConsole.Core.Labels;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Contacts;

/// <summary>Labels, fields and blocks of a merge that is taken back. A label or field deleted since stays deleted.</summary>
internal static class RestoreBelongings
{
    public static async Task ApplyAsync(WaConsoleDb db, Contact stays, Contact goes, MergeSnapshot was, CancellationToken cancellationToken)
    {
        await LabelsAsync(db, stays, goes, was, cancellationToken);
        await FieldsAsync(db, stays.Id, goes.Id, was, cancellationToken);
        await BlocksAsync(db, stays, goes.Id, was, cancellationToken);
    }

    /// <summary>A thread that is back has its labels again.</summary>
    public static async Task LabelsAsync(WaConsoleDb db, Conversation goes, IReadOnlyList<long> labels, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(db, labels, cancellationToken);
        db.ConversationLabels.AddRange(known.Select(id => new ConversationLabel { LabelId = id, ConversationId = goes.Id }));
        goes.LabelIds = LabelIds.Write(known);
    }

    /// <summary>Labels that came with the other thread go with it.</summary>
    public static async Task TakeOffAsync(
        WaConsoleDb db, Conversation stays, IReadOnlyList<long> own, IReadOnlyList<long> others, CancellationToken cancellationToken)
    {
        var links = await db.ConversationLabels.Where(l => l.ConversationId == stays.Id).ToListAsync(cancellationToken);
        var came = links.Where(link => others.Contains(link.LabelId) && !own.Contains(link.LabelId)).ToList();
        db.ConversationLabels.RemoveRange(came);
        stays.LabelIds = LabelIds.Write(links.Except(came).Select(link => link.LabelId));
    }

    private static async Task LabelsAsync(WaConsoleDb db, Contact stays, Contact goes, MergeSnapshot was, CancellationToken cancellationToken)
    {
        var links = await db.ContactLabels.Where(l => l.ContactId == stays.Id).ToListAsync(cancellationToken);
        var came = links.Where(link => was.Goes.Labels.Contains(link.LabelId) && !was.Stays.Labels.Contains(link.LabelId)).ToList();
        var known = await KnownAsync(db, was.Goes.Labels, cancellationToken);
        db.ContactLabels.RemoveRange(came);
        db.ContactLabels.AddRange(known.Select(id => new ContactLabel { LabelId = id, ContactId = goes.Id }));
        stays.LabelIds = LabelIds.Write(links.Except(came).Select(link => link.LabelId));
        goes.LabelIds = LabelIds.Write(known);
    }

    private static async Task FieldsAsync(WaConsoleDb db, long staysId, long goesId, MergeSnapshot was, CancellationToken cancellationToken)
    {
        var own = await db.ContactFieldValues.Where(v => v.ContactId == staysId).ToListAsync(cancellationToken);
        db.ContactFieldValues.RemoveRange(own.Where(value =>
            !was.Stays.Fields.ContainsKey(value.FieldId) && was.Goes.Fields.GetValueOrDefault(value.FieldId) == value.Value));
        var fields = await db.ContactFields.Select(f => f.Id).ToListAsync(cancellationToken);
        db.ContactFieldValues.AddRange(was.Goes.Fields
            .Where(field => fields.Contains(field.Key))
            .Select(field => new ContactFieldValue { ContactId = goesId, FieldId = field.Key, Value = field.Value }));
    }

    private static async Task BlocksAsync(WaConsoleDb db, Contact stays, long goesId, MergeSnapshot was, CancellationToken cancellationToken)
    {
        var own = was.Stays.Blocks.Select(block => RowState.Value<long>(block, nameof(ContactBlock.NumberId))).ToList();
        var others = was.Goes.Blocks.Select(block => RowState.Value<long>(block, nameof(ContactBlock.NumberId))).ToList();
        var now = await db.ContactBlocks.Where(b => b.ContactId == stays.Id).ToListAsync(cancellationToken);
        var came = now.Where(block => others.Contains(block.NumberId) && !own.Contains(block.NumberId)).ToList();
        db.ContactBlocks.RemoveRange(came);
        foreach (var state in was.Goes.Blocks)
        {
            var block = new ContactBlock();
            RowState.Write(db.Entry(block), state);
            block.ContactId = goesId;
            db.ContactBlocks.Add(block);
        }

        var left = now.Except(came).ToList();
        stays.BlockedAtUtc = left.Count == 0 ? null : stays.BlockedAtUtc ?? left.Min(block => block.AtUtc);
    }

    private static async Task<List<long>> KnownAsync(WaConsoleDb db, IReadOnlyList<long> labels, CancellationToken cancellationToken)
    {
        var wanted = labels.ToList();
        return await db.Labels.Where(l => wanted.Contains(l.Id)).Select(l => l.Id).ToListAsync(cancellationToken);
    }
}
