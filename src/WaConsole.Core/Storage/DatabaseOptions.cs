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
}
