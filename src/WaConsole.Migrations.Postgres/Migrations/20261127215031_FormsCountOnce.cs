using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261127215031_FormsCountOnce")]
    public partial class FormsCountOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AsksPerHour",
                table: "OptInPages",
                type: "integer",
                nullable: false,
                defaultValue: 60);

            migrationBuilder.AddColumn<DateTime>(
                name: "HeldAtUtc",
                table: "OptInPages",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "OptInAsks",
                columns: table => new
                {
                    EntryId = table.Column<long>(type: "bigint", nullable: false),
                    PageId = table.Column<long>(type: "bigint", nullable: false),
                    AskedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OptInAsks", x => x.EntryId);
                });

            migrationBuilder.CreateTable(
                name: "SpentForms",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    SentHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ExpiresAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpentForms", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OptInAsks_PageId_AskedAtUtc",
                table: "OptInAsks",
                columns: new[] { "PageId", "AskedAtUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_SpentForms_ExpiresAtUtc",
                table: "SpentForms",
                column: "ExpiresAtUtc");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OptInAsks");

            migrationBuilder.DropTable(
                name: "SpentForms");

            migrationBuilder.DropColumn(
                name: "AsksPerHour",
                table: "OptInPages");

            migrationBuilder.DropColumn(
                name: "HeldAtUtc",
                table: "OptInPages");
        }
    }
}
