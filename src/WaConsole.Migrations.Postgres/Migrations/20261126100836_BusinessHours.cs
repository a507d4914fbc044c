using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126100836_BusinessHours")]
    public partial class BusinessHours : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AwayAnswers",
                columns: table => new
                {
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    SeenMessageId = table.Column<long>(type: "bigint", nullable: false),
                    AnsweredAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AwayAnswers", x => x.ConversationId);
                });

            migrationBuilder.CreateTable(
                name: "NumberHours",
                columns: table => new
                {
                    NumberId = table.Column<long>(type: "bigint", nullable: false),
                    TimeZone = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    WeekJson = table.Column<string>(type: "text", nullable: false),
                    HolidaysJson = table.Column<string>(type: "text", nullable: false),
                    AwayOn = table.Column<bool>(type: "boolean", nullable: false),
                    AwayText = table.Column<string>(type: "text", nullable: false),
                    AwaySinceUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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
