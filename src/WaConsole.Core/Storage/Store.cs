using Microsoft.EntityFrameworkCore;

namespace WaConsole.Core.Storage;

/// <summary>The door to the database. Verbs take it; only Core can open it. One context per operation.</summary>
public sealed class Store
{
    private readonly IDbContextFactory<WaConsoleDb> _contexts;
    private readonly SearchLane _search;
    private readonly ReadLimits _limits;

    internal Store(IDbContextFactory<WaConsoleDb> contexts, SearchLane search, ReadLimits limits)
    {
        _contexts = contexts;
        _search = search;
        _limits = limits;
    }

    internal Task<WaConsoleDb> OpenAsync(CancellationToken cancellationToken) => _contexts.CreateDbContextAsync(cancellationToken);

    /// <returns>Null when the time was over; the database works on it no longer.</returns>
    internal Task<T?> ReadWithinAsync<T>(
        ReadKind kind, Func<WaConsoleDb, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class => BoundedRead.RunAsync(OpenAsync, _limits, kind, read, cancellationToken);

    /// <summary>A search: few at a time, on connections of their own.</summary>
    /// <returns>Null when the time was over.</returns>
    internal Task<T?> SearchAsync<T>(Func<WaConsoleDb, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
        where T : class => _search.RunAsync(read, cancellationToken);
}
