namespace WaConsole.Testing;

/// <summary>One folder per test process, removed when it ends.</summary>
public static class TempFolder
{
    static TempFolder()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException)
            {
                // A file still open at exit is left to the system's own cleaning of its temporary folder.
            }
        };
    }

    public static string Path { get; } = Directory.CreateTempSubdirectory("waconsole-tests-").FullName;

    public static string File(string prefix, string extension) => System.IO.Path.Combine(Path, $"{prefix}-{Guid.CreateVersion7():n}{extension}");

    public static string Folder(string prefix) => Directory.CreateDirectory(System.IO.Path.Combine(Path, $"{prefix}-{Guid.CreateVersion7():n}")).FullName;
}
