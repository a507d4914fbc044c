using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Storage;

/// <summary>Notes the reading statements a verb sends, to ask the database how it would run them.</summary>
internal sealed class SeenSql : DbCommandInterceptor
{
    private readonly List<(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters)> _seen = [];

    public static Task<CoreHost> StartAsync(DatabaseProvider provider, SeenSql seen) => CoreHost.StartAsync(provider, new CoreHostOptions
    {
        Services = services => services.ConfigureDbContext<WaConsoleDb>(builder => builder.AddInterceptors(seen)),
    });

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        _seen.Add(Noted(command));
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    /// <summary>The parameters of the statements with these words that <paramref name="work"/> sends, one text each.</summary>
    public async Task<IReadOnlyList<string>> ParametersAsync(Func<Task> work, string words)
    {
        _seen.Clear();
        await work();
        return
        [
            .. _seen.Where(statement => statement.Sql.Contains(words, StringComparison.Ordinal))
                .Select(statement => string.Join(", ", statement.Parameters.Select(parameter => $"{parameter.Name}={parameter.Value}"))),
        ];
    }

    /// <summary>Plans of the statements <paramref name="work"/> reads with, one text each; PostgreSQL runs them and counts rows.</summary>
    public async Task<IReadOnlyList<Plan>> PlansAsync(CoreHost host, Func<Task> work)
    {
        _seen.Clear();
        await work();
        var statements = _seen.Where(statement => !statement.Sql.StartsWith("INSERT", StringComparison.OrdinalIgnoreCase)).ToList();
        return await host.WithDbAsync(db => PlansAsync(db, statements));
    }

    /// <summary>Plans of statements that a reader keeps prepared, each with what it was last asked.</summary>
    public static Task<List<Plan>> PlansAsync(WaConsoleDb db, RowReader reader) =>
        PlansAsync(db, [.. reader.Statements.Select(Noted)]);

    private static (string Sql, IReadOnlyList<(string Name, object? Value)> Parameters) Noted(DbCommand command) =>
        (command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]);

    private static async Task<List<Plan>> PlansAsync(
        WaConsoleDb db, IReadOnlyList<(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters)> statements)
    {
        await db.Database.OpenConnectionAsync();
        List<Plan> plans = [];
        foreach (var (sql, parameters) in statements)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = (db.Database.IsSqlite() ? "EXPLAIN QUERY PLAN " : "EXPLAIN (ANALYZE, TIMING OFF) ") + sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                lines.Add(reader.GetString(reader.FieldCount - 1));
            }

            plans.Add(new Plan(sql, string.Join('\n', lines)));
        }

        return plans;
    }
}
