using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.CloudApi;
using WaConsole.Core.Live;
using WaConsole.Core.Numbers;
using WaConsole.Core.Resources;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Media;

/// <summary>
/// Brings one received file from WhatsApp to disk: the address from the webhook first, a new one when it has expired, hash compared,
/// real type found. A failure is tried again later, for as long as WhatsApp keeps the file.
/// </summary>
internal sealed partial class FetchMedia(
    Store store, CloudApiClient api, AccountDirectory directory, MediaStore files, LiveUpdates live, SoundWaiting sounds, TimeProvider clock,
    ILogger<FetchMedia> log)
{
    /// <summary>The row must be leased to the caller.</summary>
    public async Task RunAsync(long mediaFileId, CancellationToken cancellationToken)
    {
        var media = await ReadAsync(mediaFileId, cancellationToken);
        if (media is not { State: MediaState.Pending, NumberId: { } numberId })
        {
            return;
        }

        Outcome outcome;
        if (await directory.NumberAsync(numberId, cancellationToken) is not { } number)
        {
            outcome = new Outcome.TryLater(Texts.Media.Keep("NumberGone"));
        }
        else
        {
            outcome = await TryAsync(media, number, cancellationToken);
        }

        await RecordAsync(mediaFileId, outcome, cancellationToken);
    }

    private async Task<MediaFile?> ReadAsync(long mediaFileId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        return await db.MediaFiles.AsNoTracking().SingleOrDefaultAsync(m => m.Id == mediaFileId, cancellationToken);
    }

    private async Task<Outcome> TryAsync(MediaFile media, NumberAccess number, CancellationToken cancellationToken)
    {
        var account = new CloudApiAccount(number.Account.GraphBaseAddress, number.Account.ApiVersion, number.Account.AccessToken);
        try
        {
            // Past the first try the five minutes of the webhook's own address are over.
            if (media.Attempts <= 1 && Uri.TryCreate(media.SourceUrl, UriKind.Absolute, out var source))
            {
                try
                {
                    return await DownloadAsync(media, account, source, media.Sha256, cancellationToken);
                }
                catch (CloudApiException expired) when (media.WhatsAppMediaId is not null && expired.Fault != CloudApiFault.MediaTooLarge)
                {
                    LogFreshAddress(media.Id, expired.Fault);
                }
            }

            if (media.WhatsAppMediaId is not { } id)
            {
                return new Outcome.TryLater(Texts.Media.Keep("AddressExpired"));
            }

            var location = await api.GetMediaAsync(account, id, number.PhoneNumberId, cancellationToken);
            return await DownloadAsync(media, account, location.Url, media.Sha256 ?? location.Sha256, cancellationToken);
        }
        catch (CloudApiException tooLarge) when (tooLarge.Fault == CloudApiFault.MediaTooLarge)
        {
            return new Outcome.Never(Texts.Media.Keep("ReceivedTooBig"));
        }
        catch (Exception failure) when (failure is CloudApiException or IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            LogFailed(media.Id, failure is CloudApiException known ? known.Fault.ToString() : failure.GetType().Name);
            return new Outcome.TryLater(Texts.Media.Keep("NotYet"));
        }
    }

    private Task<Outcome> DownloadAsync(
        MediaFile media, CloudApiAccount account, Uri url, string? announcedHash, CancellationToken cancellationToken) =>
        files.WriteAsync<Outcome>(
            media.Key,
            async file =>
            {
                var downloaded = await api.DownloadMediaAsync(account, url, file, StoreUpload.MaxBytes, cancellationToken);
                if (MediaHash.Matches(announcedHash, downloaded.Sha256) == false)
                {
                    throw new InvalidDataException("The bytes do not have the hash WhatsApp announced.");
                }

                var head = await MediaStore.HeadAsync(file, cancellationToken);
                var type = MediaTypes.Sniff(head, media.ClaimedMimeType ?? downloaded.MimeType, media.FileName);
                return new Outcome.Fetched(type.MimeType, downloaded.Size, Convert.ToHexStringLower(downloaded.Sha256), type.Width, type.Height);
            },
            cancellationToken);

    private async Task RecordAsync(long mediaFileId, Outcome outcome, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var media = await db.MediaFiles.Include(m => m.Sound).SingleAsync(m => m.Id == mediaFileId, cancellationToken);
        Apply(media, outcome, clock.GetUtcNow().UtcDateTime);
        if (media.State == MediaState.Ready)
        {
            media.Sound ??= Sound.For(media.MimeType, clock.GetUtcNow().UtcDateTime);
        }

        await db.SaveChangesAsync(cancellationToken);
        sounds.Ring();
        if (media is { ConversationId: { } conversationId, NumberId: { } numberId })
        {
            var lines = await db.Messages.Where(m => m.MediaFileId == media.Id).Select(m => m.Id).ToListAsync(cancellationToken);
            live.Publish([
                new HeaderChanged(numberId, conversationId),
                .. lines.Select(line => new MessageChanged(numberId, conversationId, line)),
            ]);
        }
    }

    private static void Apply(MediaFile media, Outcome outcome, DateTime nowUtc)
    {
        media.LeasedUntilUtc = null;
        switch (outcome)
        {
            case Outcome.Fetched fetched:
                media.State = MediaState.Ready;
                media.MimeType = fetched.MimeType;
                media.SizeBytes = fetched.Size;
                media.Sha256 = fetched.Sha256;
                (media.Width, media.Height) = (fetched.Width, fetched.Height);
                media.SourceUrl = null;
                media.Failure = null;
                break;
            case Outcome.Never never:
                media.State = MediaState.Failed;
                media.Failure = never.Sentence;
                break;
            case Outcome.TryLater later when MediaRetry.NextAfter(media.Attempts, media.CreatedAtUtc, nowUtc) is { } next:
                media.NextAttemptAtUtc = next;
                media.Failure = later.Sentence;
                break;
            default:
                media.State = MediaState.Failed;
                media.Failure = Texts.Media.Keep("Never");
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Media file {MediaFile}: the webhook's address did not serve ({Fault}), asking for a new one")]
    private partial void LogFreshAddress(long mediaFile, CloudApiFault fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Media file {MediaFile} could not be fetched: {Reason}")]
    private partial void LogFailed(long mediaFile, string reason);

    private abstract record Outcome
    {
        public sealed record Fetched(string MimeType, long Size, string Sha256, int? Width, int? Height) : Outcome;

        public sealed record TryLater(string Sentence) : Outcome;

        public sealed record Never(string Sentence) : Outcome;
    }
}
