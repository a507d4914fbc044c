using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126135327_GateLimits")]
    public partial class GateLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Testers",
                table: "Numbers",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "UnansweredCount",
                table: "Conversations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "UnansweredSinceUtc",
                table: "Conversations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "GateJson",
                table: "BusinessAccounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "MessagingLimit",
                table: "BusinessAccounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PortfolioReaches",
                columns: table => new
                {
                    PortfolioId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: false),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PortfolioReaches", x => new { x.PortfolioId, x.PersonId });
                });

            migrationBuilder.CreateTable(
                name: "ToldNotices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    BusinessAccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    IsMarketing = table.Column<bool>(type: "INTEGER", nullable: false),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 50, nullable: true),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: true),
                    IsAgain = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ToldNotices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ToldNotices_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ToldNotices_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PortfolioReaches_PortfolioId_AtUtc",
                table: "PortfolioReaches",
                columns: new[] { "PortfolioId", "AtUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_ToldNotices_ContactId_AtUtc",
                table: "ToldNotices",
                columns: new[] { "ContactId", "AtUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_ToldNotices_MessageId",
                table: "ToldNotices",
                column: "MessageId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PortfolioReaches");

            migrationBuilder.DropTable(
                name: "ToldNotices");

            migrationBuilder.DropColumn(
                name: "Testers",
                table: "Numbers");

            migrationBuilder.DropColumn(
                name: "UnansweredCount",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "UnansweredSinceUtc",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "GateJson",
                table: "BusinessAccounts");

            migrationBuilder.DropColumn(
                name: "MessagingLimit",
                table: "BusinessAccounts");
        }
    }
}
