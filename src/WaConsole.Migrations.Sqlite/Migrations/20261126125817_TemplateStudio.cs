using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126125817_TemplateStudio")]
    public partial class TemplateStudio : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "CategoryChangesAtUtc",
                table: "Templates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CorrectCategory",
                table: "Templates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PreviousCategory",
                table: "Templates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Recommendation",
                table: "Templates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SubCategory",
                table: "Templates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TemplatesSyncCount",
                table: "BusinessAccounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "TemplatesSyncCursor",
                table: "BusinessAccounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TemplatesSyncStartedAtUtc",
                table: "BusinessAccounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "TemplateDraftFiles",
                columns: table => new
                {
                    DraftId = table.Column<long>(type: "INTEGER", nullable: false),
                    MediaFileId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateDraftFiles", x => new { x.DraftId, x.MediaFileId });
                });

            migrationBuilder.CreateTable(
                name: "TemplateDrafts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BusinessAccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    ContentJson = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    TemplateId = table.Column<long>(type: "INTEGER", nullable: true),
                    SubmittedVersion = table.Column<int>(type: "INTEGER", nullable: true),
                    SubmittedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AuthorId = table.Column<long>(type: "INTEGER", nullable: true),
                    Author = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedById = table.Column<long>(type: "INTEGER", nullable: true),
                    ChangedBy = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ChangedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateDrafts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TemplateDraftVersions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    DraftId = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    ContentJson = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateDraftVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TemplateEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    BusinessAccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    TemplateId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    FromWord = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ToWord = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    Recommendation = table.Column<string>(type: "TEXT", nullable: true),
                    By = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateEvents", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TemplateDraftFiles_MediaFileId",
                table: "TemplateDraftFiles",
                column: "MediaFileId");

            migrationBuilder.CreateIndex(
                name: "IX_TemplateDrafts_BusinessAccountId_ChangedAtUtc",
                table: "TemplateDrafts",
                columns: new[] { "BusinessAccountId", "ChangedAtUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_TemplateDrafts_TemplateId",
                table: "TemplateDrafts",
                column: "TemplateId");

            migrationBuilder.CreateIndex(
                name: "IX_TemplateDraftVersions_DraftId_Version",
                table: "TemplateDraftVersions",
                columns: new[] { "DraftId", "Version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TemplateEvents_BusinessAccountId_Kind_AtUtc",
                table: "TemplateEvents",
                columns: new[] { "BusinessAccountId", "Kind", "AtUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_TemplateEvents_TemplateId_AtUtc",
                table: "TemplateEvents",
                columns: new[] { "TemplateId", "AtUtc" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TemplateDraftFiles");

            migrationBuilder.DropTable(
                name: "TemplateDrafts");

            migrationBuilder.DropTable(
                name: "TemplateDraftVersions");

            migrationBuilder.DropTable(
                name: "TemplateEvents");

            migrationBuilder.DropColumn(
                name: "CategoryChangesAtUtc",
                table: "Templates");

            migrationBuilder.DropColumn(
                name: "CorrectCategory",
                table: "Templates");

            migrationBuilder.DropColumn(
                name: "PreviousCategory",
                table: "Templates");

            migrationBuilder.DropColumn(
                name: "Recommendation",
                table: "Templates");

            migrationBuilder.DropColumn(
                name: "SubCategory",
                table: "Templates");

            migrationBuilder.DropColumn(
                name: "TemplatesSyncCount",
                table: "BusinessAccounts");

            migrationBuilder.DropColumn(
                name: "TemplatesSyncCursor",
                table: "BusinessAccounts");

            migrationBuilder.DropColumn(
                name: "TemplatesSyncStartedAtUtc",
                table: "BusinessAccounts");
        }
    }
}
