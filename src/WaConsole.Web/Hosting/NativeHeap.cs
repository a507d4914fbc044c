using System.Runtime.InteropServices;

namespace WaConsole.Web.Hosting;

/// <summary>
/// What the runtime's compiler and SQLite free stays with glibc's arenas, where no collection reaches it: 6 MB after a start
/// (figures in docs/performance.md). Other C libraries have no such call and are left alone.
/// </summary>
internal static class NativeHeap
{
    /// <returns>Whether there was a call to make.</returns>
    public static bool GiveBack()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            _ = Trim(0);
            return true;
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    /// <remarks>malloc_trim(3): since glibc 2.8 it gives back whole free pages of every arena, at whatever place.</remarks>
    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint pad);
}
