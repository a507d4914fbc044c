using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126165410_OptInCapture")]
    public partial class OptInCapture : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "StopReplyJson",
                table: "BusinessAccounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "StopReviews",
                columns: table => new
                {
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    HeardAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Decision = table.Column<int>(type: "INTEGER", nullable: true),
                    DecidedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StopReviews", x => x.MessageId);
                    table.ForeignKey(
                        name: "FK_StopReviews_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Wordings",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    BusinessName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Purpose = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Wordings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "OptInPages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    WordingId = table.Column<long>(type: "INTEGER", nullable: false),
                    NumberId = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Basis = table.Column<int>(type: "INTEGER", nullable: false),
                    Jurisdiction = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    RenewMonths = table.Column<int>(type: "INTEGER", nullable: true),
                    Country = table.Column<string>(type: "TEXT", maxLength: 2, nullable: true),
                    Origins = table.Column<string>(type: "TEXT", nullable: false),
                    TemplateName = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    CreatedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PublishedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ClosedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OptInPages", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OptInPages_Numbers_NumberId",
                        column: x => x.NumberId,
                        principalTable: "Numbers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_OptInPages_Wordings_WordingId",
                        column: x => x.WordingId,
                        principalTable: "Wordings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WordingVersions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WordingId = table.Column<long>(type: "INTEGER", nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    BusinessName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PublishedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    PublishedBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WordingVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WordingVersions_Wordings_WordingId",
                        column: x => x.WordingId,
                        principalTable: "Wordings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OptInInvites",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PageId = table.Column<long>(type: "INTEGER", nullable: false),
                    VersionId = table.Column<long>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OptInInvites", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OptInInvites_OptInPages_PageId",
                        column: x => x.PageId,
                        principalTable: "OptInPages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_OptInInvites_WordingVersions_VersionId",
                        column: x => x.VersionId,
                        principalTable: "WordingVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OptInInvites_Code",
                table: "OptInInvites",
                column: "Code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OptInInvites_PageId_VersionId",
                table: "OptInInvites",
                columns: new[] { "PageId", "VersionId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OptInInvites_VersionId",
                table: "OptInInvites",
                column: "VersionId");

            migrationBuilder.CreateIndex(
                name: "IX_OptInPages_NumberId",
                table: "OptInPages",
                column: "NumberId");

            migrationBuilder.CreateIndex(
                name: "IX_OptInPages_Slug",
                table: "OptInPages",
                column: "Slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OptInPages_WordingId",
                table: "OptInPages",
                column: "WordingId");

            migrationBuilder.CreateIndex(
                name: "IX_StopReviews_Waiting",
                table: "StopReviews",
                column: "MessageId",
                filter: "\"Decision\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_WordingVersions_WordingId_Language_Version",
                table: "WordingVersions",
                columns: new[] { "WordingId", "Language", "Version" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OptInInvites");

            migrationBuilder.DropTable(
                name: "StopReviews");

            migrationBuilder.DropTable(
                name: "OptInPages");

            migrationBuilder.DropTable(
                name: "WordingVersions");

            migrationBuilder.DropTable(
                name: "Wordings");

            migrationBuilder.DropColumn(
                name: "StopReplyJson",
                table: "BusinessAccounts");
        }
    }
}
