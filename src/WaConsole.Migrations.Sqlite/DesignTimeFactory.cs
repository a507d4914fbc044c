using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WaConsole.Core.Storage;

namespace WaConsole.Migrations.Sqlite;

internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<WaConsoleDb>
{
    public WaConsoleDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, new DatabaseOptions
        {
            Provider = DatabaseProvider.Sqlite,
            ConnectionString = "Data Source=design.db",
        });
        return new WaConsoleDb(builder.Options);
    }
}
