using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261127165123_ConsentProof")]
    public partial class ConsentProof : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Marks",
                table: "ConsentEntries",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ConsentChecks",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    AskedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AskedByName = table.Column<string>(type: "TEXT", nullable: false),
                    BeatAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Read = table.Column<long>(type: "INTEGER", nullable: false),
                    ToRead = table.Column<long>(type: "INTEGER", nullable: false),
                    EndedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ByName = table.Column<string>(type: "TEXT", nullable: false),
                    VerdictJson = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentChecks", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentEntries_Marks",
                table: "ConsentEntries",
                column: "Id",
                filter: "\"Marks\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConsentChecks");

            migrationBuilder.DropIndex(
                name: "IX_ConsentEntries_Marks",
                table: "ConsentEntries");

            migrationBuilder.DropColumn(
                name: "Marks",
                table: "ConsentEntries");
        }
    }
}
