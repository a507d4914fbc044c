using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

#nullable disable

namespace WaConsole.Migrations.Sqlite.Migrations
{
    [DbContext(typeof(WaConsoleDb))]
    [Migration("20261126131933_Consent")]
    public partial class Consent : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ConsentAudits",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AgentId = table.Column<long>(type: "INTEGER", nullable: true),
                    ByName = table.Column<string>(type: "TEXT", nullable: false),
                    Deed = table.Column<int>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<long>(type: "INTEGER", nullable: true),
                    Detail = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentAudits", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConsentKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    KeyProtected = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConsentLinks",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    EntryId = table.Column<long>(type: "INTEGER", nullable: false),
                    Mac = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentLinks", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "ConsentStates",
                columns: table => new
                {
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    Purpose = table.Column<int>(type: "INTEGER", nullable: false),
                    What = table.Column<int>(type: "INTEGER", nullable: false),
                    SinceUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ExpiresAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Source = table.Column<int>(type: "INTEGER", nullable: false),
                    Complete = table.Column<bool>(type: "INTEGER", nullable: false),
                    Jurisdiction = table.Column<string>(type: "TEXT", nullable: true),
                    EntryId = table.Column<long>(type: "INTEGER", nullable: false),
                    AskKey = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentStates", x => new { x.ContactId, x.Purpose });
                });

            migrationBuilder.CreateTable(
                name: "ConsentSubjects",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: true),
                    MadeFor = table.Column<long>(type: "INTEGER", nullable: false),
                    KeyProtected = table.Column<string>(type: "TEXT", nullable: true),
                    ErasedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentSubjects", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ConsentSuppressions",
                columns: table => new
                {
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentSuppressions", x => x.Hash);
                });

            migrationBuilder.CreateTable(
                name: "ConsentWaits",
                columns: table => new
                {
                    EntryId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentWaits", x => x.EntryId);
                });

            migrationBuilder.CreateTable(
                name: "ConsentEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SubjectId = table.Column<long>(type: "INTEGER", nullable: false),
                    Purpose = table.Column<int>(type: "INTEGER", nullable: false),
                    Action = table.Column<int>(type: "INTEGER", nullable: false),
                    Source = table.Column<int>(type: "INTEGER", nullable: false),
                    AtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", nullable: true),
                    RecordedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    BusinessName = table.Column<string>(type: "TEXT", nullable: true),
                    NumberId = table.Column<long>(type: "INTEGER", nullable: true),
                    WordingId = table.Column<long>(type: "INTEGER", nullable: true),
                    WordingVersion = table.Column<int>(type: "INTEGER", nullable: true),
                    WordingLanguage = table.Column<string>(type: "TEXT", nullable: true),
                    WordingHash = table.Column<string>(type: "TEXT", nullable: true),
                    PrivacyVersion = table.Column<string>(type: "TEXT", nullable: true),
                    Basis = table.Column<int>(type: "INTEGER", nullable: true),
                    Jurisdiction = table.Column<string>(type: "TEXT", nullable: true),
                    ExpiresAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Complete = table.Column<bool>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<long>(type: "INTEGER", nullable: true),
                    ActorName = table.Column<string>(type: "TEXT", nullable: false),
                    AskKey = table.Column<Guid>(type: "TEXT", nullable: true),
                    AnswersEntryId = table.Column<long>(type: "INTEGER", nullable: true),
                    Sealed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Mac = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsentEntries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ConsentEntries_ConsentSubjects_SubjectId",
                        column: x => x.SubjectId,
                        principalTable: "ConsentSubjects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentAudits_PersonId",
                table: "ConsentAudits",
                column: "PersonId");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentEntries_AtUtc",
                table: "ConsentEntries",
                column: "AtUtc");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentEntries_SubjectId_Id",
                table: "ConsentEntries",
                columns: new[] { "SubjectId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentLinks_EntryId",
                table: "ConsentLinks",
                column: "EntryId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ConsentStates_All",
                table: "ConsentStates",
                columns: new[] { "Purpose", "SinceUtc", "ContactId" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentStates_List",
                table: "ConsentStates",
                columns: new[] { "Purpose", "What", "SinceUtc", "ContactId" });

            migrationBuilder.CreateIndex(
                name: "IX_ConsentStates_Purpose_ExpiresAtUtc",
                table: "ConsentStates",
                columns: new[] { "Purpose", "ExpiresAtUtc" },
                filter: "\"ExpiresAtUtc\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ConsentSubjects_ContactId",
                table: "ConsentSubjects",
                column: "ContactId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConsentAudits");

            migrationBuilder.DropTable(
                name: "ConsentEntries");

            migrationBuilder.DropTable(
                name: "ConsentKeys");

            migrationBuilder.DropTable(
                name: "ConsentLinks");

            migrationBuilder.DropTable(
                name: "ConsentStates");

            migrationBuilder.DropTable(
                name: "ConsentSuppressions");

            migrationBuilder.DropTable(
                name: "ConsentWaits");

            migrationBuilder.DropTable(
                name: "ConsentSubjects");
        }
    }
}
