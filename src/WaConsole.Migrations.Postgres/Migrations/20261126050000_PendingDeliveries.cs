using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

namespace WaConsole.Migrations.Postgres.Migrations;

/// <summary>
/// Written by hand: no statistics on what state webhooks are in. They change within seconds and the statistics within minutes: when they
/// were taken while much was pending, the planner walks the primary key past everything that is done to find the few that are not
/// (measured: 240,000 rows for one, 350 ms, once per batch, and intake fell behind for good). Without them it takes the index of state and id.
/// </summary>
[DbContext(typeof(WaConsoleDb))]
[Migration("20261126050000_PendingDeliveries")]
public sealed class PendingDeliveries : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("""ALTER TABLE "Deliveries" ALTER COLUMN "State" SET STATISTICS 0;""");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("""ALTER TABLE "Deliveries" ALTER COLUMN "State" SET STATISTICS -1;""");
}
