using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126175000_ImportsAndRights")]
    public partial class ImportsAndRights : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ConsentFiles",
                columns: table => new
                {
                    Key = table.Column<Guid>(type: "TEXT", nullable: false),
                    SubjectId = table.Column<long>(type: "INTEGER", nullable: true),
                    UploadedById = table.Column<long>(type: "INTEGER", nullable: true),
                    UploadedByApiKeyId = table.Column<long>(type: "INTEGER", nullable: true),
                    FileName = table.Column<string>(type: "TEXT", nullable: false),
                    MimeType = table.Column<string>(type: "TEXT", nullable: false),
                    SizeBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    KeyProtected = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentFiles", x => x.Key);
                    table.ForeignKey(
                        name: "FK_ConsentFiles_ConsentSubjects_SubjectId",
                        column: x => x.SubjectId,
                        principalTable: "ConsentSubjects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ConsentImports",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FileKey = table.Column<Guid>(type: "TEXT", nullable: true),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    SizeBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Format = table.Column<int>(type: "INTEGER", nullable: false),
                    Encoding = table.Column<int>(type: "INTEGER", nullable: false),
                    Separator = table.Column<string>(type: "TEXT", nullable: false),
                    TermsJson = table.Column<string>(type: "TEXT", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Failure = table.Column<string>(type: "TEXT", nullable: true),
                    TotalRows = table.Column<int>(type: "INTEGER", nullable: true),
                    Rows = table.Column<int>(type: "INTEGER", nullable: false),
                    Share = table.Column<int>(type: "INTEGER", nullable: false),
                    Added = table.Column<int>(type: "INTEGER", nullable: false),
                    Known = table.Column<int>(type: "INTEGER", nullable: false),
                    Refused = table.Column<int>(type: "INTEGER", nullable: false),
                    PhaseAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    PhaseRows = table.Column<int>(type: "INTEGER", nullable: false),
                    FinishedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LeasedUntilUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ByAgentId = table.Column<long>(type: "INTEGER", nullable: true),
                    ByName = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentImports", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConsentSettings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    RetentionJson = table.Column<string>(type: "TEXT", nullable: false),
                    RenewalJson = table.Column<string>(type: "TEXT", nullable: false),
                    SweptAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentSettings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConsentSuppressions",
                columns: table => new
                {
                    Mark = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentSuppressions", x => x.Mark);
                });

            migrationBuilder.CreateTable(
                name: "ConsentImportProblems",
                columns: table => new
                {
                    ImportId = table.Column<long>(type: "INTEGER", nullable: false),
                    Row = table.Column<int>(type: "INTEGER", nullable: false),
                    Trouble = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentImportProblems", x => new { x.ImportId, x.Row });
                    table.ForeignKey(
                        name: "FK_ConsentImportProblems_ConsentImports_ImportId",
                        column: x => x.ImportId,
                        principalTable: "ConsentImports",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentStates_Expiring",
                table: "ConsentStates",
                columns: new[] { "Purpose", "ExpiresAtUtc", "ContactId" },
                filter: "\"ExpiresAtUtc\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentEntries_Time",
                table: "ConsentEntries",
                columns: new[] { "AtUtc", "Action", "Source", "Purpose" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentAudits_AtUtc",
                table: "ConsentAudits",
                column: "AtUtc");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentAudits_Deed_Id",
                table: "ConsentAudits",
                columns: new[] { "Deed", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentFiles_CreatedAtUtc",
                table: "ConsentFiles",
                column: "CreatedAtUtc",
                filter: "\"SubjectId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentFiles_SubjectId",
                table: "ConsentFiles",
                column: "SubjectId");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentImports_Sha256",
                table: "ConsentImports",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentImports_State",
                table: "ConsentImports",
                column: "State");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConsentFiles");

            migrationBuilder.DropTable(
                name: "ConsentImportProblems");

            migrationBuilder.DropTable(
                name: "ConsentSettings");

            migrationBuilder.DropTable(
                name: "ConsentSuppressions");

            migrationBuilder.DropTable(
                name: "ConsentImports");

            migrationBuilder.DropIndex(
                name: "IX_ConsentStates_Expiring",
                table: "ConsentStates");

            migrationBuilder.DropIndex(
                name: "IX_ConsentEntries_Time",
                table: "ConsentEntries");

            migrationBuilder.DropIndex(
                name: "IX_ConsentAudits_AtUtc",
                table: "ConsentAudits");

            migrationBuilder.DropIndex(
                name: "IX_ConsentAudits_Deed_Id",
                table: "ConsentAudits");
        }
    }
}
