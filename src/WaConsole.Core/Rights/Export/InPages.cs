using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace WaConsole.Core.Rights.Export;

/// <summary>
/// Rows in short readings, however many there are and however slowly they are taken away: on SQLite an open reading keeps the log of changes
/// from being folded, on PostgreSQL it holds its connection.
/// </summary>
internal static class InPages
{
    public const int Size = 200;

    /// <param name="after">Rows whose id is greater, by id.</param>
    public static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        Func<long, IQueryable<T>> after, Func<T, long> idOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (last, full) = (0L, true);
        while (full)
        {
            var page = await after(last).Take(Size).ToListAsync(cancellationToken);
            full = page.Count == Size;
            if (page.Count > 0)
            {
                last = idOf(page[^1]);
                yield return page;
            }
        }
    }

    /// <inheritdoc cref="PagesAsync"/>
    public static async IAsyncEnumerable<T> RowsAsync<T>(
        Func<long, IQueryable<T>> after, Func<T, long> idOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(after, idOf, cancellationToken))
        {
            foreach (var row in page)
            {
                yield return row;
            }
        }
    }
}
