using System.Reflection;
using WaConsole.Core.Storage;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace WaConsole.Testing;

/// <summary>
/// Runs a theory once on SQLite and once on PostgreSQL; its only parameter is the <see cref="DatabaseProvider"/>. Without a
/// PostgreSQL server the row shows as skipped with the reason, which CI does not accept.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var postgres = new TheoryDataRow<DatabaseProvider>(DatabaseProvider.Postgres);
        if (!TestDatabase.PostgresIsThere)
        {
            postgres.Skip = $"No PostgreSQL: set {TestDatabase.PostgresVariable}, or run tests/run.sh, which starts one.";
        }

        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [new TheoryDataRow<DatabaseProvider>(DatabaseProvider.Sqlite), postgres]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
