using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class DraftDeliver : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "DeliverKey",
                table: "Drafts",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Drafts_DeliverKey",
                table: "Drafts",
                column: "DeliverKey",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Drafts_DeliverKey",
                table: "Drafts");

            migrationBuilder.DropColumn(
                name: "DeliverKey",
                table: "Drafts");
        }
    }
}
