using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126155805_ConsentForm")]
    public partial class ConsentForm : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConsentSuppressions");

            migrationBuilder.DropIndex(
                name: "IX_ConsentStates_Purpose_ExpiresAtUtc",
                table: "ConsentStates");

            migrationBuilder.DropIndex(
                name: "IX_ConsentEntries_AtUtc",
                table: "ConsentEntries");

            migrationBuilder.AddColumn<int>(
                name: "Form",
                table: "ConsentEntries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Form",
                table: "ConsentEntries");

            migrationBuilder.CreateTable(
                name: "ConsentSuppressions",
                columns: table => new
                {
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentSuppressions", x => x.Hash);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentStates_Purpose_ExpiresAtUtc",
                table: "ConsentStates",
                columns: new[] { "Purpose", "ExpiresAtUtc" },
                filter: "\"ExpiresAtUtc\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentEntries_AtUtc",
                table: "ConsentEntries",
                column: "AtUtc");
        }
    }
}
