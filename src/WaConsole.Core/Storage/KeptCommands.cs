using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace WaConsole.Core.Storage;

/// <summary>
/// Short statements that are run again and again, prepared once: through EF each costs about 0.3 ms before it reaches the database, and on
/// SQLite the only writer is held meanwhile (docs/performance.md). Parameters are <c>@p0</c>, <c>@p1</c>, none of them null. Keep it with its
/// context: prepared statements belong to the connection.
/// </summary>
internal sealed class KeptCommands(WaConsoleDb db) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    public WaConsoleDb Db => db;

    /// <returns>How many rows changed.</returns>
    public Task<int> RunAsync(string sql, object[] values, CancellationToken cancellationToken) => Of(sql, values).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>The one number that is asked for.</summary>
    public async Task<long> NumberAsync(string sql, object[] values, CancellationToken cancellationToken) =>
        Convert.ToInt64(await Of(sql, values).ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }
    }

    private DbCommand Of(string sql, object[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // Constants; what comes from outside is a parameter.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var at = 0; at < values.Length; at++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{at}");
                command.Parameters.Add(parameter);
            }

            _commands.Add(sql, command);
        }

        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at];
        }

        return command;
    }
}
