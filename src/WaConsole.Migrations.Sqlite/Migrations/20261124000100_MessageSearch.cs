using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

namespace WaConsole.Migrations.Sqlite.Migrations;

/// <summary>
/// Written by hand: full-text search over message texts and trigram search over contacts, kept by triggers.
/// A later migration that makes SQLite rebuild Messages or Contacts drops these triggers and must create them again.
/// </summary>
[DbContext(typeof(WaConsoleDb))]
[Migration("20261124000100_MessageSearch")]
public sealed class MessageSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Create(migrationBuilder, "MessageSearch", "Messages", "Text", "tokenize='unicode61 remove_diacritics 2', prefix='2 3'");
        Create(migrationBuilder, "ContactSearch", "Contacts", "SearchText", "tokenize='trigram'");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var index in (string[])["ContactSearch", "MessageSearch"])
        {
            migrationBuilder.Sql($"DROP TRIGGER \"{index}_Insert\"; DROP TRIGGER \"{index}_Delete\"; DROP TRIGGER \"{index}_Update\";");
            migrationBuilder.Sql($"DROP TABLE \"{index}\";");
        }
    }

    private static void Create(MigrationBuilder migrationBuilder, string index, string table, string column, string options)
    {
        var add = $"""INSERT INTO "{index}"(rowid, "{column}") VALUES (new."Id", new."{column}");""";
        var remove = $"""INSERT INTO "{index}"("{index}", rowid, "{column}") VALUES ('delete', old."Id", old."{column}");""";
        migrationBuilder.Sql($"""CREATE VIRTUAL TABLE "{index}" USING fts5("{column}", content='{table}', content_rowid='Id', {options});""");
        migrationBuilder.Sql($"""CREATE TRIGGER "{index}_Insert" AFTER INSERT ON "{table}" BEGIN {add} END;""");
        migrationBuilder.Sql($"""CREATE TRIGGER "{index}_Delete" AFTER DELETE ON "{table}" BEGIN {remove} END;""");
        migrationBuilder.Sql($"""CREATE TRIGGER "{index}_Update" AFTER UPDATE OF "{column}" ON "{table}" BEGIN {remove} {add} END;""");
        migrationBuilder.Sql($"""INSERT INTO "{index}"("{index}") VALUES ('rebuild');""");
    }
}
