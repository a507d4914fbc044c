using Microsoft.EntityFrameworkCore.Migrations;

namespace WaConsole.Migrations.Postgres.Migrations;

/// <summary>
/// Written by hand, called by migration StudioFacts: what TemplateTicks writes down of a message that changes, with costs from what WhatsApp
/// said it charges instead of from our estimate. The triggers stay those of TemplateTicks.
/// </summary>
internal static class ChargeTicks
{
    public static void Add(MigrationBuilder migrationBuilder) => Write(migrationBuilder, "ChargeMicros", "ChargeCurrency");

    public static void Remove(MigrationBuilder migrationBuilder) => Write(migrationBuilder, "EstimateMicros", "EstimateCurrency");

    private static void Write(MigrationBuilder migrationBuilder, string micros, string currency)
    {
        migrationBuilder.Sql(
            $"""
            CREATE OR REPLACE FUNCTION waconsole_ticks_update() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO "TemplateTicks" ("Name", "Language", "What", "Day", "NumberId", "Detail", "Amount")
                SELECT NEW."TemplateName", coalesce(NEW."TemplateLanguage", ''), t.what, (NEW."SentAtUtc" AT TIME ZONE 'UTC')::date, NEW."NumberId", t.detail, t.amount FROM (
                    SELECT 1 AS what, '' AS detail, 1 AS amount WHERE OLD."Status" < 4 AND NEW."Status" >= 4
                    UNION ALL SELECT 2, '', 1 WHERE NOT (OLD."Status" >= 7 AND OLD."Status" < 10) AND (NEW."Status" >= 7 AND NEW."Status" < 10)
                    UNION ALL SELECT 3, '', 1 WHERE OLD."Status" NOT IN (8, 9) AND NEW."Status" IN (8, 9)
                    UNION ALL SELECT 4, coalesce(NEW."ErrorCode", 0)::text, 1 WHERE NEW."Status" = 10 AND OLD."Status" <> 10
                    UNION ALL SELECT 4, coalesce(OLD."ErrorCode", 0)::text, -1 WHERE OLD."Status" = 10 AND NEW."Status" <> 10
                    UNION ALL SELECT 8, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" LIKE 'free%'
                    UNION ALL SELECT 9, NEW."{currency}", NEW."{micros}" WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."{micros}" > 0
                    UNION ALL SELECT 11, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."{micros}" > 0
                    UNION ALL SELECT 10, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" = 'regular' AND coalesce(NEW."{micros}", 0) = 0) t;
                RETURN NULL;
            END
            $$;
            """);
        migrationBuilder.Sql(
            $"""
            CREATE OR REPLACE FUNCTION waconsole_ticks_insert() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                INSERT INTO "TemplateTicks" ("Name", "Language", "What", "Day", "NumberId", "Detail", "Amount")
                SELECT NEW."TemplateName", coalesce(NEW."TemplateLanguage", ''), t.what, (NEW."SentAtUtc" AT TIME ZONE 'UTC')::date, NEW."NumberId", t.detail, t.amount FROM (
                    SELECT 1 AS what, '' AS detail, 1 AS amount WHERE 0 < 4 AND NEW."Status" >= 4
                    UNION ALL SELECT 2, '', 1 WHERE NOT (0 >= 7 AND 0 < 10) AND (NEW."Status" >= 7 AND NEW."Status" < 10)
                    UNION ALL SELECT 3, '', 1 WHERE 0 NOT IN (8, 9) AND NEW."Status" IN (8, 9)
                    UNION ALL SELECT 4, coalesce(NEW."ErrorCode", 0)::text, 1 WHERE NEW."Status" = 10 AND 0 <> 10
                    UNION ALL SELECT 8, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" LIKE 'free%'
                    UNION ALL SELECT 9, NEW."{currency}", NEW."{micros}" WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."{micros}" > 0
                    UNION ALL SELECT 11, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."{micros}" > 0
                    UNION ALL SELECT 10, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" = 'regular' AND coalesce(NEW."{micros}", 0) = 0) t;
                RETURN NULL;
            END
            $$;
            """);
    }
}
