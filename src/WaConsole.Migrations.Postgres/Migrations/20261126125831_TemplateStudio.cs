using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Postgres.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126125831_TemplateStudio")]
    public partial class TemplateStudio : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "CategoryChangesAtUtc",
                table: "Templates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CorrectCategory",
                table: "Templates",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PreviousCategory",
                table: "Templates",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Recommendation",
                table: "Templates",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SubCategory",
                table: "Templates",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TemplatesSyncCount",
                table: "BusinessAccounts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "TemplatesSyncCursor",
                table: "BusinessAccounts",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TemplatesSyncStartedAtUtc",
                table: "BusinessAccounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "TemplateDraftFiles",
                columns: table => new
                {
                    DraftId = table.Column<long>(type: "bigint", nullable: false),
                    MediaFileId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateDraftFiles", x => new { x.DraftId, x.MediaFileId });
                });

            migrationBuilder.CreateTable(
                name: "TemplateDrafts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BusinessAccountId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false),
                    Language = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Category = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    ContentJson = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    TemplateId = table.Column<long>(type: "bigint", nullable: true),
                    SubmittedVersion = table.Column<int>(type: "integer", nullable: true),
                    SubmittedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AuthorId = table.Column<long>(type: "bigint", nullable: true),
                    Author = table.Column<string>(type: "text", nullable: false),
                    ChangedById = table.Column<long>(type: "bigint", nullable: true),
                    ChangedBy = table.Column<string>(type: "text", nullable: false),
                    CreatedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ChangedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateDrafts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TemplateDraftVersions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    DraftId = table.Column<long>(type: "bigint", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    ContentJson = table.Column<string>(type: "text", nullable: false),
                    ChangedBy = table.Column<string>(type: "text", nullable: false),
                    ChangedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TemplateDraftVersions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TemplateEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    BusinessAccountId = table.Column<long>(type: "bigint", nullable: false),
                    TemplateId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    AtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    FromWord = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    ToWord = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Reason = table.Column<string>(type: "text", nullable: true),
                    Recommendation = table.Column<string>(type: "text", nullable: true),
                    By = table.Column<string>(type: "text", nullable: true)
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
