using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class CountPairs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "PairPaidUntil",
                table: "Conversations",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "PairPaidUntil",
                table: "Conversations");
        }
    }
}
