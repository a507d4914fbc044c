using System.ComponentModel.DataAnnotations;

namespace WaConsole.Core.Storage;

public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}

public sealed class DatabaseOptions
{
    public const string Section = "Database";

    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>Relative SQLite paths are resolved by the host before Core sees them.</summary>
    [Required]
    public string ConnectionString { get; set; } = "Data Source=data/waconsole.db";

    /// <summary>How long a list, a count or a search may take before the screen says so.</summary>
    [Range(0.1, 60)]
    public double ReadLimitSeconds { get; set; } = 1;
}
