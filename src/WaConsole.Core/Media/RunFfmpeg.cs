using System.Diagnostics;

namespace WaConsole.Core.Media;

internal enum FfmpegEnd
{
    Done = 0,

    /// <summary>It could not read the file, or not write the other.</summary>
    Failed = 1,

    /// <summary>Took too long or too much memory, and was killed.</summary>
    Killed = 2,
}

/// <summary>What one run may take. Real time: the program runs in no other.</summary>
internal sealed record FfmpegBounds(TimeSpan Time, long Memory)
{
    public static FfmpegBounds Default { get; } = new(TimeSpan.FromMinutes(3), 512L * 1024 * 1024);
}

/// <summary>
/// Runs ffmpeg on bytes a stranger sent. It is told which one format to expect and may open nothing but files and its own pipes
/// (FfmpegArguments), gets nothing of our environment, and is killed with all it started when it takes too long or grows too large.
/// </summary>
internal sealed class RunFfmpeg(Ffmpeg tool, FfmpegBounds bounds) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Each keeps a core busy; two at least, so that a voice note to send does not wait for a long sound received.</summary>
    private readonly SemaphoreSlim _places = new(Math.Clamp(Environment.ProcessorCount / 2, 2, 4));

    public bool IsThere => tool.Program is not null;

    /// <param name="arguments">Made by FfmpegArguments.</param>
    /// <param name="read">Takes what it writes to its output, to the end.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public async Task<FfmpegEnd> RunAsync(string arguments, Func<Stream, CancellationToken, Task>? read, CancellationToken cancellationToken)
    {
        var program = tool.Program ?? throw new InvalidOperationException("There is no ffmpeg; ask IsThere first.");
        await _places.WaitAsync(cancellationToken);
        try
        {
            using var process = Process.Start(Start(program, arguments)) ?? throw new InvalidOperationException("ffmpeg did not start.");
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            ended.CancelAfter(bounds.Time);
            try
            {
                process.StandardInput.Close();
                var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, ended.Token);
                var output = read is null
                    ? process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, ended.Token)
                    : read(process.StandardOutput.BaseStream, ended.Token);
                await WatchAsync(process, Task.WhenAll(errors, output, process.WaitForExitAsync(ended.Token)), ended);
                return process.ExitCode == 0 ? FfmpegEnd.Done : FfmpegEnd.Failed;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return FfmpegEnd.Killed;
            }
            finally
            {
                await EndAsync(process);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static ProcessStartInfo Start(string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var root = start.Environment.TryGetValue("SystemRoot", out var windows) ? windows : null;
        start.Environment.Clear();
        if (root is not null)
        {
            start.Environment["SystemRoot"] = root;
        }

        return start;
    }

    /// <summary>Its own limits bound a single allocation and its time on the processor; this bounds all it holds.</summary>
    private async Task WatchAsync(Process process, Task running, CancellationTokenSource ended)
    {
        using var timer = new PeriodicTimer(Look);
        while (!running.IsCompleted)
        {
            var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            if (await Task.WhenAny(running, tick) == running)
            {
                break;
            }

            if (Held(process) > bounds.Memory)
            {
                await ended.CancelAsync();
            }
        }

        await running;
    }

    /// <summary>The bytes it holds; nothing once it has ended, which it may do at any moment.</summary>
    internal static long Held(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
