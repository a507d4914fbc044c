using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261127143947_NumberHold")]
    public partial class NumberHold : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "HeldUntilUtc",
                table: "PaceOwners",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "HeldUntilUtc",
                table: "PaceOwners");
        }
    }
}
