using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using WaConsole.Core.Storage;

namespace WaConsole.Migrations.Postgres.Migrations;

/// <summary>Written by hand: full-text search over message texts and, where the extension can be had, trigram search over contacts.</summary>
[DbContext(typeof(WaConsoleDb))]
[Migration("20261124000100_MessageSearch")]
public sealed class MessageSearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // The same folding as SearchWords.Fold: no accents, lower case. Punctuation becomes space, because the text parser would keep
        // an address or a hyphenated word as one token. Code points instead of classes, so that the database's locale does not matter.
        migrationBuilder.Sql("""
            CREATE FUNCTION waconsole_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
                SELECT pg_catalog.lower(pg_catalog.normalize(pg_catalog.regexp_replace(pg_catalog.regexp_replace(
                    pg_catalog.normalize(value, 'NFD'), '[\u0300-\u036F]', '', 'g'),
                    '[\u0001-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF\u2000-\u206F\u3000-\u3003]+', ' ', 'g'),
                    'NFC'))
            $$;
            """);

        // A tsvector holds a megabyte at most and refuses the row beyond it: the beginning of an endless text is searchable, all of it is kept.
        migrationBuilder.Sql("""
            ALTER TABLE "Messages" ADD COLUMN "TextSearch" tsvector
                GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, waconsole_fold(left("Text", 100000)))) STORED;
            """);
        migrationBuilder.Sql("""CREATE INDEX "IX_Messages_TextSearch" ON "Messages" USING gin ("TextSearch");""");

        // pg_trgm is a trusted extension: the owner of the database may create it. Without it the search works and reads more.
        migrationBuilder.Sql("""
            DO $$
            BEGIN
                CREATE EXTENSION IF NOT EXISTS pg_trgm;
                CREATE INDEX "IX_Contacts_SearchText" ON "Contacts" USING gin ("SearchText" gin_trgm_ops);
            EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
                RAISE NOTICE 'pg_trgm is not available: contact search will not use an index';
            END
            $$;
            """);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""DROP INDEX IF EXISTS "IX_Contacts_SearchText";""");
        migrationBuilder.Sql("""DROP INDEX "IX_Messages_TextSearch";""");
        migrationBuilder.Sql("""ALTER TABLE "Messages" DROP COLUMN "TextSearch";""");
        migrationBuilder.Sql("DROP FUNCTION waconsole_fold(text);");
    }
}
