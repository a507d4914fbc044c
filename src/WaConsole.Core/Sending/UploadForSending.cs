using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WaConsole.CloudApi;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;
using WaConsole.Core.Storage;
using WaConsole.Core.Team;

namespace WaConsole.Core.Sending;

/// <summary>
/// Puts a file of ours at WhatsApp before it is sent. Uploads live 30 days and belong to one number (Meta, Media, 2026); a younger one
/// of the same number is used again.
/// </summary>
internal sealed class UploadForSending(Store store, WriterLane lane, OpenMedia media, CloudApiClient cloud, TimeProvider clock)
{
    public static readonly TimeSpan Usable = TimeSpan.FromDays(29);

    private readonly ConcurrentDictionary<(long Number, long File), byte> _running = new();

    /// <summary>WhatsApp's id of the file; null when it must be uploaded first.</summary>
    public static string? UsableId(MediaFile file, long numberId, DateTime nowUtc) =>
        file.WhatsAppUploadedToNumberId == numberId && file.WhatsAppUploadedAtUtc > nowUtc - Usable ? file.WhatsAppMediaId : null;

    /// <summary>Which of these files are ready here and not at WhatsApp.</summary>
    public async Task<IReadOnlySet<long>> MissingAsync(
        WaConsoleDb db, long numberId, IReadOnlyList<long> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return new HashSet<long>();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var ready = await db.MediaFiles.AsNoTracking().Where(f => files.Contains(f.Id) && f.State == MediaState.Ready).ToListAsync(cancellationToken);
        return ready.Where(file => UsableId(file, numberId, now) is null).Select(file => file.Id).ToHashSet();
    }

    /// <returns>False when this process is uploading it already.</returns>
    public bool Begin(long numberId, long mediaFileId) => _running.TryAdd((numberId, mediaFileId), 0);

    public void End(long numberId, long mediaFileId) => _running.TryRemove((numberId, mediaFileId), out _);

    /// <returns>False when its bytes are gone.</returns>
    public async Task<bool> RunAsync(NumberAccess number, long mediaFileId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var file = await db.MediaFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == mediaFileId, cancellationToken);
        if (file is null)
        {
            return false;
        }

        if (UsableId(file, number.Id, clock.GetUtcNow().UtcDateTime) is not null)
        {
            return true;
        }

        if (await media.RunAsync(Caller.System, file.Key, cancellationToken) is not { } content || !File.Exists(content.Path))
        {
            return false;
        }

        await using var bytes = new FileStream(content.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true);
        var uploaded = await cloud.UploadMediaAsync(
            number.Account.ForCalls(), number.PhoneNumberId, bytes, WireType(file.MimeType), file.FileName, cancellationToken);
        using var place = await lane.EnterAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.MediaFiles.Where(f => f.Id == mediaFileId).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.WhatsAppMediaId, uploaded)
            .SetProperty(f => f.WhatsAppUploadedAtUtc, now)
            .SetProperty(f => f.WhatsAppUploadedToNumberId, number.Id), cancellationToken);
        return true;
    }

    /// <summary>Plain audio/ogg is refused; the codec belongs to the type (Meta, Media, 2026).</summary>
    private static string WireType(string mimeType) => mimeType == "audio/ogg" ? "audio/ogg; codecs=opus" : mimeType;
}
