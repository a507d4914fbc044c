using WaConsole.Core.Storage;
using WaConsole.Testing;
using WaConsole.Web.Hosting;

namespace WaConsole.Web.Tests.Hosting;

public sealed class InstallFolderTests
{
    [Fact]
    public void A_published_program_keeps_its_data_in_its_own_folder()
    {
        var program = TempFolder.Folder("published");

        Assert.Equal(program, InstallFolders.ContentRoot(program));
        Assert.Equal(program, InstallFolders.DataParent(program));
    }

    [Fact]
    public void Run_from_source_the_data_lies_at_the_root_of_the_repository()
    {
        var repository = TempFolder.Folder("repository");
        var project = Directory.CreateDirectory(Path.Combine(repository, "src", "WaConsole.Web")).FullName;
        var output = Directory.CreateDirectory(Path.Combine(project, "bin", "Debug", "net10.0")).FullName;
        File.WriteAllText(Path.Combine(repository, "WaConsole.sln"), "");
        File.WriteAllText(Path.Combine(project, "WaConsole.Web.csproj"), "");

        Assert.Equal(project, InstallFolders.ContentRoot(output));
        Assert.Equal(repository, InstallFolders.DataParent(project));
    }

    [Theory]
    [InlineData("Data Source=data/waconsole.db", "Data Source=/parent/data/waconsole.db")]
    [InlineData("Data Source=/elsewhere/w.db", "Data Source=/elsewhere/w.db")]
    [InlineData("Data Source=:memory:", "Data Source=:memory:")]
    public void A_relative_database_file_is_under_the_data_folders_parent(string written, string resolved)
    {
        var options = new DatabaseOptions { ConnectionString = written };

        Assert.Equal(resolved, InstallFolders.Resolve(options, "/parent"), ignoreCase: true);
    }
}
