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
internal sealed class UploadForSending(Store store, OpenMedia media, CloudApiClient cloud, TimeProvider clock)
{
    public static readonly TimeSpan Usable = TimeSpan.FromDays(29);

    /// <returns>WhatsApp's id of the file; null when its bytes are gone.</returns>
    public async Task<string?> RunAsync(NumberAccess number, long mediaFileId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var file = await db.MediaFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == mediaFileId, cancellationToken);
        if (file is null)
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (file.WhatsAppMediaId is { } known && file.WhatsAppUploadedToNumberId == number.Id && file.WhatsAppUploadedAtUtc > now - Usable)
        {
            return known;
        }

        if (await media.RunAsync(Caller.System, file.Key, cancellationToken) is not { } content || !File.Exists(content.Path))
        {
            return null;
        }

        await using var bytes = new FileStream(content.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true);
        var uploaded = await cloud.UploadMediaAsync(
            number.Account.ForCalls(), number.PhoneNumberId, bytes, WireType(file.MimeType), file.FileName, cancellationToken);
        await db.MediaFiles.Where(f => f.Id == mediaFileId).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.WhatsAppMediaId, uploaded)
            .SetProperty(f => f.WhatsAppUploadedAtUtc, now)
            .SetProperty(f => f.WhatsAppUploadedToNumberId, number.Id), cancellationToken);
        return uploaded;
    }

    /// <summary>Plain audio/ogg is refused; the codec belongs to the type (Meta, Media, 2026).</summary>
    private static string WireType(string mimeType) => mimeType == "audio/ogg" ? "audio/ogg; codecs=opus" : mimeType;
}
