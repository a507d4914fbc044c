using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Sending;

/// <summary>
/// The id under which this process leases rows, and the ids of its earlier lives on this machine. A process that was killed left leases
/// behind; who can lock its file knows that it is gone, because the system lets go of the lock with the process. See docs/decisions/0022.
/// </summary>
internal sealed partial class NodeLife(IOptions<MediaOptions> media, IOptions<DatabaseOptions> database, ILogger<NodeLife> log) : IDisposable
{
    /// <summary>Processes of one machine on one database.</summary>
    private const int AtMostTogether = 16;

    private FileStream? _file;

    public Guid Id { get; } = Guid.CreateVersion7();

    /// <summary>Lives that ended without giving back what they had leased.</summary>
    public IReadOnlyList<Guid> Earlier { get; private set; } = [];

    /// <summary>Before anything is leased. Where there is no file to lock, leases run out by themselves.</summary>
    public void Begin()
    {
        try
        {
            var folder = Path.Combine(media.Value.Root, "nodes");
            Directory.CreateDirectory(folder);
            _file = Enumerable.Range(0, AtMostTogether)
                .Select(slot => Locked(Path.Combine(folder, $"{Name()}-{slot}")))
                .FirstOrDefault(file => file is not null);
            if (_file is null)
            {
                LogNoLock(folder);
                return;
            }

            var earlier = Read(_file);
            Write(_file, [.. earlier, Id]);
            Earlier = earlier;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNoFile(failure.GetType().Name);
        }
    }

    /// <summary>Nothing of theirs is leased any more.</summary>
    public void ForgetEarlier()
    {
        Earlier = [];
        if (_file is not null)
        {
            Write(_file, [Id]);
        }
    }

    /// <summary>Everything was given back. Whoever locks the file between the two lines keeps a file without a name, and loses only that.</summary>
    public void End()
    {
        if (_file is not { } file)
        {
            return;
        }

        _file = null;
        file.Dispose();
        try
        {
            File.Delete(file.Name);
        }
        catch (IOException)
        {
            // Where a file in use cannot be removed, its new holder has it.
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Other machines may share the folder, and other databases the machine.</summary>
    private string Name()
    {
        var connection = database.Value.ConnectionString;
        var where = database.Value.Provider == DatabaseProvider.Sqlite
            ? Path.GetFullPath(new SqliteConnectionStringBuilder(connection).DataSource)
            : new NpgsqlConnectionStringBuilder(connection) is var postgres ? $"{postgres.Host}:{postgres.Port}/{postgres.Database}" : "";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{where}")))[..16];
    }

    /// <summary>Null when another process has it, or when the lock means nothing: there are shared folders that grant it to everybody.</summary>
    private static FileStream? Locked(string path)
    {
        if (Open(path) is not { } file)
        {
            return null;
        }

        if (Open(path) is { } second)
        {
            second.Dispose();
            file.Dispose();
            return null;
        }

        return file;
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static List<Guid> Read(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        List<Guid> lives = [];
        while (reader.ReadLine() is { } line)
        {
            // A line that a power cut left half written names nobody.
            if (Guid.TryParseExact(line, "N", out var life))
            {
                lives.Add(life);
            }
        }

        return lives;
    }

    private static void Write(FileStream file, IReadOnlyList<Guid> lives)
    {
        file.SetLength(0);
        file.Write(Encoding.UTF8.GetBytes(string.Concat(lives.Select(life => life.ToString("N", CultureInfo.InvariantCulture) + "\n"))));
        file.Flush(flushToDisk: true);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No file in {Folder} can be locked: after a crash messages wait until leases run out")]
    private partial void LogNoLock(string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of this process could not be written ({Reason}): after a crash messages wait until leases run out")]
    private partial void LogNoFile(string reason);
}
