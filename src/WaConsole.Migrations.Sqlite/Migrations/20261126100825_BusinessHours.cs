using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126100825_BusinessHours")]
    public partial class BusinessHours : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AwayAnswers",
                columns: table => new
                {
                    ConversationId = table.Column<long>(type: "INTEGER", nullable: false),
                    SeenMessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    AnsweredAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AwayAnswers", x => x.ConversationId);
                });

            migrationBuilder.CreateTable(
                name: "NumberHours",
                columns: table => new
                {
                    NumberId = table.Column<long>(type: "INTEGER", nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    WeekJson = table.Column<string>(type: "TEXT", nullable: false),
                    HolidaysJson = table.Column<string>(type: "TEXT", nullable: false),
                    AwayOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    AwayText = table.Column<string>(type: "TEXT", nullable: false),
                    AwaySinceUtc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NumberHours", x => x.NumberId);
                    table.ForeignKey(
                        name: "FK_NumberHours_Numbers_NumberId",
                        column: x => x.NumberId,
                        principalTable: "Numbers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AwayAnswers");

            migrationBuilder.DropTable(
                name: "NumberHours");
        }
    }
}
