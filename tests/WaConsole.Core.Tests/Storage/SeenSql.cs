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
        _seen.Add((command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]));
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    /// <summary>Plans of the statements <paramref name="work"/> sends, one text each.</summary>
    /// <param name="host">Where.</param>
    /// <param name="work">The verb.</param>
    /// <param name="postgresWithout">A way of PostgreSQL to answer that the test rules out.</param>
    public async Task<IReadOnlyList<string>> PlansAsync(CoreHost host, Func<Task> work, string postgresWithout = "enable_bitmapscan")
    {
        _seen.Clear();
        await work();
        var statements = _seen.ToList();
        return await host.WithDbAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            var connection = db.Database.GetDbConnection();
            if (db.Database.IsNpgsql())
            {
                // Reading a small table whole, or sorting a few rows, is cheaper than any index; with that off, the plan shows whether
                // the index can serve.
                await using var setting = connection.CreateCommand();
                setting.CommandText = $"SET enable_seqscan = off; SET {postgresWithout} = off";
                await setting.ExecuteNonQueryAsync();
            }

            List<string> plans = [];
            foreach (var (sql, parameters) in statements)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = (db.Database.IsSqlite() ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + sql;
                foreach (var (name, value) in parameters)
                {
                    var parameter = command.CreateParameter();
                    (parameter.ParameterName, parameter.Value) = (name, value);
                    command.Parameters.Add(parameter);
                }

                var plan = new List<string>();
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    plan.Add(reader.GetString(reader.FieldCount - 1));
                }

                plans.Add(string.Join('\n', plan));
            }

            return plans;
        });
    }
}
