using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WaConsole.Core.Live;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Media;

/// <summary>Measures one sound and makes the copy every browser plays, where the file itself is not one.</summary>
internal sealed partial class PrepareSound(
    Store store, WriterLane lane, MediaStore files, RunFfmpeg ffmpeg, ReadSound read, LiveUpdates live, TimeProvider clock, ILogger<PrepareSound> log)
{
    private static readonly TimeSpan[] Delays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20)];

    /// <summary>The row must be leased to the caller.</summary>
    public async Task RunAsync(long mediaFileId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenAsync(cancellationToken);
        var file = await db.MediaFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == mediaFileId, cancellationToken);
        if (file is null)
        {
            return;
        }

        var done = FfmpegArguments.Knows(file.MimeType) ? await TryAsync(file, cancellationToken) : null;
        if (!await RecordAsync(db, mediaFileId, done, cancellationToken))
        {
            if (done?.CopyKey is { } orphan)
            {
                files.Delete(orphan);
            }

            return;
        }

        var lines = await db.Messages.Where(m => m.MediaFileId == mediaFileId)
            .Select(m => new { m.NumberId, m.ConversationId, m.Id }).ToListAsync(cancellationToken);
        live.Publish([.. lines.Select(line => new MessageChanged(line.NumberId, line.ConversationId, line.Id))]);
    }

    private async Task<Prepared?> TryAsync(MediaFile file, CancellationToken cancellationToken)
    {
        var path = files.PathOf(file.Key);
        if (!File.Exists(path) || await read.RunAsync(path, file.MimeType, cancellationToken) is not { } measure)
        {
            LogUnread(file.Id);
            return null;
        }

        if (file.MimeType is not ("audio/ogg" or "audio/amr"))
        {
            return new Prepared(measure, null, null);
        }

        var target = files.NewUnfinished();
        try
        {
            if (await ffmpeg.RunAsync(FfmpegArguments.Copy(path, file.MimeType, target), null, cancellationToken) != FfmpegEnd.Done)
            {
                LogUnread(file.Id);
                return null;
            }

            var size = new FileInfo(target).Length;
            var key = Guid.CreateVersion7();
            files.Keep(target, key);
            return new Prepared(measure, key, size);
        }
        finally
        {
            File.Delete(target);
        }
    }

    /// <returns>False when the file was deleted meanwhile.</returns>
    private async Task<bool> RecordAsync(WaConsoleDb db, long mediaFileId, Prepared? done, CancellationToken cancellationToken)
    {
        using var place = await lane.EnterAsync(cancellationToken);
        if (await db.Sounds.SingleOrDefaultAsync(s => s.MediaFileId == mediaFileId, cancellationToken) is not { } sound)
        {
            return false;
        }

        sound.LeasedUntilUtc = null;
        if (done is not null)
        {
            (sound.State, sound.Peaks, sound.Milliseconds) = (SoundState.Ready, done.Measure.Peaks, done.Measure.Milliseconds);
            (sound.CopyKey, sound.CopyBytes) = (done.CopyKey, done.CopyBytes);
        }
        else if (sound.Attempts <= Delays.Length)
        {
            sound.NextAttemptAtUtc = clock.GetUtcNow().UtcDateTime + Delays[Math.Max(sound.Attempts, 1) - 1];
        }
        else
        {
            sound.State = SoundState.Failed;
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The sound of media file {MediaFile} could not be read")]
    private partial void LogUnread(long mediaFile);

    private sealed record Prepared(SoundMeasure Measure, Guid? CopyKey, long? CopyBytes);
}
