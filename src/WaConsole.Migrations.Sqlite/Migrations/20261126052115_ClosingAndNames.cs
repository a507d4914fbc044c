using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126052115_ClosingAndNames")]
    public partial class ClosingAndNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "ClosingToldAtUtc",
                table: "Conversations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SortKey",
                table: "Contacts",
                type: "TEXT",
                nullable: true,
                computedColumnSql: "substr(\"SearchText\", 1, 64)",
                stored: false);

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Closing",
                table: "Conversations",
                column: "WindowExpiresAtUtc",
                filter: "\"ClosingToldAtUtc\" IS NULL AND \"WaitingSinceUtc\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_SortKey_Id",
                table: "Contacts",
                columns: new[] { "SortKey", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Conversations_Closing",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_SortKey_Id",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "SortKey",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "ClosingToldAtUtc",
                table: "Conversations");
        }
    }
}
