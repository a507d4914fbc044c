using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>What a program asks of the system, as strace writes it down: what it reads and writes on sockets, and when it waits for the disk.</summary>
internal sealed class SystemCalls
{
    private readonly string _log = TempFolder.File("calls", ".txt");

    public static bool AreSeen { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "strace")));

    /// <summary>Put in front of the program's own command.</summary>
    public IReadOnlyList<string> Command =>
    [
        "strace", "--follow-forks", "--seccomp-bpf", "--decode-fds=path", "--string-limit=80", "--quiet=all", "--signal=none",
        "--trace=fsync,fdatasync,recvmsg,recvfrom,read,sendmsg,sendto,write", "--output=" + _log,
    ];

    /// <summary>For each webhook: its request, the end of each wait for the database's log, its answer, in the order they happened.</summary>
    public IReadOnlyList<List<string>> Orders()
    {
        List<List<string>> orders = [];
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        var connection = "";
        foreach (var line in File.ReadLines(_log))
        {
            var process = line.Split(' ')[0];
            if (TargetOf(line) is { } target)
            {
                targets[process] = target;
            }

            if (line.Contains("POST /webhooks/whatsapp", StringComparison.Ordinal))
            {
                orders.Add(["request"]);
                connection = targets[process];
            }
            else if (orders.Count == 0)
            {
                continue;
            }
            else if (line.Contains("HTTP/1.1 200", StringComparison.Ordinal) && targets.GetValueOrDefault(process) == connection)
            {
                Add("answer");
            }
            else if (IsSync(line) && line.Contains("-wal>", StringComparison.Ordinal))
            {
                if (line.Contains("unfinished", StringComparison.Ordinal))
                {
                    waiting.Add(process);
                }
                else
                {
                    Add("disk");
                }
            }
            else if (line.Contains("sync resumed>", StringComparison.Ordinal) && waiting.Remove(process))
            {
                Add("disk");
            }
        }

        return orders;

        // The answers to what comes after the last webhook, and what else waits for the disk meanwhile, say nothing.
        void Add(string what)
        {
            if (!orders[^1].Contains(what))
            {
                orders[^1].Add(what);
            }
        }
    }

    /// <summary>The number of the file or socket a call is about, and what it is; null in the line that ends a call begun in an earlier one.</summary>
    private static string? TargetOf(string line)
    {
        var start = line.IndexOf('(', StringComparison.Ordinal) + 1;
        var end = line.IndexOfAny([',', ')', ' '], start);
        return line.Contains(" <... ", StringComparison.Ordinal) || start == 0 || end < 0 ? null : line[start..end];
    }

    private static bool IsSync(string line) =>
        line.Contains(" fsync(", StringComparison.Ordinal) || line.Contains(" fdatasync(", StringComparison.Ordinal);
}
