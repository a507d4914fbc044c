using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>A published program as a process of its own. Killing it is kill -9.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    /// <summary>One file for each port that was given away here, held until this process ends.</summary>
    private static readonly ConcurrentBag<FileStream> Given = [];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    static ProgramProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var port in Given)
        {
            port.Dispose();
        }
    };

    private ProgramProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public int Id => _process.Id;

    public string Output => string.Join('\n', _output);

    /// <param name="under">A command that runs the program, in place of starting it directly.</param>
    public static ProgramProcess Start(
        string folder, string program, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string>? under = null)
    {
        string[] command = [.. under ?? [], "dotnet", Path.Combine(folder, program + ".dll")];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,

            // Not the program's own folder: it must find its files from wherever it is started.
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var running = new ProgramProcess(new Process { StartInfo = start });
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>
    /// A port nobody listens on now, and none of those a connection of somebody else may take before it is listened on. Tests run in several
    /// processes: one that was given away, here or there, is not given away again before its program listens.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 20_000);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                Given.Add(new FileStream(
                    Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"waconsole-port-{port}")),
                    FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
                return port;
            }
            catch (Exception taken) when (taken is SocketException or IOException or UnauthorizedAccessException)
            {
                // Somebody has it: another one.
            }
        }
    }

    public async Task UntilAnsweredAsync(Uri address)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The program ended with exit code {_process.ExitCode}:\n{Output}");
            }

            try
            {
                using var answer = await http.GetAsync(address, deadline.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"No answer from {address}:\n{Output}", late);
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Asks the program to end, as a service manager does; the exit code comes when it has.</summary>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }
}
