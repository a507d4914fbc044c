using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261127140206_StudioFacts")]
    public partial class StudioFacts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "CategoryToldAtUtc",
                table: "Templates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LinkClicksReadAtUtc",
                table: "Templates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "QualityToldAtUtc",
                table: "Templates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StatusToldAtUtc",
                table: "Templates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ChargeCurrency",
                table: "Messages",
                type: "character varying(8)",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChargeMicros",
                table: "Messages",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LinkClicksAskedAtUtc",
                table: "BusinessAccounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "LinkClicksState",
                table: "BusinessAccounts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "TemplateLinkClicks",
                columns: table => new
                {
                    TemplateId = table.Column<long>(type: "bigint", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    Button = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Clicks = table.Column<long>(type: "bigint", nullable: false),
                    People = table.Column<long>(type: "bigint", nullable: true)
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
