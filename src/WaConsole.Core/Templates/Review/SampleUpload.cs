using WaConsole.CloudApi;
using WaConsole.Core.Media;
using WaConsole.Core.Numbers;

namespace WaConsole.Core.Templates.Review;

/// <summary>How far a submission is: files first, then the template itself.</summary>
public sealed record SubmitProgress(long BytesSent, long BytesTotal);

/// <summary>Shows a header's file to Meta. After a break it goes on where Meta stands.</summary>
internal static class SampleUpload
{
    private const int MaxBreaks = 3;

    /// <returns>The handle.</returns>
    public static async Task<string> RunAsync(
        CloudApiClient cloud, AccountAccess account, string appId, MediaFile file, string path, Action<long> sent, CancellationToken cancellationToken)
    {
        await using var bytes = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 81_920, useAsync: true);
        var upload = await cloud.StartUploadAsync(account.ForCalls(), appId, file.FileName, bytes.Length, file.MimeType, cancellationToken);
        for (var breaks = 0; ; breaks++)
        {
            try
            {
                return await cloud.ContinueUploadAsync(account.ForCalls(), upload, new Watched(bytes, sent), bytes.Position, cancellationToken);
            }
            catch (CloudApiException broken) when (breaks < MaxBreaks && broken.Fault is CloudApiFault.ConnectionLost or CloudApiFault.TimedOut)
            {
                bytes.Position = await cloud.GetUploadOffsetAsync(account.ForCalls(), upload, cancellationToken);
                sent(bytes.Position);
            }
        }
    }

    /// <summary>Tells how much was read, and leaves the file open for going on.</summary>
    private sealed class Watched(Stream file, Action<long> read) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await file.ReadAsync(buffer, cancellationToken);
            read(file.Position);
            return count;
        }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

        public override int Read(byte[] buffer, int offset, int count)
        {
            var length = file.Read(buffer, offset, count);
            read(file.Position);
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
