using Microsoft.EntityFrameworkCore.Migrations;

namespace WaConsole.Migrations.Sqlite.Migrations;

/// <summary>
/// Written by hand, called by migration TemplateInsight: triggers that write down what changes of a template's messages, in the transaction
/// that changes it, and the counts of what there is already. The numbers are those of Tallied, DeliveryStatus and MessageKind.
/// A later migration that makes SQLite rebuild Messages drops the triggers and must create them again.
/// </summary>
internal static class TemplateTicks
{
    public static void Add(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            INSERT INTO "TemplateTallies" ("Name", "Language", "What", "Day", "NumberId", "Detail", "Amount")
            SELECT "Name", "Language", "What", "Day", "NumberId", "Detail", count(*) FROM (
                SELECT "TemplateName" AS "Name", coalesce("TemplateLanguage", '') AS "Language", 1 AS "What", substr("SentAtUtc", 1, 10) AS "Day", "NumberId", '' AS "Detail" FROM "Messages"
                WHERE "TemplateName" IS NOT NULL AND "Status" >= 4
                UNION ALL SELECT "TemplateName", coalesce("TemplateLanguage", ''), 2, substr("SentAtUtc", 1, 10), "NumberId", '' FROM "Messages"
                WHERE "TemplateName" IS NOT NULL AND "Status" >= 7 AND "Status" < 10
                UNION ALL SELECT "TemplateName", coalesce("TemplateLanguage", ''), 3, substr("SentAtUtc", 1, 10), "NumberId", '' FROM "Messages"
                WHERE "TemplateName" IS NOT NULL AND "Status" IN (8, 9)
                UNION ALL SELECT "TemplateName", coalesce("TemplateLanguage", ''), 4, substr("SentAtUtc", 1, 10), "NumberId", CAST(coalesce("ErrorCode", 0) AS TEXT) FROM "Messages"
                WHERE "TemplateName" IS NOT NULL AND "Status" = 10
                UNION ALL SELECT "TemplateName", coalesce("TemplateLanguage", ''), 8, substr("SentAtUtc", 1, 10), "NumberId", '' FROM "Messages"
                WHERE "TemplateName" IS NOT NULL AND "Status" >= 7 AND "Status" < 10 AND "PricingType" LIKE 'free%'
                UNION ALL SELECT "TemplateName", coalesce("TemplateLanguage", ''), 10, substr("SentAtUtc", 1, 10), "NumberId", '' FROM "Messages"
                WHERE "TemplateName" IS NOT NULL AND "Status" >= 7 AND "Status" < 10 AND "PricingType" = 'regular'
                UNION ALL SELECT m."TemplateName", coalesce(m."TemplateLanguage", ''), 5, substr(m."SentAtUtc", 1, 10), m."NumberId", '' FROM "Messages" r
                JOIN "Messages" m ON m."Id" = r."ReplyToMessageId" WHERE r."Direction" = 1 AND r."Kind" IN (9, 10) AND m."TemplateName" IS NOT NULL
                UNION ALL SELECT m."TemplateName", coalesce(m."TemplateLanguage", ''), 6, substr(m."SentAtUtc", 1, 10), m."NumberId", '' FROM "Messages" m
                WHERE m."TemplateName" IS NOT NULL AND (SELECT n."Direction" FROM "Messages" n WHERE n."ConversationId" = m."ConversationId"
                    AND n."Id" > m."Id" AND n."Kind" NOT IN (12, 15, 17) ORDER BY n."Id" LIMIT 1) = 1
                UNION ALL SELECT '', '', 20, substr("SentAtUtc", 1, 10), "NumberId", '' FROM "Messages"
                WHERE "TemplateName" IS NULL AND "Direction" = 2 AND "ClientKey" IS NOT NULL AND "Status" >= 7 AND "Status" < 10) counted
            GROUP BY "Name", "Language", "What", "Day", "NumberId", "Detail";
            """);
        migrationBuilder.Sql(
            """
            UPDATE "Templates" SET "LastUsedOn" = (
                SELECT max(t."Day") FROM "TemplateTallies" t JOIN "Numbers" n ON n."Id" = t."NumberId" WHERE n."BusinessAccountId" = "Templates"."BusinessAccountId"
                    AND t."Name" = "Templates"."Name" AND t."Language" = "Templates"."Language" AND t."What" = 1);
            """);
        migrationBuilder.Sql(
            """
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
                    UNION ALL SELECT 9, NEW."EstimateCurrency", NEW."EstimateMicros" WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."EstimateMicros" > 0
                    UNION ALL SELECT 11, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."EstimateMicros" > 0
                    UNION ALL SELECT 10, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((OLD."Status" >= 7 AND OLD."Status" < 10) AND OLD."PricingType" IS NOT NULL) AND NEW."PricingType" = 'regular' AND coalesce(NEW."EstimateMicros", 0) = 0) t;
            END;
            """);
        migrationBuilder.Sql(
            """
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
                    UNION ALL SELECT 9, NEW."EstimateCurrency", NEW."EstimateMicros" WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."EstimateMicros" > 0
                    UNION ALL SELECT 11, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" = 'regular' AND NEW."EstimateMicros" > 0
                    UNION ALL SELECT 10, '', 1 WHERE (NEW."Status" >= 7 AND NEW."Status" < 10) AND NEW."PricingType" IS NOT NULL AND NOT ((0 >= 7 AND 0 < 10) AND NULL IS NOT NULL) AND NEW."PricingType" = 'regular' AND coalesce(NEW."EstimateMicros", 0) = 0) t;
            END;
            """);
        migrationBuilder.Sql(
            """
            CREATE TRIGGER "TemplateTicks_Service" AFTER UPDATE OF "Status" ON "Messages"
            WHEN NEW."TemplateName" IS NULL AND NEW."Direction" = 2 AND NEW."ClientKey" IS NOT NULL
                AND NEW."Status" >= 7 AND NEW."Status" < 10 AND NOT (OLD."Status" >= 7 AND OLD."Status" < 10)
            BEGIN
                INSERT INTO "TemplateTicks" ("Name", "Language", "What", "Day", "NumberId", "Detail", "Amount")
                VALUES ('', '', 20, substr(NEW."SentAtUtc", 1, 10), NEW."NumberId", '', 1);
            END;
            """);
        migrationBuilder.Sql(
            """
            CREATE TRIGGER "TemplateTicks_Answer" AFTER INSERT ON "Messages"
            WHEN NEW."Direction" = 1 AND NEW."Kind" <> 12
            BEGIN
                INSERT INTO "TemplateTicks" ("Name", "Language", "What", "Day", "NumberId", "Detail", "Amount")
                SELECT m."TemplateName", coalesce(m."TemplateLanguage", ''), 6, substr(m."SentAtUtc", 1, 10), m."NumberId", '', 1
                FROM (SELECT p."TemplateName", p."TemplateLanguage", p."SentAtUtc", p."NumberId" FROM "Messages" p
                    WHERE p."ConversationId" = NEW."ConversationId" AND p."Id" < NEW."Id" AND p."Kind" NOT IN (12, 15, 17) ORDER BY p."Id" DESC LIMIT 1) m
                WHERE m."TemplateName" IS NOT NULL AND julianday(NEW."SentAtUtc") - julianday(m."SentAtUtc") < 7;
                INSERT INTO "TemplateTicks" ("Name", "Language", "What", "Day", "NumberId", "Detail", "Amount")
                SELECT m."TemplateName", coalesce(m."TemplateLanguage", ''), 5, substr(m."SentAtUtc", 1, 10), m."NumberId", '', 1
                FROM "Messages" m WHERE NEW."Kind" IN (9, 10) AND m."Id" = NEW."ReplyToMessageId" AND m."TemplateName" IS NOT NULL;
            END;
            """);
    }

    public static void Remove(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""DROP TRIGGER "TemplateTicks_Update";""");
        migrationBuilder.Sql("""DROP TRIGGER "TemplateTicks_Insert";""");
        migrationBuilder.Sql("""DROP TRIGGER "TemplateTicks_Service";""");
        migrationBuilder.Sql("""DROP TRIGGER "TemplateTicks_Answer";""");
    }
}
