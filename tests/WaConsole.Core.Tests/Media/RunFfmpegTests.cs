using Microsoft.Extensions.Options;
using WaConsole.Core.Media;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Media;

/// <summary>A program in ffmpeg's place that misbehaves. Real processes, killed for real.</summary>
public sealed class RunFfmpegTests
{
    private static readonly FfmpegBounds Patient = new(TimeSpan.FromMinutes(30), 4L * 1024 * 1024 * 1024);

    [Fact]
    public async Task A_run_that_never_ends_is_killed_with_all_it_started()
    {
        // On a busy machine the time may be over before the program has started its own; then it gets more.
        for (var time = TimeSpan.FromSeconds(1); ; time *= 2)
        {
            var (run, script, file) = Program("/bin/sleep 5000 & echo $! > FILE; wait", Patient with { Time = time });
            using var _ = run;

            var end = await run.RunAsync(script, null, CancellationToken.None);

            Assert.Equal(FfmpegEnd.Killed, end);
            if (IsWritten(file))
            {
                await GoneAsync(file);
                return;
            }
        }
    }

    [Fact]
    public async Task A_run_that_ends_while_it_is_measured_holds_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a Unix one.");
        using var ended = System.Diagnostics.Process.Start("/bin/true");
        await ended.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, RunFfmpeg.Held(ended));
    }

    [Fact]
    public async Task A_run_that_grows_too_large_is_killed()
    {
        var (run, script, _) = Program("exec /bin/sleep 5000", Patient with { Memory = 1 });
        using var __ = run;

        Assert.Equal(FfmpegEnd.Killed, await run.RunAsync(script, null, CancellationToken.None));
    }

    [Fact]
    public async Task Whoever_stops_waiting_stops_the_run()
    {
        var (run, script, file) = Program("/bin/sleep 5000 & echo $! > FILE; wait", Patient);
        using var _ = run;
        using var stop = new CancellationTokenSource();
        var running = run.RunAsync(script, null, stop.Token);
        await Until.TrueAsync(() => IsWritten(file), "the program to run");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await GoneAsync(file);
    }

    [Fact]
    public async Task It_learns_nothing_of_our_environment_and_its_failure_is_said()
    {
        Environment.SetEnvironmentVariable("WACONSOLE_SECRET_OF_TEST", "s3cret");
        var (run, script, _) = Program("/usr/bin/env; exit 3", Patient);
        using var __ = run;
        var told = "";

        var end = await run.RunAsync(script, async (output, token) => told = await new StreamReader(output).ReadToEndAsync(token), CancellationToken.None);

        Assert.Equal(FfmpegEnd.Failed, end);
        Assert.Contains("PWD=", told, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", told, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_found_where_it_is_configured_or_on_the_path_by_full_names_alone()
    {
        var folder = TempFolder.Folder("path");
        var program = Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg");
        File.WriteAllText(program, "");

        Assert.Equal(program, Ffmpeg.Find(program, ""));
        Assert.Null(Ffmpeg.Find(program + ".not", folder));
        Assert.Equal(program, Ffmpeg.Find("", $".{Path.PathSeparator}/nowhere{Path.PathSeparator}{folder}"));
        Assert.Null(Ffmpeg.Find("", "."));
    }

    /// <summary>
    /// A script for the shell to read: a file just written cannot be run itself while a process that another test starts at that moment still
    /// holds it open.
    /// </summary>
    /// <param name="words">FILE stands for a file it may write.</param>
    /// <param name="bounds">What it may take.</param>
    private static (RunFfmpeg Run, string Script, string File) Program(string words, FfmpegBounds bounds)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The misbehaving programs are shell scripts.");
        var file = TempFolder.File("ffmpeg", ".pid");
        var script = TempFolder.File("ffmpeg", ".sh");
        File.WriteAllText(script, words.Replace("FILE", file, StringComparison.Ordinal) + "\n");
        return (new RunFfmpeg(new Ffmpeg(Options.Create(new MediaOptions { Ffmpeg = "/bin/sh" })), bounds), script, file);
    }

    private static bool IsWritten(string file) => File.Exists(file) && File.ReadAllText(file).EndsWith('\n');

    /// <summary>The process whose number the program wrote down.</summary>
    private static Task GoneAsync(string file)
    {
        var id = int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture);
        return Until.TrueAsync(() => !IsAlive(id), "the program's own program to be gone");
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
