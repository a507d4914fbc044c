using Microsoft.EntityFrameworkCore.Migrations;

namespace WaConsole.Migrations.Sqlite.Migrations;

/// <summary>
/// Written by hand, called by migration StudioFacts: what TemplateTicks writes down of a message that changes, with costs from what WhatsApp
/// said it charges instead of from our estimate. A later migration that makes SQLite rebuild Messages drops the triggers and must create them again.
/// </summary>
internal static class ChargeTicks
{
    public static void Add(MigrationBuilder migrationBuilder) => Write(migrationBuilder, "ChargeMicros", "ChargeCurrency");

    public static void Remove(MigrationBuilder migrationBuilder) => Write(migrationBuilder, "EstimateMicros", "EstimateCurrency");

    private static void Write(MigrationBuilder migrationBuilder, string micros, string currency)
    {
        migrationBuilder.Sql("""DROP TRIGGER "TemplateTicks_Update";""");
        migrationBuilder.Sql("""DROP TRIGGER "TemplateTicks_Insert";""");
        migrationBuilder.Sql(
            $"""
            CREATE TRIGGER "TemplateTicks_Update" AFTER UPDATE OF "Status", "PricingType" ON "Messages"
            WHEN NEW."TemplateName" IS NOT NULL AND (NEW."Status" <> OLD."Status" OR NEW."PricingType" IS NOT OLD."PricingType")
            BEGIN
                INSERT INTO "TemplateTicks" ("Name", "Language", "What", "Day", "NumberId", "Detail", "Amount")
                SELECT NEW."TemplateName", coalesce(NEW."TemplateLanguage", ''), t.what, substr(NEW."SentAtUtc", 1, 10), NEW."NumberId", t.detail, t.amount FROM (
                    SELECT 1 AS what, '' AS detail, 1 AS amount WHERE OLD."Status" < 4 AND NEW."Status" >= 4
                    UNION ALL SELECT 2, '', 1 WHERE NOT (OLD."Status" >= 7 AND OLD."Status" < 10) AND (NEW."Status" >= 7 AND NEW."Status" < 10)
                    UNION ALL SELECT 3, '', 1 WHERE OLD."Status" NOT IN (8, 9) AND NEW."Status" IN (8, 9)
                    UNION ALL SELECT 4, CAST(coalesce(NEW."ErrorCode", 0) AS TEXT), 1 WHERE NEW."Status" = 10 AND OLD."Status" <> 10
                    UNION ALL SELECT 4, CAST(coalesce(OLD."ErrorCode", 0) AS TEXT), -1 WHERE OLD."Status" = 10 AND NEW."Status" <> 10
                    UNION ALL SELECT 8, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" LIKE 'free%'
                    UNION ALL SELECT 9, NEW."{currency}", NEW."{micros}" WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."{micros}" > 0
                    UNION ALL SELECT 11, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."{micros}" > 0
                    UNION ALL SELECT 10, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" = 'regular' AND coalesce(NEW."{micros}", 0) = 0) t;
            END;
            """);
        migrationBuilder.Sql(
            $"""
            CREATE TRIGGER "TemplateTicks_Insert" AFTER INSERT ON "Messages"
            WHEN NEW."TemplateName" IS NOT NULL AND NEW."Status" >= 4
            BEGIN
                INSERT INTO "TemplateTicks" ("Name", "Language", "What", "Day", "NumberId", "Detail", "Amount")
                SELECT NEW."TemplateName", coalesce(NEW."TemplateLanguage", ''), t.what, substr(NEW."SentAtUtc", 1, 10), NEW."NumberId", t.detail, t.amount FROM (
                    SELECT 1 AS what, '' AS detail, 1 AS amount WHERE 0 < 4 AND NEW."Status" >= 4
                    UNION ALL SELECT 2, '', 1 WHERE NOT (0 >= 7 AND 0 < 10) AND (NEW."Status" >= 7 AND NEW."Status" < 10)
                    UNION ALL SELECT 3, '', 1 WHERE 0 NOT IN (8, 9) AND NEW."Status" IN (8, 9)
                    UNION ALL SELECT 4, CAST(coalesce(NEW."ErrorCode", 0) AS TEXT), 1 WHERE NEW."Status" = 10 AND 0 <> 10
                    UNION ALL SELECT 8, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" LIKE 'free%'
                    UNION ALL SELECT 9, NEW."{currency}", NEW."{micros}" WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."{micros}" > 0
                    UNION ALL SELECT 11, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."{micros}" > 0
                    UNION ALL SELECT 10, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" = 'regular' AND coalesce(NEW."{micros}", 0) = 0) t;
            END;
            """);
    }
}
