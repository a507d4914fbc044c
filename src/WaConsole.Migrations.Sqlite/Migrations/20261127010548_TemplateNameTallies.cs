using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
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
