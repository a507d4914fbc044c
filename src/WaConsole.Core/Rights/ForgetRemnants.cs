using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WaConsole.Core.Intake;
using WaConsole.Core.Media;
using WaConsole.Core.OptIns.Imports;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Rights;

/// <summary>
/// Where a person's numbers and ids stand without being rows of theirs: raw bodies of webhooks that were handled, items that wait or were set
/// aside, and the lists of finished imports; and their files. In small portions, after the person is gone: a body that is still to be handled
/// is not lost.
/// </summary>
internal sealed class ForgetRemnants(Store store, WriterLane lane, DropImportFile dropImport, MediaStore files, TimeProvider clock)
{
    private const int Portion = 500;

    /// <summary>Shorter than any number or id of WhatsApp's: it would be found in anything.</summary>
    private const int Shortest = 6;

    public async Task RunAsync(Action beat, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var remnants = await db.Remnants.AsNoTracking().OrderBy(r => r.Id).ToListAsync(cancellationToken);
        if (remnants.Exists(remnant => remnant.Trace is not null))
        {
            await DropListsAsync(db, cancellationToken);
        }

        foreach (var remnant in remnants)
        {
            beat();
            if (remnant.FileKey is { } file)
            {
                files.Delete(file);
            }
            else if (remnant.Trace is { Length: >= Shortest } trace)
            {
                await InAsync("Deliveries", trace, cancellationToken);
                await InAsync("ParkedItems", trace, cancellationToken);
                await InAsync("QuarantinedItems", trace, cancellationToken);
            }

            using var place = await lane.EnterForBatchAsync(cancellationToken);
            await db.Remnants.Where(r => r.Id == remnant.Id).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task DropListsAsync(WaConsoleDb db, CancellationToken cancellationToken)
    {
        var done = await db.ConsentImports.Where(i => i.FileKey != null && (i.State == ImportState.Done || i.State == ImportState.Failed))
            .Select(i => i.Id).ToListAsync(cancellationToken);
        foreach (var import in done)
        {
            await dropImport.RunAsync(import, cancellationToken);
        }
    }

    private async Task InAsync(string table, string trace, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var (done, bytes) = ((int)DeliveryState.Done, Encoding.UTF8.GetBytes(trace));
        var holds = db.Database.IsNpgsql() ? "position({0} in \"Body\") > 0" : "instr(\"Body\", {0}) > 0";
        var also = table == "Deliveries" ? $" AND \"State\" = {done}" : "";
        object what = db.Database.IsNpgsql() ? new NpgsqlParameter { Value = bytes } : new SqliteParameter("@trace", bytes);
        var sql = $"""SELECT "Id" AS "Value" FROM "{table}" WHERE {holds}{also}""";
        var ids = await db.Database.SqlQueryRaw<long>(sql, what).ToListAsync(cancellationToken);
        foreach (var some in ids.Chunk(Portion))
        {
            var tally = new IntakeTally(clock.GetUtcNow().UtcDateTime);
            using var place = await lane.EnterForBatchAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await (table switch
            {
                "Deliveries" => db.Deliveries.Where(d => some.Contains(d.Id) && d.State == DeliveryState.Done).ExecuteDeleteAsync(cancellationToken),
                "ParkedItems" => RemoveItems.ApplyAsync(db.ParkedItems.Where(p => some.Contains(p.Id)), tally, cancellationToken),
                _ => RemoveItems.ApplyAsync(db.QuarantinedItems.Where(q => some.Contains(q.Id)), tally, cancellationToken),
            });
            await tally.SaveAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }
}
