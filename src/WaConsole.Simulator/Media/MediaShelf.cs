using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WaConsole.Simulator.World;

namespace WaConsole.Simulator.Media;

/// <summary>A stored file. <see cref="Sha256"/> is of the bytes as they are.</summary>
public sealed record MediaFile(
    string Id,
    string? NumberId,
    string MimeType,
    string? FileName,
    ReadOnlyMemory<byte> Bytes,
    ReadOnlyMemory<byte> Sha256,
    DateTimeOffset ExpiresAt,
    bool FromCustomer);

/// <summary>The files of the simulated WhatsApp, in memory. When it is full the oldest go first.</summary>
public sealed class MediaShelf(SimulatorClock clock)
{
    /// <summary>Bytes kept at most. A console fetches what it received at once, so old files are not missed.</summary>
    public const long Capacity = 512L * 1024 * 1024;

    // Meta, "Media" page, read November 2025: a download address is good for five minutes, an uploaded id for
    // thirty days, the id in a webhook for seven.
    private static readonly TimeSpan UrlLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UploadedLife = TimeSpan.FromDays(30);
    private static readonly TimeSpan ReceivedLife = TimeSpan.FromDays(7);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MediaFile> _files = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly byte[] _urlKey = RandomNumberGenerator.GetBytes(32);
    private long _bytes;
    private long _lastId;

    public MediaFile Add(ReadOnlyMemory<byte> bytes, string mimeType, string? fileName, string? numberId, bool fromCustomer)
    {
        var life = fromCustomer ? ReceivedLife : UploadedLife;
        var hash = SHA256.HashData(bytes.Span);
        lock (_gate)
        {
            var file = new MediaFile(
                NextId(), numberId, mimeType, fileName, bytes, hash, clock.GetUtcNow() + life, fromCustomer);
            _files.Add(file.Id, file);
            _order.Enqueue(file.Id);
            _bytes += bytes.Length;
            while (_bytes > Capacity && _order.Count > 1)
            {
                Drop(_order.Dequeue());
            }

            return file;
        }
    }

    /// <summary>The file as the Graph API knows it: gone when its id has expired.</summary>
    public MediaFile? Find(string id) =>
        Stored(id) is { } file && file.ExpiresAt > clock.GetUtcNow() ? file : null;

    /// <summary>The file as the phone knows it: the customer keeps what they have, however old the id.</summary>
    public MediaFile? Stored(string id)
    {
        lock (_gate)
        {
            return _files.GetValueOrDefault(id);
        }
    }

    public bool Remove(string id)
    {
        lock (_gate)
        {
            return Drop(id);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _files.Clear();
            _order.Clear();
            _bytes = 0;
        }
    }

    /// <summary>Path and query of a download address that is good for five minutes of simulated time.</summary>
    internal string SignUrl(string id)
    {
        var until = (clock.GetUtcNow() + UrlLife).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"/whatsapp_business/attachments/?mid={id}&ext={until}&hash={Hash(id, until)}";
    }

    internal MediaFile? FindSigned(string id, string until, string hash)
    {
        var given = Encoding.ASCII.GetBytes(hash);
        var expected = Encoding.ASCII.GetBytes(Hash(id, until));
        return CryptographicOperations.FixedTimeEquals(given, expected)
            && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds > clock.GetUtcNow().ToUnixTimeSeconds()
            ? Find(id)
            : null;
    }

    private string Hash(string id, string until) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_urlKey, Encoding.UTF8.GetBytes($"{id}|{until}")))[..32];

    // Ids are numbers that never come twice, not even after a restart of the simulator.
    private string NextId()
    {
        _lastId = Math.Max(_lastId + 1, clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
        return _lastId.ToString(CultureInfo.InvariantCulture);
    }

    private bool Drop(string id)
    {
        if (!_files.Remove(id, out var file))
        {
            return false;
        }

        _bytes -= file.Bytes.Length;
        return true;
    }
}
