using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Storage;

public abstract record BackUpOutcome
{
    private BackUpOutcome()
    {
    }

    /// <summary>The copy is complete, checked and on disk.</summary>
    public sealed record Written(string Path, long Bytes) : BackUpOutcome;

    public sealed record Refused(string Sentence) : BackUpOutcome;
}

/// <summary>
/// Copies the SQLite database to one file while the program goes on writing. The file appears under its name only when it is
/// complete and was checked; an existing file is never overwritten.
/// </summary>
public sealed class BackUpDatabase(IOptions<DatabaseOptions> options)
{
    public async Task<BackUpOutcome> RunAsync(string path, CancellationToken cancellationToken)
    {
        if (options.Value.Provider != DatabaseProvider.Sqlite)
        {
            return new BackUpOutcome.Refused(Texts.Storage.Of("UsePgDump"));
        }

        var source = Path.GetFullPath(new SqliteConnectionStringBuilder(options.Value.ConnectionString).DataSource);
        if (!File.Exists(source))
        {
            return new BackUpOutcome.Refused(Texts.Storage.Of("NoDatabase", source));
        }

        var target = Path.GetFullPath(path);
        if (Path.Exists(target))
        {
            return new BackUpOutcome.Refused(Texts.Storage.Of("BackupExists", target));
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            return new BackUpOutcome.Refused(Texts.Storage.Of("NoBackupFolder", Path.GetDirectoryName(target)));
        }

        var partial = $"{target}.{Guid.CreateVersion7():n}.partial";
        try
        {
            CreateForOwnerOnly(partial);
            await Task.Run(() => Copy(source, partial), cancellationToken);
            await Task.Run(() => Check(partial), cancellationToken);
            File.Move(partial, target, overwrite: false);
        }
        finally
        {
            File.Delete(partial);
        }

        return new BackUpOutcome.Written(target, new FileInfo(target).Length);
    }

    /// <summary>The database holds what customers wrote and the keys to the stored tokens.</summary>
    private static void CreateForOwnerOnly(string file)
    {
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(file, creation).Dispose();
    }

    /// <summary>The online backup reads one state of the database; in WAL mode writers go on meanwhile (sqlite.org/backup.html).</summary>
    private static void Copy(string source, string target)
    {
        using var from = Open(source, SqliteOpenMode.ReadWrite);
        using var to = Open(target, SqliteOpenMode.ReadWrite);
        from.BackupDatabase(to);

        // One file without a write-ahead log beside it; the program switches back when it opens it.
        Ask(to, "PRAGMA journal_mode=DELETE");
    }

    private static void Check(string file)
    {
        using var copy = Open(file, SqliteOpenMode.ReadOnly);
        if (Ask(copy, "PRAGMA integrity_check") is not "ok")
        {
            throw new InvalidDataException("The copy of the database failed SQLite's integrity check: the database itself is damaged.");
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    private static string? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}
