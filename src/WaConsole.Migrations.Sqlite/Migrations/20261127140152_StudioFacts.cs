using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261127140152_StudioFacts")]
    public partial class StudioFacts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "CategoryToldAtUtc",
                table: "Templates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LinkClicksReadAtUtc",
                table: "Templates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "QualityToldAtUtc",
                table: "Templates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StatusToldAtUtc",
                table: "Templates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ChargeCurrency",
                table: "Messages",
                type: "TEXT",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChargeMicros",
                table: "Messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LinkClicksAskedAtUtc",
                table: "BusinessAccounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "LinkClicksState",
                table: "BusinessAccounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "TemplateLinkClicks",
                columns: table => new
                {
                    TemplateId = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Button = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                    Clicks = table.Column<long>(type: "INTEGER", nullable: false),
                    People = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateLinkClicks", x => new { x.TemplateId, x.Day, x.Button });
                });

            ChargeTicks.Add(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            ChargeTicks.Remove(migrationBuilder);

            migrationBuilder.DropTable(
                name: "TemplateLinkClicks");

            migrationBuilder.DropColumn(
                name: "CategoryToldAtUtc",
                table: "Templates");

            migrationBuilder.DropColumn(
                name: "LinkClicksReadAtUtc",
                table: "Templates");

            migrationBuilder.DropColumn(
                name: "QualityToldAtUtc",
                table: "Templates");

            migrationBuilder.DropColumn(
                name: "StatusToldAtUtc",
                table: "Templates");

            migrationBuilder.DropColumn(
                name: "ChargeCurrency",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "ChargeMicros",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "LinkClicksAskedAtUtc",
                table: "BusinessAccounts");

            migrationBuilder.DropColumn(
                name: "LinkClicksState",
                table: "BusinessAccounts");
        }
    }
}
