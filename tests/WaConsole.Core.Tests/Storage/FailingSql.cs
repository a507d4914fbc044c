using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Tests.Storage;

/// <summary>Statements fail as long as <see cref="With"/> says with what.</summary>
internal sealed class FailingSql : DbCommandInterceptor
{
    private int _failed;

    /// <summary>The fault of a statement; null lets it through.</summary>
    public Func<string, Exception?> With { get; set; } = _ => null;

    /// <summary>The same, for who must know with which values it is asked.</summary>
    public Func<DbCommand, Exception?> WithCommand { get; set; } = _ => null;

    public int Failed => Volatile.Read(ref _failed);

    public void AddTo(IServiceCollection services) => services.ConfigureDbContext<WaConsoleDb>(builder => builder.AddInterceptors(this));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Look(command);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Look(command);
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }

    /// <summary>Whether a value is among the statement's, by itself or in a list.</summary>
    public static bool IsAbout(DbCommand command, object value) => command.Parameters.Cast<DbParameter>().Any(parameter =>
        Equals(parameter.Value, value)
        || (parameter.Value is System.Collections.IEnumerable list and not string && list.Cast<object>().Contains(value))
        || (value is string text && parameter.Value is string json && json.Contains(text, StringComparison.Ordinal)));

    private void Look(DbCommand command)
    {
        if ((With(command.CommandText) ?? WithCommand(command)) is { } fault)
        {
            Interlocked.Increment(ref _failed);
            throw fault;
        }
    }
}
