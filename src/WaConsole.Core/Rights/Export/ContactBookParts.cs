using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace WaConsole.Core.Rights.Export;

/// <summary>What colleagues filled in, stuck on and wrote about the person. There are no more values and labels than the business has made.</summary>
internal static class ContactBookParts
{
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> FieldsAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var values = await (from value in person.Db.ContactFieldValues
                            where person.Ids.Contains(value.ContactId)
                            join field in person.Db.ContactFields on value.FieldId equals field.Id
                            orderby field.Id, value.ContactId
                            select new { field.Name, value.Value }).ToListAsync(cancellationToken);
        foreach (var value in values)
        {
            yield return Facts.Of(("name", value.Name), ("value", value.Value));
        }
    }

    /// <summary>Of the person, then of each conversation.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> LabelsAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var labels = await (from link in person.Db.ContactLabels
                            where person.Ids.Contains(link.ContactId)
                            join label in person.Db.Labels on link.LabelId equals label.Id
                            select label.Name).Distinct().OrderBy(name => name).ToListAsync(cancellationToken);
        foreach (var label in labels)
        {
            yield return Facts.Of(("label", label));
        }

        foreach (var thread in person.Threads)
        {
            var stuck = await (from link in person.Db.ConversationLabels
                               where link.ConversationId == thread
                               join label in person.Db.Labels on link.LabelId equals label.Id
                               orderby label.Id
                               select label.Name).ToListAsync(cancellationToken);
            foreach (var label in stuck)
            {
                yield return Facts.Of(("conversation", thread), ("label", label));
            }
        }
    }

    public static async IAsyncEnumerable<IReadOnlyList<PersonFact>> NotesAsync(
        ExportedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var notes = InPages.RowsAsync(
            last => person.Db.ContactNotes.Where(n => person.Ids.Contains(n.ContactId) && n.Id > last).OrderBy(n => n.Id), note => note.Id, cancellationToken);
        await foreach (var note in notes)
        {
            yield return Facts.Of(("at", note.CreatedAtUtc), ("by", note.AuthorName), ("text", note.Text), ("edited", note.EditedAtUtc));
        }
    }
}
