using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126175213_TemplateInsight")]
    public partial class TemplateInsight : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "LastUsedOn",
                table: "Templates",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "EstimateCurrency",
                table: "Messages",
                type: "character varying(8)",
                maxLength: 8,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "EstimateFree",
                table: "Messages",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "EstimateMarket",
                table: "Messages",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "EstimateMicros",
                table: "Messages",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "TemplateTallies",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false),
                    Language = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    What = table.Column<int>(type: "integer", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    NumberId = table.Column<long>(type: "bigint", nullable: false),
                    Detail = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateTallies", x => new { x.Name, x.Language, x.What, x.Day, x.NumberId, x.Detail });
                });

            migrationBuilder.CreateTable(
                name: "TemplateTicks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false),
                    Language = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    What = table.Column<int>(type: "integer", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    NumberId = table.Column<long>(type: "bigint", nullable: false),
                    Detail = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Amount = table.Column<long>(type: "bigint", nullable: false)
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
