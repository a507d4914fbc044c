using WaConsole.Core.Resources;
using WaConsole.Core.Team;

namespace WaConsole.Core.Media;

/// <summary>
/// Keeps what a person recorded in the browser as the voice note WhatsApp wants. Always encoded anew: a browser's container is another,
/// its sound may have two channels, and only so the size is known beforehand.
/// </summary>
public sealed class StoreVoiceNote
{
    /// <summary>More is shown to the customer as a file to download, without a waveform (Meta, Audio messages, 2025).</summary>
    private const long ShownAsVoice = 512 * 1024;

    private const int LowestRate = 12_000;
    private const int HighestRate = 32_000;
    private const int ShortestMilliseconds = 300;

    private readonly StoreUpload _upload;
    private readonly MediaStore _files;
    private readonly RunFfmpeg _ffmpeg;
    private readonly ReadSound _read;

    internal StoreVoiceNote(StoreUpload upload, MediaStore files, RunFfmpeg ffmpeg, ReadSound read)
    {
        (_upload, _files, _ffmpeg, _read) = (upload, files, ffmpeg, read);
    }

    /// <summary>False without ffmpeg: the button says why it is off.</summary>
    public bool IsPossible => _ffmpeg.IsThere;

    public async Task<UploadOutcome> RunAsync(Caller caller, Stream recording, CancellationToken cancellationToken)
    {
        caller.MustUseInbox();
        if (!IsPossible)
        {
            return Refused("voice_unavailable", "VoiceUnavailable");
        }

        var (source, target) = (_files.NewUnfinished(), _files.NewUnfinished());
        try
        {
            if (await ReceiveAsync(recording, source, cancellationToken) is not { } mimeType)
            {
                return UploadRules.TooBig(Conversations.MessageKind.Audio, UploadRules.MaxBytesOf(Conversations.MessageKind.Audio, animated: false));
            }

            if (!FfmpegArguments.Knows(mimeType) || await _read.RunAsync(source, mimeType, cancellationToken) is not { } measure)
            {
                return Refused("media_unsupported", "VoiceUnread");
            }

            if (measure.Milliseconds < ShortestMilliseconds)
            {
                return Refused("media_empty", "VoiceEmpty");
            }

            var arguments = FfmpegArguments.VoiceNote(source, mimeType, target, RateFor(measure.Milliseconds));
            if (await _ffmpeg.RunAsync(arguments, null, cancellationToken) != FfmpegEnd.Done)
            {
                return Refused("media_unsupported", "VoiceUnread");
            }

            await using var made = File.OpenRead(target);
            return await _upload.RunAsync(caller, made, "voice-note.ogg", isVoiceNote: true, cancellationToken);
        }
        finally
        {
            File.Delete(source);
            File.Delete(target);
        }
    }

    /// <summary>As good as fits into what is shown as a voice note, a tenth left for the container.</summary>
    internal static int RateFor(int milliseconds) =>
        (int)Math.Clamp(ShownAsVoice * 8 * 900 / Math.Max(1, milliseconds), LowestRate, HighestRate);

    private static async Task<string?> ReceiveAsync(Stream recording, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, useAsync: true);
        var most = UploadRules.MaxBytesOf(Conversations.MessageKind.Audio, animated: false);
        var chunk = new byte[64 * 1024];
        var size = 0L;
        int read;
        while ((read = await recording.ReadAsync(chunk, cancellationToken)) > 0)
        {
            size += read;
            if (size > most)
            {
                return null;
            }

            await file.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }

        return MediaTypes.Sniff(await MediaStore.HeadAsync(file, cancellationToken), "audio/webm").MimeType;
    }

    private static UploadOutcome.Refused Refused(string code, string name) => new(code, Texts.Media.Of(name));
}
