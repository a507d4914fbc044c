using System.Diagnostics;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>
/// A disk of one program that can be filled while it runs. Where the kernel lets an ordinary user have a mount namespace, it is a file
/// system of its own with so many megabytes, nobody else's concern, and the kernel answers ENOSPC. A plain container forbids mounts, to
/// root too: there the kernel refuses the program's every write beyond a file's first byte (RLIMIT_FSIZE, EFBIG), which SQLite calls an
/// error of the disk. SQLite's own limit of pages would try neither the log nor the files beside the database.
/// </summary>
internal sealed class SmallDisk
{
    private const string Size = "24m";

    private static readonly bool MayMount = Run("unshare", [.. Namespace, "sh", "-c", "mount -t tmpfs none /mnt"]) == 0;

    private readonly string _folder = TempFolder.Folder("disk");

    /// <summary>What the program says of it once it is full.</summary>
    public static StoreTrouble Trouble => MayMount ? StoreTrouble.DiskFull : StoreTrouble.Refusing;

    public static string Words => MayMount ? "the disk is full" : "SQLite error 778";

    /// <summary>Put in front of the program's own command. A write beyond the limit would end a program that does not ignore the signal.</summary>
    public IReadOnlyList<string> Command => MayMount
        ? ["unshare", .. Namespace, "sh", "-c", $"mount -t tmpfs -o size={Size} none \"$0\" && exec \"$@\"", _folder]
        : ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Database__ConnectionString"] = $"Data Source={Path.Combine(_folder, "console.db")}",
        ["Media__Root"] = Path.Combine(_folder, "media"),
    };

    private static string[] Namespace => ["--user", "--map-root-user", "--mount"];

    public void Fill(int process)
    {
        if (!MayMount)
        {
            Limit(process, "1:");
            return;
        }

        using var filler = new FileStream(Filler(process), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(page);
            }
        }
        catch (IOException)
        {
            // That was the last page.
        }
    }

    public void GiveBack(int process)
    {
        if (MayMount)
        {
            File.Delete(Filler(process));
        }
        else
        {
            Limit(process, "unlimited:");
        }
    }

    /// <summary>The disk as the program sees it.</summary>
    private string Filler(int process) => $"/proc/{process}/root{Path.Combine(_folder, "filler")}";

    private static void Limit(int process, string bytes) => Assert.Equal(0, Run("prlimit", [$"--pid={process}", $"--fsize={bytes}"]));

    private static int Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
