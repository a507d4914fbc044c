using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class OldErasures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_ConsentEntries_OldErasures",
                table: "ConsentEntries",
                column: "SubjectId",
                filter: "\"Action\" = 5 AND \"Form\" < 3");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ConsentEntries_OldErasures",
                table: "ConsentEntries");
        }
    }
}
