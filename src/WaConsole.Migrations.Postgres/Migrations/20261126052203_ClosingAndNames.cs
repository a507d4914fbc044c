using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126052203_ClosingAndNames")]
    public partial class ClosingAndNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "ClosingToldAtUtc",
                table: "Conversations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SortKey",
                table: "Contacts",
                type: "text",
                nullable: true,
                computedColumnSql: "left(\"SearchText\", 64)",
                stored: true,
                collation: "C");

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
