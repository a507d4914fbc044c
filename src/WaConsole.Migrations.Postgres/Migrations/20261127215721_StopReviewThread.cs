using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261127215721_StopReviewThread")]
    public partial class StopReviewThread : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ConversationId",
                table: "StopReviews",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.Sql(
                """
                UPDATE "StopReviews" SET "ConversationId" = (SELECT m."ConversationId" FROM "Messages" m WHERE m."Id" = "StopReviews"."MessageId")
                """);

            migrationBuilder.CreateIndex(
                name: "IX_StopReviews_WaitingIn",
                table: "StopReviews",
                column: "ConversationId",
                filter: "\"Decision\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_StopReviews_WaitingIn",
                table: "StopReviews");

            migrationBuilder.DropColumn(
                name: "ConversationId",
                table: "StopReviews");
        }
    }
}
