using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126092640_Sounds")]
    public partial class Sounds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsVoiceNote",
                table: "MediaFiles",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "Sounds",
                columns: table => new
                {
                    MediaFileId = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Peaks = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Milliseconds = table.Column<int>(type: "INTEGER", nullable: true),
                    CopyKey = table.Column<Guid>(type: "TEXT", nullable: true),
                    CopyBytes = table.Column<long>(type: "INTEGER", nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    NextAttemptAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LeasedUntilUtc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sounds", x => x.MediaFileId);
                    table.ForeignKey(
                        name: "FK_Sounds_MediaFiles_MediaFileId",
                        column: x => x.MediaFileId,
                        principalTable: "MediaFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sounds_State_NextAttemptAtUtc",
                table: "Sounds",
                columns: new[] { "State", "NextAttemptAtUtc" });

            // Sounds that are here already wait to be prepared like those that come.
            migrationBuilder.Sql(
                """
                INSERT INTO "Sounds" ("MediaFileId", "State", "Attempts", "NextAttemptAtUtc")
                SELECT "Id", 0, 0, "CreatedAtUtc" FROM "MediaFiles" WHERE "State" = 1 AND "MimeType" LIKE 'audio/%'
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Sounds");

            migrationBuilder.DropColumn(
                name: "IsVoiceNote",
                table: "MediaFiles");
        }
    }
}
