using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WaConsole.Core.Storage;

namespace WaConsole.Migrations.Postgres;

internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<WaConsoleDb>
{
    public WaConsoleDb CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<WaConsoleDb>();
        DatabaseProviders.Configure(builder, new DatabaseOptions
        {
            Provider = DatabaseProvider.Postgres,
            ConnectionString = "Host=localhost;Database=design;Username=design",
        });
        return new WaConsoleDb(builder.Options);
    }
}
