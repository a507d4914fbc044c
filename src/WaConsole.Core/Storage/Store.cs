using Microsoft.EntityFrameworkCore;

namespace WaConsole.Core.Storage;

/// <summary>The door to the database. Verbs take it; only Core can open it. One context per operation.</summary>
public sealed class Store
{
    private readonly IDbContextFactory<WaConsoleDb> _contexts;

    internal Store(IDbContextFactory<WaConsoleDb> contexts)
    {
        _contexts = contexts;
    }

    internal Task<WaConsoleDb> OpenAsync(CancellationToken cancellationToken) => _contexts.CreateDbContextAsync(cancellationToken);
}
