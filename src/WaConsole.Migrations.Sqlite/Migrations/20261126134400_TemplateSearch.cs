using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class TemplateSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SearchText",
                table: "Templates",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "SearchText",
                table: "Templates");
        }
    }
}
