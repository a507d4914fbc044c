using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261127165140_ConsentProof")]
    public partial class ConsentProof : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Marks",
                table: "ConsentEntries",
                type: "bytea",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ConsentChecks",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    AskedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AskedByName = table.Column<string>(type: "text", nullable: false),
                    BeatAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Read = table.Column<long>(type: "bigint", nullable: false),
                    ToRead = table.Column<long>(type: "bigint", nullable: false),
                    EndedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ByName = table.Column<string>(type: "text", nullable: false),
                    VerdictJson = table.Column<string>(type: "text", nullable: true)
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
