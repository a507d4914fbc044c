using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261127010548_TemplateNameTallies")]
    public partial class TemplateNameTallies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "TemplateNameTallies",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    What = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    NumberId = table.Column<long>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateNameTallies", x => new { x.Name, x.What, x.Day, x.NumberId });
                });

            migrationBuilder.Sql(
                """
                INSERT INTO "TemplateNameTallies" ("Name", "What", "Day", "NumberId", "Amount")
                SELECT "Name", "What", "Day", "NumberId", sum("Amount") FROM "TemplateTallies" WHERE "What" IN (1, 2, 3, 7) GROUP BY "Name", "What", "Day", "NumberId";
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TemplateNameTallies");
        }
    }
}
