using System.Security.Cryptography;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Media;

/// <summary>A resumable upload: what was promised and what has come.</summary>
internal sealed class UploadSession(string id, string? fileName, long length, string mimeType)
{
    public string Id { get; } = id;
    public string? FileName { get; } = fileName;
    public long Length { get; } = length;
    public string MimeType { get; } = mimeType;
    public MemoryStream Bytes { get; } = new();
    public string? Handle { get; set; }
}

/// <summary>Resumable uploads and the handles they end in. Source: Meta, "Resumable Upload API", 2025.</summary>
internal sealed class UploadShelf(SimulatorClock clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (UploadSession Session, DateTimeOffset Until)> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MediaFile> _handles = new(StringComparer.Ordinal);

    public UploadSession Open(string? fileName, long length, string mimeType)
    {
        var session = new UploadSession("upload:" + RandomNumberGenerator.GetHexString(24, lowercase: true), fileName, length, mimeType);
        lock (_gate)
        {
            _sessions[session.Id] = (session, clock.GetUtcNow() + TimeSpan.FromDays(1));
        }

        return session;
    }

    public UploadSession? Find(string id)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(id, out var found) && found.Until > clock.GetUtcNow() ? found.Session : null;
        }
    }

    /// <summary>The handle of a finished upload; the same each time it is asked for.</summary>
    public string Finish(UploadSession session)
    {
        lock (_gate)
        {
            if (session.Handle is null)
            {
                session.Handle = "4::" + RandomNumberGenerator.GetHexString(60, lowercase: true);
                var bytes = session.Bytes.ToArray();
                _handles[session.Handle] = new MediaFile(
                    session.Id, null, session.MimeType, session.FileName, bytes, SHA256.HashData(bytes),
                    clock.GetUtcNow() + TimeSpan.FromDays(30), FromCustomer: false);
            }

            return session.Handle;
        }
    }

    /// <summary>The file behind a handle.</summary>
    public MediaFile? OfHandle(string handle)
    {
        lock (_gate)
        {
            return _handles.TryGetValue(handle, out var file) && file.ExpiresAt > clock.GetUtcNow() ? file : null;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _sessions.Clear();
            _handles.Clear();
        }
    }
}
