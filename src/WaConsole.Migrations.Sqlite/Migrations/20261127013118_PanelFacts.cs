using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261127013118_PanelFacts")]
    public partial class PanelFacts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Messages_Charged",
                table: "Messages",
                columns: new[] { "ConversationId", "PricingCategory", "SentAtUtc" },
                filter: "\"PricingType\" = 'regular'");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_Orders",
                table: "Messages",
                columns: new[] { "ConversationId", "Id" },
                filter: "\"Kind\" = 11");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Messages_Charged",
                table: "Messages");

            migrationBuilder.DropIndex(
                name: "IX_Messages_Orders",
                table: "Messages");
        }
    }
}
