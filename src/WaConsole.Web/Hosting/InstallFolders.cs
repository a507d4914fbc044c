using System.Data.Common;
using WaConsole.Core.Media;
using WaConsole.Core.Storage;

namespace WaConsole.Web.Hosting;

/// <summary>
/// Where the program finds its own files and where it keeps data: from source the project's folder and the repository root,
/// published the program's own folder for both, whatever folder it was started from.
/// </summary>
internal static class InstallFolders
{
    private const string SourceProject = "WaConsole.Web.csproj";
    private const string Solution = "WaConsole.sln";

    public static WebApplicationOptions Options(string[] args) => new() { Args = args, ContentRootPath = ContentRoot(AppContext.BaseDirectory) };

    public static void UseInstallFolders(this WebApplicationBuilder builder)
    {
        if (builder.Environment.ContentRootPath != Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))
        {
            builder.WebHost.UseStaticWebAssets();
        }

        var parent = DataParent(builder.Environment.ContentRootPath);
        builder.Services.PostConfigure<DatabaseOptions>(options => options.ConnectionString = Resolve(options, parent));
        builder.Services.PostConfigure<MediaOptions>(options => options.Root = Path.GetFullPath(options.Root, parent));
    }

    /// <summary>Build output lies under the project's folder; a published program does not.</summary>
    public static string ContentRoot(string programFolder) =>
        FolderWith(SourceProject, programFolder) ?? Path.TrimEndingDirectorySeparator(programFolder);

    public static string DataParent(string contentRoot) =>
        File.Exists(Path.Combine(contentRoot, SourceProject)) ? FolderWith(Solution, contentRoot) ?? contentRoot : contentRoot;

    public static string Resolve(DatabaseOptions options, string parent)
    {
        if (options.Provider != DatabaseProvider.Sqlite)
        {
            return options.ConnectionString;
        }

        var connection = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
        if (connection.TryGetValue("Data Source", out var source) && source is string { Length: > 0 } file && file != ":memory:")
        {
            connection["Data Source"] = Path.GetFullPath(file, parent);
        }

        return connection.ConnectionString;
    }

    private static string? FolderWith(string file, string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, file)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
