using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261125234435_Sending")]
    public partial class Sending : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Outbox_ConversationId_State_Id",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_NumberId_State_Lane_NextAttemptAtUtc_Id",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_State_DeadlineAtUtc",
                table: "Outbox");

            migrationBuilder.AddColumn<long>(
                name: "ReceivedMessages",
                table: "Numbers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "PaceOwners",
                columns: table => new
                {
                    NumberId = table.Column<long>(type: "INTEGER", nullable: false),
                    Holder = table.Column<Guid>(type: "TEXT", nullable: true),
                    UntilUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Spent = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PaceOwners", x => x.NumberId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_ConversationId_Id",
                table: "Outbox",
                columns: new[] { "ConversationId", "Id" },
                filter: "\"State\" <= 1");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_DeadlineAtUtc",
                table: "Outbox",
                column: "DeadlineAtUtc",
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_LeasedUntilUtc",
                table: "Outbox",
                column: "LeasedUntilUtc",
                filter: "\"State\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_NextAttemptAtUtc",
                table: "Outbox",
                column: "NextAttemptAtUtc",
                filter: "\"State\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_NumberId_Lane_NextAttemptAtUtc_Id",
                table: "Outbox",
                columns: new[] { "NumberId", "Lane", "NextAttemptAtUtc", "Id" },
                filter: "\"State\" = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PaceOwners");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_ConversationId_Id",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_DeadlineAtUtc",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_LeasedUntilUtc",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_NextAttemptAtUtc",
                table: "Outbox");

            migrationBuilder.DropIndex(
                name: "IX_Outbox_NumberId_Lane_NextAttemptAtUtc_Id",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "ReceivedMessages",
                table: "Numbers");

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_ConversationId_State_Id",
                table: "Outbox",
                columns: new[] { "ConversationId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_NumberId_State_Lane_NextAttemptAtUtc_Id",
                table: "Outbox",
                columns: new[] { "NumberId", "State", "Lane", "NextAttemptAtUtc", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Outbox_State_DeadlineAtUtc",
                table: "Outbox",
                columns: new[] { "State", "DeadlineAtUtc" });
        }
    }
}
