using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using WaConsole.Core.Labels;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;
using WaConsole.Core.Window;

namespace WaConsole.Core.Contacts;

/// <summary>One person of an export. Fields in the order of <see cref="ContactExportHead.Fields"/>.</summary>
public sealed record ContactExportRow(ContactRow Contact, IReadOnlyList<string> Labels, IReadOnlyList<string> Fields);

/// <summary>Columns beyond the fixed ones, and the id of the line in the record of exports.</summary>
public sealed record ContactExportHead(long ExportId, IReadOnlyList<string> Fields);

/// <summary>
/// Everybody a query finds, in small pages, so that a million people never are in memory. Taking the customer base out of the house is
/// for admins and marketing staff; who did is on record before the first row leaves.
/// </summary>
public sealed class ExportContacts(Store store, WhatsAppClock whatsApp, TimeProvider clock)
{
    private const int PageSize = 500;

    public async Task<ContactExportHead> BeginAsync(Caller caller, ContactQuery query, string format, CancellationToken cancellationToken)
    {
        if (!MayExport(caller))
        {
            throw new NotAllowedException(Texts.Team.Of("NotAllowedToExport"));
        }

        await using var db = await store.OpenAsync(cancellationToken);
        var line = new ContactExport
        {
            AtUtc = clock.GetUtcNow().UtcDateTime,
            AgentId = caller.AgentId,
            ByName = caller.Name,
            Format = format,
            Filter = query.Describe(),
        };
        db.ContactExports.Add(line);
        await db.SaveChangesAsync(cancellationToken);
        return new ContactExportHead(line.Id, [.. (await ListContactFields.ReadAsync(db, cancellationToken)).Select(field => field.Name)]);
    }

    public async IAsyncEnumerable<ContactExportRow> RowsAsync(
        Caller caller, ContactQuery query, ContactExportHead head, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var people = await FindContacts.AskAsync(db, caller, query, whatsApp.UtcNow + ServiceWindow.ComposerMargin, cancellationToken);
        var labels = (await ListLabels.ReadAsync(db, cancellationToken)).ToDictionary(label => label.Id, label => label.Name);
        var fields = (await ListContactFields.ReadAsync(db, cancellationToken)).Where(field => head.Fields.Contains(field.Name)).ToList();
        var last = long.MaxValue;
        var written = 0;
        while (true)
        {
            var before = last;
            var rows = await ListContacts.Project(
                db, caller, people.Where(c => c.Id < before).OrderByDescending(c => c.Id).Take(PageSize)).ToListAsync(cancellationToken);
            var ids = rows.Select(row => row.Id).ToList();
            var values = await db.ContactFieldValues.AsNoTracking().Where(v => ids.Contains(v.ContactId))
                .ToDictionaryAsync(v => (v.ContactId, v.FieldId), v => v.Value, cancellationToken);
            foreach (var row in rows)
            {
                yield return new ContactExportRow(
                    row,
                    [.. LabelIds.Read(row.LabelIds).Where(labels.ContainsKey).Select(id => labels[id])],
                    [.. fields.Select(field => values.GetValueOrDefault((row.Id, field.Id), ""))]);
            }

            written += rows.Count;
            if (rows.Count < PageSize)
            {
                await db.ContactExports.Where(export => export.Id == head.ExportId)
                    .ExecuteUpdateAsync(set => set.SetProperty(export => export.People, written), cancellationToken);
                yield break;
            }

            last = rows[^1].Id;
        }
    }

    public static bool MayExport(Caller caller) => caller.Role is Role.Admin or Role.Marketer;
}
