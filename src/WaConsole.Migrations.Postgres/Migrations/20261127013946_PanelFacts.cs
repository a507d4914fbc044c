using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
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
