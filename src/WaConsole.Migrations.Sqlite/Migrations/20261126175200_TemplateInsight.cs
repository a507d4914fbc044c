using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126175200_TemplateInsight")]
    public partial class TemplateInsight : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "LastUsedOn",
                table: "Templates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "EstimateCurrency",
                table: "Messages",
                type: "TEXT",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "EstimateFree",
                table: "Messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "EstimateMarket",
                table: "Messages",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EstimateMicros",
                table: "Messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "TemplateTallies",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    What = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    NumberId = table.Column<long>(type: "INTEGER", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateTallies", x => new { x.Name, x.Language, x.What, x.Day, x.NumberId, x.Detail });
                });

            migrationBuilder.CreateTable(
                name: "TemplateTicks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    What = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    NumberId = table.Column<long>(type: "INTEGER", nullable: false),
                    Detail = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateTicks", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TemplateTallies_NumberId_What_Day",
                table: "TemplateTallies",
                columns: new[] { "NumberId", "What", "Day" });

            TemplateTicks.Add(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            TemplateTicks.Remove(migrationBuilder);

            migrationBuilder.DropTable(
                name: "TemplateTallies");

            migrationBuilder.DropTable(
                name: "TemplateTicks");

            migrationBuilder.DropColumn(
                name: "LastUsedOn",
                table: "Templates");

            migrationBuilder.DropColumn(
                name: "EstimateCurrency",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "EstimateFree",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "EstimateMarket",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "EstimateMicros",
                table: "Messages");
        }
    }
}
