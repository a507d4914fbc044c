using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126000721_InboxIndexes")]
    public partial class InboxIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Conversations_AssigneeId_Status_LastActivityAtUtc_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_LastActivityAtUtc_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Unassigned",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Unread",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WaitingSinceUtc_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WindowExpiresAtUtc_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WindowExpiryAnnounced_WindowExpiresAtUtc",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Assignee",
                table: "Conversations",
                columns: new[] { "AssigneeId", "NumberId", "Status", "LastActivityAtUtc", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Expiring",
                table: "Conversations",
                column: "WindowExpiresAtUtc",
                filter: "NOT \"WindowExpiryAnnounced\"");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Unread",
                table: "Conversations",
                columns: new[] { "LastActivityAtUtc", "Id", "Status", "AssigneeId", "NumberId", "UnreadCount" },
                filter: "\"UnreadCount\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Waiting",
                table: "Conversations",
                columns: new[] { "WaitingSinceUtc", "Id", "Status", "AssigneeId", "NumberId" },
                filter: "\"WaitingSinceUtc\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Window",
                table: "Conversations",
                columns: new[] { "WindowExpiresAtUtc", "Id", "Status", "AssigneeId", "NumberId" },
                filter: "\"WindowExpiresAtUtc\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Conversations_Assignee",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Expiring",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Unread",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Waiting",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Window",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_AssigneeId_Status_LastActivityAtUtc_Id",
                table: "Conversations",
                columns: new[] { "AssigneeId", "Status", "LastActivityAtUtc", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_LastActivityAtUtc_Id",
                table: "Conversations",
                columns: new[] { "LastActivityAtUtc", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Unassigned",
                table: "Conversations",
                columns: new[] { "Status", "LastActivityAtUtc", "Id" },
                filter: "\"AssigneeId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Unread",
                table: "Conversations",
                columns: new[] { "Status", "LastActivityAtUtc", "Id" },
                filter: "\"UnreadCount\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WaitingSinceUtc_Id",
                table: "Conversations",
                columns: new[] { "WaitingSinceUtc", "Id" },
                filter: "\"WaitingSinceUtc\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WindowExpiresAtUtc_Id",
                table: "Conversations",
                columns: new[] { "WindowExpiresAtUtc", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WindowExpiryAnnounced_WindowExpiresAtUtc",
                table: "Conversations",
                columns: new[] { "WindowExpiryAnnounced", "WindowExpiresAtUtc" });
        }
    }
}
